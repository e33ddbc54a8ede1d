// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

// An argument that is not known at plan may turn out to be null, so nothing can be said about it yet. Modules rely on
// that: Terraform validates them with variables that nobody has set.
func TestUnknownArgumentsWait(t *testing.T) {
	const unknown = acctest.Unknown
	window := func(start, end string) []acctest.Config {
		return []acctest.Config{
			{start: unknown, end: unknown, "lookback": unknown},
			{start: unknown, end: unknown, "lookback": "24h"},
			{start: "2026-01-14T00:00:00Z", end: unknown, "lookback": unknown},
			{start: unknown, end: "2026-01-14T00:00:00Z", "lookback": nil},
			{"timeouts": unknown},
			{"timeouts": acctest.Config{"read": unknown}},
		}
	}
	days := []acctest.Config{
		{"date_from": unknown, "date_to": unknown, "lookback_days": unknown},
		{"date_from": unknown, "date_to": nil, "lookback_days": 3},
		{"date_from": unknown, "date_to": "2026-01-14", "lookback_days": nil},
		{"date_from": "2026-01-14", "date_to": unknown, "lookback_days": nil},
		{"date_from": nil, "date_to": unknown, "lookback_days": nil},
	}
	var legacyDays []acctest.Config
	for _, change := range days {
		legacyDays = append(legacyDays, change.With(acctest.Config{"date": nil}))
	}
	for dataSource, changes := range map[string][]acctest.Config{
		mnaFlowStatistic: append(
			window("begin_time", "end_time"),
			acctest.Config{"device_list": unknown},
			acctest.Config{"device_id": nil, "device_list": []any{"mna-dev1", unknown}},
			acctest.Config{"access_region": unknown, "gateway_type": unknown},
		),
		mnaStatisticExport: append(
			window("begin_time", "end_time"),
			acctest.Config{"device_name": unknown, "device_list": unknown, "group_id": unknown, "mp_application_id": unknown},
		),
		trroSessionStatistics: append(
			window("start_time", "end_time"),
			acctest.Config{"device_id": unknown, "region": unknown},
			acctest.Config{"lookback": nil, "end_time": unknown},
		),
		cdnRelayTraffic: append(
			days,
			acctest.Config{"domains": unknown, "service_types": unknown, "billing_regions": unknown, "group_by": unknown},
			acctest.Config{"domains": []any{unknown, unknown}, "group_by": []any{unknown}},
			acctest.Config{"time_rounding": unknown},
			acctest.Config{"time_rounding": "up", "granularity": unknown},
			acctest.Config{"timezone": unknown},
		),
		cdnOverseaISPDetail: append(
			legacyDays,
			acctest.Config{"date": unknown, "lookback_days": 1},
			acctest.Config{"date": nil, "lookback_days": unknown},
			acctest.Config{"provs": unknown, "isps": []any{unknown}, "stat_type": unknown},
			acctest.Config{"hosts": []any{"www.example.com", unknown}},
		),
		cdnDistrictISPData: append(
			window("start_time", "end_time"),
			acctest.Config{"domains": []any{"www.example.com", unknown}},
			acctest.Config{"districts": unknown, "isps": unknown, "ip_protocol": "ipv4"},
			acctest.Config{"ip_protocol": unknown, "protocol": unknown, "interval": unknown},
		),
	} {
		t.Run(dataSource, func(t *testing.T) {
			e := acctest.Start(t, emulator.Options{})
			s := acctest.NewServer(t)
			if problems := s.Configure(t, nil); len(problems) > 0 {
				t.Fatal(problems)
			}
			for name := range reads[dataSource] {
				changes = append(changes, acctest.Config{name: unknown})
			}
			for _, change := range changes {
				if problems := s.Validate(t, dataSource, reads[dataSource].With(change)); len(problems) > 0 {
					t.Errorf("%q: %s", change, problems)
				}
			}
			if calls := e.Calls(); len(calls) > 0 {
				t.Errorf("the vendor was asked %d times", len(calls))
			}
		})
	}
}
