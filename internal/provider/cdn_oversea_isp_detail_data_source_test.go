// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"fmt"
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

const cdnOverseaISPDetail = "edgestats_cdn_oversea_isp_detail"

var cdnOverseaISPDetailConfig = acctest.Config{"date": "2026-01-14", "hosts": []any{"www.example.com"}}

func TestCDNOverseaISPDetailReadsEmulator(t *testing.T) {
	acctest.Start(t, emulator.Options{})
	state := acctest.MustRead(t, cdnOverseaISPDetail, cdnOverseaISPDetailConfig)
	want := map[string]string{"details.#": "14", "missing.#": "0", "stat_type": ""}
	for i, region := range []struct{ id, country string }{
		{"73", "IN"},
		{"1195", "ID"},
		{"1176", "SG"},
		{"57", "TH"},
		{"144", "VN"},
		{"3701", "MY"},
		{"2588", "PH"},
		{"2026", "TW"},
		{"1044", "JP"},
		{"3379", "KR"},
		{"1200", "HK"},
		{"3839", "CA"},
		{"669", "US"},
		{"-2", ""},
	} {
		detail := fmt.Sprintf("details.%d.", i)
		want[detail+"prov_id"], want[detail+"country_code"] = region.id, region.country
	}
	expectState(t, state, want)
	expectState(t, state, map[string]string{
		"details.0.date": "2026-01-14", "details.0.host": "www.example.com", "details.0.prov_name": "印度", "details.0.isp_id": "-1",
		"details.0.stat_type": "bandwidth", "details.0.status_code": "",
		"details.0.start_time": "2026-01-14T00:00:00+08:00", "details.0.interval_seconds": "300",
		"details.0.values.#": "288", "details.0.summary.count": "288", "details.0.summary.interval_seconds": "300",
		"details.0.summary.first_time": "2026-01-14T00:00:00+08:00", "details.0.summary.last_time": "2026-01-14T23:55:00+08:00",
		"details.0.summary.latest": state["details.0.values.287"],
	})
}

func TestCDNOverseaISPDetailAsks(t *testing.T) {
	const day = "2026-01-14T00:00:00+08:00 2026-01-15T00:00:00+08:00"
	testQuestions(t, cdnOverseaISPDetail, emulator.CDNLegacy, []question{
		{
			name:   "a day",
			config: cdnOverseaISPDetailConfig,
			body:   `{"date":"2026-01-14","hosts.0":"www.example.com"}`,
			window: day,
		},
		{
			name:   "yesterday",
			config: cdnOverseaISPDetailConfig.With(acctest.Config{"date": nil, "lookback_days": 1}),
			body:   `{"date":"2026-01-14","hosts.0":"www.example.com"}`,
			window: day,
		},
		{
			name:   "a range of one day",
			config: cdnOverseaISPDetailConfig.With(acctest.Config{"date": nil, "date_from": "2026-01-14", "date_to": "2026-01-14"}),
			body:   `{"date":"2026-01-14","hosts.0":"www.example.com"}`,
			window: day,
		},
		{
			name:   "a day of years ago",
			config: cdnOverseaISPDetailConfig.With(acctest.Config{"date": "2016-11-20"}),
			body:   `{"date":"2016-11-20","hosts.0":"www.example.com"}`,
			window: "2016-11-20T00:00:00+08:00 2016-11-21T00:00:00+08:00",
		},
		{
			name: "everything",
			config: acctest.Config{
				"date": "2026-01-15", "hosts": []any{"b.example.com", "a.example.com"}, "provs": []any{1044, -2}, "isps": []any{-1},
				"stat_type": "statuscode",
			},
			body: `{"date":"2026-01-15","hosts.0":"b.example.com","hosts.1":"a.example.com","provs.0":"1044","provs.1":"-2",
				"isps.0":"-1","statType":"statuscode"}`,
			window: "2026-01-15T00:00:00+08:00 2026-01-16T00:00:00+08:00",
		},
	})
}

func TestCDNOverseaISPDetailRefuses(t *testing.T) {
	refusals := []refusal{
		{name: "no day", changes: acctest.Config{"date": nil}, attribute: "date", texts: []string{"exactly one of date, lookback_days, or date_from with date_to"}},
		{name: "two ways to name a day", changes: acctest.Config{"lookback_days": 1}, texts: []string{"more than one way", "exactly one of date, lookback_days"}},
		{name: "a day and a range", changes: acctest.Config{"date_from": "2026-01-01", "date_to": "2026-01-02"}, texts: []string{"more than one way"}},
		{name: "half a range", changes: acctest.Config{"date": nil, "date_from": "2026-01-01"}, attribute: "date_to", texts: []string{"date_to is missing"}},
		{name: "not a day", changes: acctest.Config{"date": "yesterday"}, attribute: "date", texts: []string{`date must be a date such as "2026-01-15", got: "yesterday"`}},
		{name: "tomorrow", byRead: true, changes: acctest.Config{"date": "2026-01-16"}, attribute: "date", texts: []string{"date must not be after today, which is 2026-01-15"}},
		{name: "no days back", changes: acctest.Config{"date": nil, "lookback_days": 0}, attribute: "lookback_days", texts: []string{"lookback_days", "between 1 and 7300"}},
		{
			name: "millions of years back", changes: acctest.Config{"date": nil, "lookback_days": 1_000_000_000},
			attribute: "lookback_days", texts: []string{"lookback_days", "between 1 and 7300"},
		},
		{
			name: "too long ago", byRead: true, changes: acctest.Config{"date": "2006-01-18"},
			attribute: "date", texts: []string{"date must be within the last 7300 days, so 2006-01-20 or later"},
		},
		{name: "no hosts argument", changes: acctest.Config{"hosts": nil}, attribute: "hosts", texts: []string{"hosts"}},
		{name: "no hosts", changes: acctest.Config{"hosts": []any{}}, attribute: "hosts", texts: []string{"hosts", "at least 1"}},
		{name: "an empty host", changes: acctest.Config{"hosts": []any{""}}, attribute: "hosts[0]", texts: []string{"hosts[0]", "at least 1"}},
		{name: "a null host", changes: acctest.Config{"hosts": []any{nil}}, attribute: "hosts", texts: []string{"null value"}},
		{name: "a host twice", changes: acctest.Config{"hosts": []any{"a.example.com", "a.example.com"}}, attribute: "hosts", texts: []string{"duplicate"}},
		{
			name: "unknown statistic", changes: acctest.Config{"stat_type": "traffic"}, attribute: "stat_type",
			texts: []string{"stat_type", `"bandwidth" "requests" "flux" "statuscode" "dlspeed" "dltime" "hitrate"`},
		},
	}
	for _, list := range []string{"provs", "isps"} {
		refusals = append(
			refusals,
			refusal{name: list + " without codes", changes: acctest.Config{list: []any{}}, attribute: list, texts: []string{list, "at least 1"}},
			refusal{name: list + " with null", changes: acctest.Config{list: []any{nil}}, attribute: list, texts: []string{"null value"}},
			refusal{name: list + " with a code twice", changes: acctest.Config{list: []any{1, 2, 1}}, attribute: list, texts: []string{"duplicate"}},
		)
	}
	testRefusals(t, cdnOverseaISPDetail, cdnOverseaISPDetailConfig, refusals)
}

func TestCDNOverseaISPDetailTotals(t *testing.T) {
	for statType, adds := range map[string]bool{
		"bandwidth": false, "requests": true, "flux": true, "statuscode": true, "dlspeed": false, "dltime": false, "hitrate": false,
	} {
		t.Run(statType, func(t *testing.T) {
			acctest.Start(t, emulator.Options{})
			state := acctest.MustRead(t, cdnOverseaISPDetail, cdnOverseaISPDetailConfig.With(acctest.Config{
				"stat_type": statType, "provs": []any{1044},
			}))
			if got := state["details.0.stat_type"]; got != statType {
				t.Errorf("stat_type is %q, want %q", got, statType)
			}
			if got := state["details.0.summary.total"]; (got != "") != adds {
				t.Errorf("total is %q, average %q", got, state["details.0.summary.average"])
			}
		})
	}
}

func TestFault_46_CDNOverseaISPDetailStatusCodes(t *testing.T) {
	t.Run("emulator", func(t *testing.T) {
		acctest.Start(t, emulator.Options{})
		state := acctest.MustRead(t, cdnOverseaISPDetail, cdnOverseaISPDetailConfig.With(acctest.Config{
			"stat_type": "statuscode", "provs": []any{1044}, "isps": []any{-1},
		}))
		expectState(t, state, map[string]string{
			"details.#": "4", "missing.#": "0",
			"details.0.status_code": "200", "details.1.status_code": "304", "details.2.status_code": "404", "details.3.status_code": "500",
			"details.3.isp_id": "-1", "details.3.values.#": "288", "details.3.prov_id": "1044",
		})
	})
	for name, test := range map[string]struct {
		values string
		want   map[string]string
	}{
		"carrier above code": {
			`{"statuscode": {"-1": {"2XX": [1, 2], "404": [3]}}}`,
			map[string]string{
				"details.#":             "2",
				"details.0.status_code": "2XX", "details.0.isp_id": "-1", "details.0.summary.total": "3",
				"details.1.status_code": "404", "details.1.isp_id": "-1", "details.1.summary.total": "3",
			},
		},
		"code above carrier": {
			`{"5XX": {"-1": [1]}, "200": {"-1": [7]}}`,
			map[string]string{
				"details.#":             "2",
				"details.0.status_code": "5XX", "details.0.isp_id": "-1", "details.0.stat_type": "statuscode",
				"details.1.status_code": "200", "details.1.isp_id": "-1", "details.1.values.0": "7",
			},
		},
		"codes without carrier": {
			`{"statuscode": {"200": [1]}}`,
			map[string]string{"details.#": "1", "details.0.status_code": "200", "details.0.isp_id": ""},
		},
	} {
		t.Run(name, func(t *testing.T) {
			acctest.Start(t, emulator.Options{Override: acctest.Answer(ispAnswer(test.values))})
			state := acctest.MustRead(t, cdnOverseaISPDetail, cdnOverseaISPDetailConfig.With(acctest.Config{"stat_type": "statuscode"}))
			expectState(t, state, test.want)
		})
	}
}

// ispAnswer answers for one host in an unknown region.
func ispAnswer(values string) string {
	return `{"code": "0", "message": "", "data": {"date": "2016-09-28", "prov_data": {"www.example.com": [
		{"id": "9999", "name": "", "isp_value": ` + values + `}]}}}`
}

func TestCDNOverseaISPDetailKeepsWhatComes(t *testing.T) {
	acctest.Start(t, emulator.Options{Override: acctest.Answer(ispAnswer(`{"bandwidth": {"-1": [12345678901234567, null, "0.009", "", 0]}}`))})
	state := acctest.MustRead(t, cdnOverseaISPDetail, cdnOverseaISPDetailConfig.With(acctest.Config{"provs": []any{9999, 57}}))
	expectState(t, state, map[string]string{
		"details.#":      "1",
		"details.0.date": "2026-01-14", "details.0.host": "www.example.com",
		"details.0.prov_id": "9999", "details.0.prov_name": "", "details.0.country_code": "",
		"details.0.values.#": "5", "details.0.values.0": "12345678901234567", "details.0.values.1": "", "details.0.values.2": "0.009",
		"details.0.values.3": "", "details.0.values.4": "0",
		"details.0.summary.count": "3", "details.0.summary.latest": "0", "details.0.summary.last_time": "2026-01-14T00:20:00+08:00",
		"details.0.summary.largest_gap_seconds": "600", "details.0.summary.total": "",
		"missing.#": "1", "missing.0.prov_id": "57",
	})
}

func TestFault_44_CDNOverseaISPDetailMissing(t *testing.T) {
	tests := []struct {
		name   string
		config acctest.Config
		want   map[string]string
	}{
		{
			name:   "hosts alone",
			config: acctest.Config{"hosts": []any{"idle.example.com", "www.example.com"}},
			want: map[string]string{
				"details.#": "14", "missing.#": "1", "missing.0.date": "2026-01-14", "missing.0.host": "idle.example.com",
				"missing.0.prov_id": "", "missing.0.isp_id": "",
			},
		},
		{
			name:   "hosts and regions",
			config: acctest.Config{"hosts": []any{"www.example.com", "idle.example.com"}, "provs": []any{-3, 1044}},
			want: map[string]string{
				"details.#": "1", "missing.#": "3",
				"missing.0.host": "www.example.com", "missing.0.prov_id": "-3", "missing.0.isp_id": "",
				"missing.1.host": "idle.example.com", "missing.1.prov_id": "-3",
				"missing.2.host": "idle.example.com", "missing.2.prov_id": "1044",
			},
		},
		{
			name:   "regions and carriers",
			config: acctest.Config{"provs": []any{1044}, "isps": []any{2, -1}},
			want:   map[string]string{"details.#": "1", "missing.#": "1", "missing.0.prov_id": "1044", "missing.0.isp_id": "2"},
		},
		{
			name:   "no data at all",
			config: acctest.Config{"hosts": []any{"idle.example.com"}, "isps": []any{-1}},
			want:   map[string]string{"details.#": "0", "missing.#": "1", "missing.0.prov_id": "", "missing.0.isp_id": "-1"},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			acctest.Start(t, emulator.Options{})
			expectState(t, acctest.MustRead(t, cdnOverseaISPDetail, cdnOverseaISPDetailConfig.With(test.config)), test.want)
		})
	}
}

// The vendor answers in lower case whatever case a host is asked for in.
func TestCDNOverseaISPDetailHostsOfAnyCase(t *testing.T) {
	acctest.Start(t, emulator.Options{Override: acctest.Answer(`{"code": 0, "data": {"prov_data": {"www.example.com": [
		{"id": 57, "name": "泰国", "host": "www.example.com", "isp_value": {"bandwidth": {"-1": [1, 2]}}}]}}}`)})
	state := acctest.MustRead(t, cdnOverseaISPDetail, cdnOverseaISPDetailConfig.With(acctest.Config{
		"hosts": []any{"WWW.Example.com", "Other.example.com"},
	}))
	expectState(t, state, map[string]string{
		"details.#": "1", "details.0.host": "www.example.com", "missing.#": "1", "missing.0.host": "Other.example.com",
	})
}
