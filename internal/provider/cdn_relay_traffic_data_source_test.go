// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

const cdnRelayTraffic = "edgestats_cdn_relay_traffic"

var cdnRelayTrafficConfig = acctest.Config{"lookback_days": 2}

func TestCDNRelayTrafficReadsEmulator(t *testing.T) {
	acctest.Start(t, emulator.Options{})
	state := acctest.MustRead(t, cdnRelayTraffic, cdnRelayTrafficConfig)
	expectState(t, state, map[string]string{
		"report_type":             "get-cdn-relay-traffic",
		"groups.#":                "1",
		"groups.0.domain":         "",
		"groups.0.items.#":        "2",
		"groups.0.items.0.time":   "2026-01-13T00:00:00+08:00",
		"groups.0.items.1.time":   "2026-01-14T00:00:00+08:00",
		"groups.0.summary.count":  "2",
		"groups.0.summary.latest": state["groups.0.items.1.relay_traffic"],
		"missing_domains.#":       "",
		"granularity":             "",
	})
	if state["groups.0.peak_bandwidth"] == "" || state["groups.0.peak_time"] == "" {
		t.Errorf("peak is %q at %q", state["groups.0.peak_bandwidth"], state["groups.0.peak_time"])
	}
}

func TestCDNRelayTrafficTotalsAreExact(t *testing.T) {
	for granularity, items := range map[string]string{"1d": "7", "1h": "168", "5m": "2016"} {
		t.Run(granularity, func(t *testing.T) {
			acctest.Start(t, emulator.Options{})
			state := acctest.MustRead(t, cdnRelayTraffic, acctest.Config{
				"lookback_days": 7, "granularity": granularity, "group_by": []any{"domain"},
			})
			expectState(t, state, map[string]string{
				"groups.#":        "3",
				"groups.0.domain": "www.example.com", "groups.1.domain": "static.example.com", "groups.2.domain": "download.example.com",
			})
			for i := range 3 {
				group := fmt.Sprintf("groups.%d.", i)
				expectState(t, state, map[string]string{
					group + "items.#":       items,
					group + "summary.count": items,
					group + "summary.total": state[group+"total_relay_traffic"],
				})
				if got := state[group+"peak_bandwidth"]; (got == "") != (granularity == "5m") {
					t.Errorf("%speak_bandwidth is %q", group, got)
				}
			}
		})
	}
}

func TestCDNRelayTrafficAsks(t *testing.T) {
	testQuestions(t, cdnRelayTraffic, emulator.CDNetworks, []question{
		{
			name:   "today",
			config: acctest.Config{},
			body:   `{"dateFrom":"2026-01-15","dateTo":"2026-01-15","timezone":"GMT+08:00"}`,
			window: "2026-01-15T00:00:00+08:00 2026-01-16T00:00:00+08:00",
		},
		{
			name:   "today is another day elsewhere",
			config: acctest.Config{"timezone": "GMT+14:00"},
			body:   `{"dateFrom":"2026-01-16","dateTo":"2026-01-16","timezone":"GMT+14:00"}`,
			window: "2026-01-16T00:00:00+14:00 2026-01-17T00:00:00+14:00",
		},
		{
			name:   "days until yesterday",
			config: acctest.Config{"lookback_days": 30, "timezone": "GMT-05:30"},
			body:   `{"dateFrom":"2025-12-16","dateTo":"2026-01-14","timezone":"GMT-05:30"}`,
			window: "2025-12-16T00:00:00-05:30 2026-01-15T00:00:00-05:30",
		},
		{
			name: "everything",
			config: acctest.Config{
				"date_from": "2026-01-01", "date_to": "2026-01-02", "granularity": "5m", "time_rounding": "down",
				"domains": []any{"b.example.com", "a.example.com"}, "group_by": []any{"domain"},
				"service_types": []any{"web-https", "web"}, "billing_regions": []any{"kr", "cn"},
			},
			body: `{"dateFrom":"2026-01-01","dateTo":"2026-01-02","timezone":"GMT+08:00","granularity":"5m","timeRounding":"down",
				"domain":"b.example.com;a.example.com","groupBy":"domain","serviceType":"web-https;web","billingRegion":"kr;cn"}`,
			window: "2026-01-01T00:00:00+08:00 2026-01-03T00:00:00+08:00",
		},
		{
			name:   "no day after today",
			config: acctest.Config{"date_from": "2026-01-10", "date_to": "2026-12-31"},
			body:   `{"dateFrom":"2026-01-10","dateTo":"2026-01-15","timezone":"GMT+08:00"}`,
			window: "2026-01-10T00:00:00+08:00 2026-01-16T00:00:00+08:00",
		},
		{
			name:   "the earliest day",
			config: acctest.Config{"date_from": "2024-01-16", "date_to": "2024-01-16"},
			body:   `{"dateFrom":"2024-01-16","dateTo":"2024-01-16","timezone":"GMT+08:00"}`,
			window: "2024-01-16T00:00:00+08:00 2024-01-17T00:00:00+08:00",
		},
	})
}

func TestCDNRelayTrafficRefuses(t *testing.T) {
	dates := func(from, to any) acctest.Config {
		return acctest.Config{"lookback_days": nil, "date_from": from, "date_to": to}
	}
	refusals := []refusal{
		{name: "one date", changes: dates("2026-01-01", nil), attribute: "date_to", texts: []string{"date_to is missing", "go together"}},
		{name: "the other date", changes: dates(nil, "2026-01-01"), attribute: "date_from", texts: []string{"date_from is missing", "go together"}},
		{
			name: "dates and lookback", changes: acctest.Config{"date_from": "2026-01-01", "date_to": "2026-01-02"},
			texts: []string{"more than one way", "lookback_days, or date_from with date_to"},
		},
		{name: "no such day", changes: dates("2026-02-30", "2026-03-01"), attribute: "date_from", texts: []string{`date_from must be a date such as "2026-01-15", got: "2026-02-30"`}},
		{name: "a time", changes: dates("2026-01-01", "2026-01-01T00:00:00Z"), attribute: "date_to", texts: []string{"date_to must be a date"}},
		{
			name: "dates reversed", changes: dates("2026-01-02", "2026-01-01"), attribute: "date_from",
			texts: []string{"date_from is 2026-01-02 and must not be after date_to, which is 2026-01-01"},
		},
		{name: "tomorrow", byRead: true, changes: dates("2026-01-16", "2026-01-16"), attribute: "date_from", texts: []string{"date_from must not be after today, which is 2026-01-15"}},
		{
			name: "too long ago", byRead: true, changes: dates("2024-01-15", "2024-01-15"), attribute: "date_from",
			texts: []string{"date_from must be within the last 730 days", "2024-01-16 or later"},
		},
		{name: "no days back", changes: acctest.Config{"lookback_days": 0}, attribute: "lookback_days", texts: []string{"lookback_days", "between 1 and 730"}},
		{name: "too many days back", changes: acctest.Config{"lookback_days": 731}, attribute: "lookback_days", texts: []string{"lookback_days", "between 1 and 730"}},
		{name: "rounding", changes: acctest.Config{"granularity": "1h", "time_rounding": "nearest"}, attribute: "time_rounding", texts: []string{"time_rounding", `"up" "down"`}},
		{name: "rounding of days", changes: acctest.Config{"granularity": "1d", "time_rounding": "up"}, attribute: "time_rounding", texts: []string{"time_rounding", `"5m" or "1h"`}},
		{name: "rounding of days by default", changes: acctest.Config{"time_rounding": "up"}, attribute: "time_rounding", texts: []string{"time_rounding", `"5m" or "1h"`}},
		{name: "granularity", changes: acctest.Config{"granularity": "1m"}, attribute: "granularity", texts: []string{"granularity", `"5m" "1h" "1d"`}},
		{name: "group", changes: acctest.Config{"group_by": []any{"service"}}, attribute: "group_by[0]", texts: []string{"group_by[0]", `"domain"`}},
		{name: "group twice", changes: acctest.Config{"group_by": []any{"domain", "domain"}}, attribute: "group_by", texts: []string{"duplicate"}},
	}
	for _, zone := range []string{"", "GMT+8", "GMT08:00", "Asia/Shanghai", "UTC", "GMT+15:00", "GMT+08:60"} {
		refusals = append(refusals, refusal{
			name: "zone " + zone, changes: acctest.Config{"timezone": zone}, attribute: "timezone",
			texts: []string{"timezone must be a fixed offset such as", fmt.Sprintf("got: %q", zone)},
		})
	}
	for _, list := range []string{"domains", "service_types", "billing_regions"} {
		refusals = append(
			refusals,
			refusal{name: list + " without entries", changes: acctest.Config{list: []any{}}, attribute: list, texts: []string{list, "at least 1"}},
			refusal{name: list + " with an empty entry", changes: acctest.Config{list: []any{""}}, attribute: list + "[0]", texts: []string{list, "at least 1"}},
			refusal{name: list + " with null", changes: acctest.Config{list: []any{"a", nil}}, attribute: list, texts: []string{"null value"}},
			refusal{name: list + " with an entry twice", changes: acctest.Config{list: []any{"a", "b", "a"}}, attribute: list, texts: []string{"duplicate"}},
			refusal{name: list + " with a semicolon", changes: acctest.Config{list: []any{"b", "a;b"}}, attribute: list + "[1]", texts: []string{list + "[1] must be a single entry", `got: "a;b"`}},
			refusal{name: list + " with a comma", changes: acctest.Config{list: []any{"a,b"}}, attribute: list + "[0]", texts: []string{list + "[0] must be a single entry"}},
		)
	}
	testRefusals(t, cdnRelayTraffic, cdnRelayTrafficConfig, refusals)
}

// The document's own sample: another zone than asked for, periods of five minutes although days are the default.
func TestCDNRelayTrafficDocumentSample(t *testing.T) {
	var items []string
	for i, traffic := range []string{
		"0.000", "0.009", "0.005", "0.005", "0.005", "0.003", "0.004", "0.004", "0.004", "0.003", "0.003", "0.004", "0.004",
	} {
		items = append(items, fmt.Sprintf(`{"time": "2024-09-01 %02d:%02d:00", "relayTraffic": "%s"}`, 1+i/12, i%12*5, traffic))
	}
	group := `{"domain": "%s.example.com", "totalRelayTraffic": "0.053", "peakBandwidth": "0.246", "peakTime": "2024-09-01 01:05:00", "item": [` + strings.Join(items, ",") + `]}`
	acctest.Start(t, emulator.Options{Override: acctest.Answer(`{"code": "0", "message": "Success", "data": {"report": {
		"type": "get-cdn-relay-traffic", "dateFrom": "2024-09-01", "dateTo": "2024-09-01", "timezone": "GMT+07:00",
		"groups": [` + fmt.Sprintf(group, "a") + `,` + fmt.Sprintf(group, "b") + `]}}}`)})
	state := acctest.MustRead(t, cdnRelayTraffic, acctest.Config{"date_from": "2024-09-01", "date_to": "2024-09-01"})
	expectState(t, state, map[string]string{
		"window.start": "2024-09-01T00:00:00+08:00", "window.end": "2024-09-02T00:00:00+08:00",
		"groups.#": "2", "groups.0.domain": "a.example.com", "groups.1.domain": "b.example.com",
		"groups.1.total_relay_traffic": "0.053",
		"groups.1.peak_bandwidth":      "0.246", "groups.1.peak_time": "2024-09-01T01:05:00+07:00",
		"groups.1.items.#":      "13",
		"groups.1.items.0.time": "2024-09-01T01:00:00+07:00", "groups.1.items.0.relay_traffic": "0",
		"groups.1.items.1.time": "2024-09-01T01:05:00+07:00", "groups.1.items.1.relay_traffic": "0.009",
		"groups.1.items.12.time": "2024-09-01T02:00:00+07:00", "groups.1.items.12.relay_traffic": "0.004",
		"groups.1.summary.count": "13", "groups.1.summary.total": "0.053", "groups.1.summary.average": "0.004077",
		"groups.1.summary.max": "0.009", "groups.1.summary.max_time": "2024-09-01T01:05:00+07:00", "groups.1.summary.p95": "0.009",
		"groups.1.summary.interval_seconds": "300",
	})
}

func TestCDNRelayTrafficKeepsWhatComes(t *testing.T) {
	acctest.Start(t, emulator.Options{Override: acctest.Answer(`{"code": 0, "data": {"report": {"type": "other", "groups": {
		"totalRelayTraffic": "12345678901234567.001", "peakBandwidth": "", "item": [
			{"time": "2026-01-14 00:05", "relayTraffic": ".5"},
			{"time": "2026-01-14 00:00:00", "relayTraffic": "1e3"},
			{"time": "2026-01-14 00:00:00", "relayTraffic": ""},
			{"time": "2026-01-14 00:00:00", "relayTraffic": 12345678901234567}
		]}}}}`)})
	expectState(t, acctest.MustRead(t, cdnRelayTraffic, cdnRelayTrafficConfig), map[string]string{
		"report_type": "other", "groups.#": "1", "groups.0.domain": "",
		"groups.0.total_relay_traffic": "12345678901234567.001", "groups.0.peak_bandwidth": "", "groups.0.peak_time": "",
		"groups.0.items.#":      "4",
		"groups.0.items.0.time": "2026-01-14T00:05:00+08:00", "groups.0.items.0.relay_traffic": "0.5",
		"groups.0.items.1.time": "2026-01-14T00:00:00+08:00", "groups.0.items.1.relay_traffic": "1000",
		"groups.0.items.2.relay_traffic": "", "groups.0.items.3.relay_traffic": "12345678901234567",
		"groups.0.summary.count": "3", "groups.0.summary.latest": "0.5", "groups.0.summary.total": "12345678901235567.5",
	})
}

func TestCDNRelayTrafficMissingDomains(t *testing.T) {
	tests := []struct {
		name   string
		config acctest.Config
		answer string
		want   map[string]string
	}{
		{
			name:   "no traffic",
			config: acctest.Config{"domains": []any{"idle1.example.com", "www.example.com", "idle0.example.com"}, "group_by": []any{"domain"}},
			want: map[string]string{
				"groups.#": "1", "groups.0.domain": "www.example.com",
				"missing_domains.#": "2", "missing_domains.0": "idle1.example.com", "missing_domains.1": "idle0.example.com",
			},
		},
		{
			name:   "all came back",
			config: acctest.Config{"domains": []any{"www.example.com"}, "group_by": []any{"domain"}},
			want:   map[string]string{"groups.#": "1", "missing_domains.#": "0"},
		},
		{
			name:   "in another case",
			config: acctest.Config{"domains": []any{"WWW.example.com"}, "group_by": []any{"domain"}},
			answer: `{"code": "0", "data": {"report": {"groups": [{"domain": "www.Example.com"}]}}}`,
			want:   map[string]string{"groups.0.domain": "www.Example.com", "groups.0.items.#": "0", "missing_domains.#": "0"},
		},
		{
			name:   "not grouped",
			config: acctest.Config{"domains": []any{"idle.example.com"}},
			want:   map[string]string{"groups.#": "0", "missing_domains.#": ""},
		},
		{
			name:   "none named",
			config: acctest.Config{"group_by": []any{"domain"}},
			answer: `{"code": "0", "data": {"report": {"groups": null}}}`,
			want:   map[string]string{"groups.#": "0", "missing_domains.#": "", "report_type": ""},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			options := emulator.Options{}
			if test.answer != "" {
				options.Override = acctest.Answer(test.answer)
			}
			acctest.Start(t, options)
			expectState(t, acctest.MustRead(t, cdnRelayTraffic, cdnRelayTrafficConfig.With(test.config)), test.want)
		})
	}
}
