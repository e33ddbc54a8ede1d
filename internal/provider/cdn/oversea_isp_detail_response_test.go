// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package cdn_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

func TestOverseaISPDetailReadsEmulator(t *testing.T) {
	acctest.Start(t, emulator.Options{})
	state := acctest.MustRead(t, overseaISPDetail, overseaISPDetailConfig)
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
	acctest.ExpectState(t, state, want)
	acctest.ExpectState(t, state, map[string]string{
		"details.0.date": "2026-01-14", "details.0.host": "www.example.com", "details.0.prov_name": "印度", "details.0.isp_id": "-1",
		"details.0.stat_type": "bandwidth", "details.0.status_code": "",
		"details.0.start_time": "2026-01-14T00:00:00+08:00", "details.0.interval_seconds": "300",
		"details.0.values.#": "288", "details.0.summary.count": "288", "details.0.summary.interval_seconds": "300",
		"details.0.summary.first_time": "2026-01-14T00:00:00+08:00", "details.0.summary.last_time": "2026-01-14T23:55:00+08:00",
		"details.0.summary.latest": state["details.0.values.287"],
	})
}

func TestOverseaISPDetailTotals(t *testing.T) {
	for statType, adds := range map[string]bool{
		"bandwidth": false, "requests": true, "flux": true, "statuscode": true, "dlspeed": false, "dltime": false, "hitrate": false,
	} {
		t.Run(statType, func(t *testing.T) {
			acctest.Start(t, emulator.Options{})
			state := acctest.MustRead(t, overseaISPDetail, overseaISPDetailConfig.With(acctest.Config{"stat_type": statType, "provs": []any{"1044"}}))
			if got := state["details.0.stat_type"]; got != statType {
				t.Errorf("stat_type is %q, want %q", got, statType)
			}
			if got := state["details.0.summary.total"]; (got != "") != adds {
				t.Errorf("total is %q, average %q", got, state["details.0.summary.average"])
			}
		})
	}
}

func TestOverseaISPDetailStatusCodes(t *testing.T) {
	t.Run("emulator", func(t *testing.T) {
		acctest.Start(t, emulator.Options{})
		state := acctest.MustRead(t, overseaISPDetail, overseaISPDetailConfig.With(acctest.Config{
			"stat_type": "statuscode", "provs": []any{"1044"}, "isps": []any{"-1"},
		}))
		acctest.ExpectState(t, state, map[string]string{
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
		"codes without carrier": {`{"statuscode": {"200": [1]}}`, map[string]string{"details.#": "1", "details.0.status_code": "200", "details.0.isp_id": ""}},
	} {
		t.Run(name, func(t *testing.T) {
			acctest.Start(t, emulator.Options{Override: acctest.Answer(ispAnswer(test.values))})
			state := acctest.MustRead(t, overseaISPDetail, overseaISPDetailConfig.With(acctest.Config{"stat_type": "statuscode"}))
			acctest.ExpectState(t, state, test.want)
		})
	}
}

// ispAnswer answers for one host in an unknown region.
func ispAnswer(values string) string {
	return `{"code": "0", "message": "", "data": {"date": "2016-09-28", "prov_data": {"www.example.com": [
		{"id": "9999", "name": "", "isp_value": ` + values + `}]}}}`
}

func TestOverseaISPDetailKeepsWhatComes(t *testing.T) {
	acctest.Start(t, emulator.Options{Override: acctest.Answer(ispAnswer(`{"bandwidth": {"-1": [12345678901234567, null, "0.009", "", 0]}}`))})
	state := acctest.MustRead(t, overseaISPDetail, overseaISPDetailConfig.With(acctest.Config{"provs": []any{"TH"}}))
	acctest.ExpectState(t, state, map[string]string{
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

func TestOverseaISPDetailMissing(t *testing.T) {
	tests := []struct {
		name   string
		config acctest.Config
		want   map[string]string
	}{
		{
			name: "hosts alone", config: acctest.Config{"hosts": []any{"idle.example.com", "www.example.com"}},
			want: map[string]string{
				"details.#": "14", "missing.#": "1", "missing.0.date": "2026-01-14", "missing.0.host": "idle.example.com",
				"missing.0.prov_id": "", "missing.0.isp_id": "",
			},
		},
		{
			name:   "hosts and regions",
			config: acctest.Config{"hosts": []any{"www.example.com", "idle.example.com"}, "provs": []any{"-3", "1044"}},
			want: map[string]string{
				"details.#": "1", "missing.#": "3",
				"missing.0.host": "www.example.com", "missing.0.prov_id": "-3", "missing.0.isp_id": "",
				"missing.1.host": "idle.example.com", "missing.1.prov_id": "-3",
				"missing.2.host": "idle.example.com", "missing.2.prov_id": "1044",
			},
		},
		{
			name: "regions and carriers", config: acctest.Config{"provs": []any{"JP", "-3"}, "isps": []any{"-1"}},
			want: map[string]string{"provs.0": "JP", "details.#": "1", "missing.#": "1", "missing.0.prov_id": "-3", "missing.0.isp_id": "-1"},
		},
		{
			name: "no data at all", config: acctest.Config{"hosts": []any{"idle.example.com"}, "isps": []any{"-1"}},
			want: map[string]string{"details.#": "0", "missing.#": "1", "missing.0.prov_id": "", "missing.0.isp_id": "-1"},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			acctest.Start(t, emulator.Options{})
			acctest.ExpectState(t, acctest.MustRead(t, overseaISPDetail, overseaISPDetailConfig.With(test.config)), test.want)
		})
	}
}

// The vendor answers in lower case whatever case a host is asked for in.
func TestOverseaISPDetailHostsOfAnyCase(t *testing.T) {
	acctest.Start(t, emulator.Options{Override: acctest.Answer(`{"code": 0, "data": {"prov_data": {"www.example.com": [
		{"id": 57, "name": "泰国", "host": "www.example.com", "isp_value": {"bandwidth": {"-1": [1, 2]}}}]}}}`)})
	state := acctest.MustRead(t, overseaISPDetail, overseaISPDetailConfig.With(acctest.Config{"hosts": []any{"WWW.Example.com", "Other.example.com"}}))
	acctest.ExpectState(t, state, map[string]string{"details.#": "1", "details.0.host": "www.example.com", "missing.#": "1", "missing.0.host": "Other.example.com"})
}

// Every number of values is kept: 288 are a day, but it is for summary to tell what came.
func TestOverseaISPDetailAnyNumberOfValues(t *testing.T) {
	one := overseaISPDetailConfig.With(acctest.Config{"provs": []any{"57"}})
	sevens := func(n int) string { return "[" + strings.TrimSuffix(strings.Repeat("7,", n), ",") + "]" }
	for name, test := range map[string]struct {
		values, length, count, last string
	}{
		"287":             {sevens(287), "287", "287", "2026-01-14T23:50:00+08:00"},
		"289":             {sevens(289), "289", "289", "2026-01-15T00:00:00+08:00"},
		"none":            {"[]", "0", "0", ""},
		"null":            {"null", "0", "0", ""},
		"null in the end": {`[1, "2.50", "", null, null]`, "5", "2", "2026-01-14T00:05:00+08:00"},
	} {
		t.Run(name, func(t *testing.T) {
			state := acctest.MustReadWith(t, overseaISPDetail, one, acctest.Member("-1", test.values))
			acctest.ExpectState(t, state, map[string]string{
				"details.#": "1", "missing.#": "0", "details.0.values.#": test.length,
				"details.0.summary.count": test.count, "details.0.summary.last_time": test.last,
			})
		})
	}
	t.Run("nulls stay null", func(t *testing.T) {
		state := acctest.MustReadWith(t, overseaISPDetail, one, acctest.Member("-1", `[null, "2.50", 0, ""]`))
		acctest.ExpectState(t, state, map[string]string{"details.0.values.0": "", "details.0.values.1": "2.5", "details.0.values.2": "0", "details.0.values.3": ""})
	})
	t.Run("no number", func(t *testing.T) {
		_, problems := acctest.ReadWith(t, overseaISPDetail, one, acctest.Member("-1", `[1, "..."]`))
		acctest.ExpectProblem(t, problems, "", "malformed response", `prov_data["www.example.com"][0].isp_value.bandwidth["-1"][1]: not a decimal number: "..."`)
	})
}

func TestOverseaISPDetailUnknownRegion(t *testing.T) {
	config := overseaISPDetailConfig.With(acctest.Config{"provs": []any{"57"}})
	state := acctest.MustReadWith(t, overseaISPDetail, config, acctest.Member("id", "9999"))
	acctest.ExpectState(t, state, map[string]string{
		"details.#": "1", "details.0.prov_id": "9999", "details.0.country_code": "", "details.0.values.#": "288",
		"missing.#": "1", "missing.0.prov_id": "57",
	})
	if state["details.0.prov_name"] == "" {
		t.Error("the region's name is null")
	}
}

// The vendor is half an hour behind: what is not counted yet is neither there nor invented.
func TestOverseaISPDetailToday(t *testing.T) {
	state := acctest.MustReadWith(t, overseaISPDetail, overseaISPDetailConfig.With(acctest.Config{"date": "2026-01-15", "provs": []any{"57", "-3"}}))
	acctest.ExpectState(t, state, map[string]string{
		"window.start": "2026-01-15T00:00:00+08:00", "window.end": "2026-01-16T00:00:00+08:00",
		"details.#": "1", "details.0.values.#": "234", "details.0.summary.count": "234",
		"details.0.summary.last_time": "2026-01-15T19:25:00+08:00",
		"missing.#":                   "1", "missing.0.date": "2026-01-15", "missing.0.prov_id": "-3",
	})
}
