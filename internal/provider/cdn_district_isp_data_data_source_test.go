// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

const cdnDistrictISPData = "edgestats_cdn_district_isp_data"

var cdnDistrictISPDataConfig = acctest.Config{
	"domains": []any{"www.example.com"}, "metric": "flux", "lookback": "1h", "districts": []any{4}, "isps": []any{2},
}

func TestCDNDistrictISPDataReadsEmulator(t *testing.T) {
	acctest.Start(t, emulator.Options{})
	state := acctest.MustRead(t, cdnDistrictISPData, cdnDistrictISPDataConfig.With(acctest.Config{"districts": nil, "isps": nil}))
	expectState(t, state, map[string]string{
		"details.#": "379", "missing_domains.#": "0", "interval": "", "protocol": "",
		"window.start": "2026-01-15T11:00:00Z", "window.end": "2026-01-15T12:00:00Z",
		"details.0.domain": "www.example.com", "details.0.metric": "flux",
		"details.0.district_id": "22", "details.0.district_name": "北京", "details.0.isp_id": "2", "details.0.isp_name": "中国电信",
		"details.0.protocol": "all", "details.0.ip_protocol": "all",
		"details.0.start_time": "2026-01-15T19:00:00+08:00", "details.0.interval_seconds": "300",
		"details.0.values.#": "12", "details.0.summary.count": "12", "details.0.summary.interval_seconds": "300",
		"details.0.summary.first_time": "2026-01-15T19:00:00+08:00", "details.0.summary.last_time": "2026-01-15T19:55:00+08:00",
		"details.0.summary.latest": state["details.0.values.11"],
		"details.1.isp_id":         "26", "details.14.district_id": "146", "details.378.district_id": "-2", "details.378.isp_id": "-1",
	})
}

func TestCDNDistrictISPDataAsks(t *testing.T) {
	const window = "2026-01-15T12:00:00Z 2026-01-15T12:30:00Z"
	testQuestions(t, cdnDistrictISPData, emulator.CDN, []question{
		{
			name:   "half an hour back",
			config: acctest.Config{"domains": []any{"www.example.com"}, "metric": "flux", "lookback": "30m"},
			body: `{"Domains":["www.example.com"],"Metric":"flux","Interval":"5min",
				"StartTime":"2026-01-15 20:00:00","EndTime":"2026-01-15 20:29:59"}`,
			window: window,
		},
		{
			name:   "minutes",
			config: acctest.Config{"domains": []any{"www.example.com"}, "metric": "404", "lookback": "10m", "interval": "min"},
			body: `{"Domains":["www.example.com"],"Metric":"404","Interval":"min",
				"StartTime":"2026-01-15 20:24:00","EndTime":"2026-01-15 20:33:59"}`,
			window: "2026-01-15T12:24:00Z 2026-01-15T12:34:00Z",
		},
		{
			name: "everything, and the end as given",
			config: acctest.Config{
				"domains": []any{"b.example.com", "a.example.com"}, "metric": "statusCode", "districts": []any{4, 22}, "isps": []any{26},
				"protocol": "https", "interval": "5min", "start_time": "2026-01-15T20:00:00+08:00", "end_time": "1768480200",
			},
			body: `{"Domains":["b.example.com","a.example.com"],"Metric":"statusCode","Interval":"5min","Protocol":"https",
				"Districts":[4,22],"Isps":[26],"StartTime":"2026-01-15 20:00:00","EndTime":"2026-01-15 20:30:00"}`,
			window: window,
		},
		{
			name: "a version of IP, and a start within a period",
			config: acctest.Config{
				"domains": []any{"www.example.com"}, "metric": "2xx", "ip_protocol": "ipv6", "start_time": "2026-01-15T11:58:00Z",
				"end_time": "2026-01-15T12:03:00Z",
			},
			body: `{"Domains":["www.example.com"],"Metric":"2xx","Interval":"5min","IpProtocol":"ipv6",
				"StartTime":"2026-01-15 20:00:00","EndTime":"2026-01-15 20:03:00"}`,
			window: "2026-01-15T11:58:00Z 2026-01-15T12:03:00Z",
		},
	})
}

func TestCDNDistrictISPDataRefuses(t *testing.T) {
	metrics := `must be one of ["bandwidth" "flux" "request" "statusCode" "2xx" "3xx" "4xx" "5xx"] or a status code such as "404"`
	old := acctest.Config{"lookback": nil, "start_time": "2025-11-15T15:59:59Z", "end_time": "2025-11-15T17:00:00Z"}
	refusals := []refusal{
		{name: "no window", changes: acctest.Config{"lookback": nil}, attribute: "start_time", texts: []string{"start_time, or lookback"}},
		{name: "two starts", changes: acctest.Config{"start_time": "2026-01-15T11:00:00Z"}, attribute: "lookback", texts: []string{"lookback replaces start_time"}},
		{name: "an end alone", changes: acctest.Config{"lookback": nil, "end_time": "2026-01-15T11:00:00Z"}, attribute: "end_time", texts: []string{"needs a start"}},
		{name: "days", changes: acctest.Config{"lookback": "7d"}, attribute: "lookback", texts: []string{`"168h"`}},
		{name: "milliseconds", changes: acctest.Config{"lookback": nil, "start_time": "1768480200000"}, attribute: "start_time", texts: []string{"milliseconds"}},
		{
			name: "end before start", attribute: "start_time", texts: []string{"must be before end_time"},
			changes: acctest.Config{"lookback": nil, "start_time": "2026-01-15T11:00:00Z", "end_time": "2026-01-15T10:00:00Z"},
		},
		{name: "start in the future", byRead: true, changes: acctest.Config{"lookback": nil, "start_time": "2026-01-15T13:00:00Z"}, attribute: "start_time", texts: []string{"must be before"}},
		{
			name: "over 60 days ago", byRead: true, changes: old, attribute: "start_time",
			texts: []string{"start_time begins before the vendor's data, which goes back 60 days, to 2025-11-16T00:00:00+08:00."},
		},
		{name: "over 60 days back", byRead: true, changes: acctest.Config{"lookback": "1500h"}, attribute: "lookback", texts: []string{"lookback begins before the vendor's data"}},
		{
			name: "no period", byRead: true, changes: acctest.Config{"lookback": nil, "start_time": "2026-01-15T10:00:01Z", "end_time": "2026-01-15T10:04:59Z"},
			attribute: "start_time", texts: []string{"start_time leaves no room for a period: none of 5min begins from 2026-01-15T10:00:01Z to 2026-01-15T10:04:59Z."},
		},
		{
			name: "too many points", byRead: true, changes: acctest.Config{"lookback": "480m", "districts": []any{4, 22}, "isps": []any{2, 26, 1046}, "max_points": 575},
			attribute: "lookback", texts: []string{"576 points", "max_points is 575", "Narrow lookback"},
		},
		{
			name: "too many calls", byRead: true, changes: acctest.Config{"lookback": "1440h", "interval": "min", "include_points": false, "timeouts": acctest.Config{"read": "1m"}},
			texts: []string{"holds 8640 calls back", "Raise timeouts.read"},
		},
		{name: "no domains argument", changes: acctest.Config{"domains": nil}, attribute: "domains", texts: []string{"domains"}},
		{name: "no domains", changes: acctest.Config{"domains": []any{}}, attribute: "domains", texts: []string{"at least 1"}},
		{name: "an empty domain", changes: acctest.Config{"domains": []any{""}}, attribute: "domains[0]", texts: []string{"at least 1"}},
		{name: "a null domain", changes: acctest.Config{"domains": []any{nil}}, attribute: "domains", texts: []string{"null value"}},
		{name: "a domain twice", changes: acctest.Config{"domains": []any{"a.example.com", "a.example.com"}}, attribute: "domains", texts: []string{"duplicate"}},
		{name: "no metric", changes: acctest.Config{"metric": nil}, attribute: "metric", texts: []string{"metric"}},
		{name: "unknown metric", changes: acctest.Config{"metric": "traffic"}, attribute: "metric", texts: []string{"metric " + metrics, `got: "traffic"`}},
		{name: "class in capitals", changes: acctest.Config{"metric": "2XX"}, attribute: "metric", texts: []string{metrics}},
		{name: "no status code", changes: acctest.Config{"metric": "4040"}, attribute: "metric", texts: []string{metrics}},
		{name: "unknown protocol", changes: acctest.Config{"protocol": "quic"}, attribute: "protocol", texts: []string{`"all" "http" "https"`}},
		{name: "unknown version of IP", changes: acctest.Config{"districts": nil, "isps": nil, "ip_protocol": "ipv5"}, attribute: "ip_protocol", texts: []string{`"all" "ipv4" "ipv6"`}},
		{name: "version of IP with districts", changes: acctest.Config{"isps": nil, "ip_protocol": "ipv4"}, attribute: "ip_protocol", texts: []string{`"districts" cannot be specified when "ip_protocol"`}},
		{name: "version of IP with carriers", changes: acctest.Config{"districts": nil, "ip_protocol": "all"}, attribute: "ip_protocol", texts: []string{`"isps" cannot be specified when "ip_protocol"`}},
		{name: "unknown interval", changes: acctest.Config{"interval": "hour"}, attribute: "interval", texts: []string{`"min" "5min"`}},
	}
	for _, list := range []string{"districts", "isps"} {
		refusals = append(
			refusals,
			refusal{name: list + " without codes", changes: acctest.Config{list: []any{}}, attribute: list, texts: []string{list, "at least 1"}},
			refusal{name: list + " with null", changes: acctest.Config{list: []any{nil}}, attribute: list, texts: []string{"null value"}},
			refusal{name: list + " with a code twice", changes: acctest.Config{list: []any{1, 2, 1}}, attribute: list, texts: []string{"duplicate"}},
		)
	}
	testRefusals(t, cdnDistrictISPData, cdnDistrictISPDataConfig, refusals)
}

func TestCDNDistrictISPDataMetrics(t *testing.T) {
	for metric, want := range map[string]struct {
		metrics string
		adds    bool
	}{
		"bandwidth":  {"bandwidth", false},
		"flux":       {"flux", true},
		"request":    {"request", true},
		"statusCode": {"0 2xx 3xx 4xx 5xx", true},
		"2xx":        {"2xx 200 206", true},
		"404":        {"404", true},
		"418":        {"", false},
	} {
		t.Run(metric, func(t *testing.T) {
			acctest.Start(t, emulator.Options{})
			state := acctest.MustRead(t, cdnDistrictISPData, cdnDistrictISPDataConfig.With(acctest.Config{"metric": metric}))
			var got []string
			for i := range strings.Fields(want.metrics) {
				got = append(got, state[fmt.Sprintf("details.%d.metric", i)])
			}
			if names := strings.Join(got, " "); names != want.metrics || state["details.#"] != strconv.Itoa(len(got)) {
				t.Errorf("%s entries of %s, want %s", state["details.#"], names, want.metrics)
			}
			if total := state["details.0.summary.total"]; (total != "") != want.adds {
				t.Errorf("total is %q, average %q", total, state["details.0.summary.average"])
			}
		})
	}
}

func TestCDNDistrictISPDataIsSplit(t *testing.T) {
	e := acctest.Start(t, emulator.Options{})
	domains := make([]any, 22)
	for i := range domains {
		domains[i] = fmt.Sprintf("d%d.example.com", i)
	}
	domains[3], domains[21] = "idle.example.com", "Idle.example.com"
	state := acctest.MustRead(t, cdnDistrictISPData, cdnDistrictISPDataConfig.With(acctest.Config{
		"domains": domains, "lookback": nil, "start_time": "2026-01-15T05:00:00Z", "end_time": "2026-01-15T11:00:00Z",
	}))
	var windows []string
	for _, call := range e.CallsTo(emulator.CDN) {
		members := asked(t, call)
		list, _ := members["Domains"].([]any)
		windows = append(windows, fmt.Sprint(members["StartTime"], " ", members["EndTime"], " ", len(list)))
	}
	slices.Sort(windows)
	want := []string{
		"2026-01-15 13:00:00 2026-01-15 15:59:59 2", "2026-01-15 13:00:00 2026-01-15 15:59:59 20",
		"2026-01-15 16:00:00 2026-01-15 19:00:00 2", "2026-01-15 16:00:00 2026-01-15 19:00:00 20",
	}
	if diff := cmp.Diff(want, windows); diff != "" {
		t.Error(diff)
	}
	expectState(t, state, map[string]string{
		"details.#": "21", "details.0.domain": "d0.example.com", "details.20.domain": "Idle.example.com",
		"details.0.values.#": "73", "details.20.values.#": "73", "details.0.summary.count": "73",
		"details.0.summary.largest_gap_seconds": "300", "details.20.summary.largest_gap_seconds": "300",
		// Names are the same whatever their case.
		"missing_domains.#": "0",
	})
	if state["request_id"] == "" {
		t.Error("there is no request ID")
	}
}

func TestCDNDistrictISPDataMissing(t *testing.T) {
	acctest.Start(t, emulator.Options{})
	state := acctest.MustRead(t, cdnDistrictISPData, cdnDistrictISPDataConfig.With(acctest.Config{
		"domains": []any{"idle-b.example.com", "www.example.com", "idle-a.example.com"},
	}))
	expectState(t, state, map[string]string{
		"details.#": "1", "missing_domains.#": "2", "missing_domains.0": "idle-b.example.com", "missing_domains.1": "idle-a.example.com",
	})
	state = acctest.MustRead(t, cdnDistrictISPData, cdnDistrictISPDataConfig.With(acctest.Config{"districts": []any{9999}}))
	expectState(t, state, map[string]string{"details.#": "0", "missing_domains.#": "1", "missing_domains.0": "www.example.com"})
}

func TestCDNDistrictISPDataWithoutPoints(t *testing.T) {
	acctest.Start(t, emulator.Options{})
	with := acctest.MustRead(t, cdnDistrictISPData, cdnDistrictISPDataConfig)
	without := acctest.MustRead(t, cdnDistrictISPData, cdnDistrictISPDataConfig.With(acctest.Config{"include_points": false, "max_points": 1}))
	own := []string{"details.0.values", "request_id", "include_points", "max_points"}
	if diff := cmp.Diff(with.Without(own...), without.Without(own...)); diff != "" {
		t.Errorf("(-with +without)\n%s", diff)
	}
	expectState(t, without, map[string]string{"details.0.values.#": "", "details.0.summary.count": "12"})
}

// More series than there are names come back where all districts and carriers are asked for.
func TestCDNDistrictISPDataCountsPointsThatCame(t *testing.T) {
	acctest.Start(t, emulator.Options{})
	config := cdnDistrictISPDataConfig.With(acctest.Config{"districts": nil, "max_points": 407})
	problems := readProblems(t, acctest.NewServer(t), cdnDistrictISPData, config)
	expectProblem(t, problems, "lookback", "more than 407 points", "max_points is 407")
}

// A part without a series leaves nulls in its place.
func TestCDNDistrictISPDataKeepsPlaces(t *testing.T) {
	acctest.Start(t, emulator.Options{Override: func(_ emulator.API, w http.ResponseWriter, r *http.Request) bool {
		var request struct{ StartTime string }
		body, _ := io.ReadAll(r.Body)
		if err := json.Unmarshal(body, &request); err != nil {
			t.Error(err)
		}
		points := "[7, null, \"9\"]"
		if request.StartTime == "2026-01-15 14:00:00" {
			points = "[]"
		}
		return acctest.Answer(`{"Response": {"RequestId": "r-1", "Data": [{"Domain": "www.example.com", "Metric": "flux", "Interval": 5,
			"StartTime": "`+request.StartTime+`", "District": 4, "Isp": null, "DataPoints": `+points+`}]}}`)(emulator.CDN, w, r)
	}})
	state := acctest.MustRead(t, cdnDistrictISPData, cdnDistrictISPDataConfig.With(acctest.Config{"lookback": "9h"}))
	expectState(t, state, map[string]string{
		"details.#": "1", "details.0.start_time": "2026-01-15T11:00:00+08:00", "details.0.values.#": "108", "details.0.summary.count": "4",
		"details.0.values.0": "7", "details.0.values.1": "", "details.0.values.2": "9", "details.0.values.36": "",
		"details.0.values.72": "7", "details.0.values.74": "9", "details.0.summary.last_time": "2026-01-15T17:10:00+08:00",
		"details.0.district_id": "4", "details.0.isp_id": "", "details.0.isp_name": "",
	})
}

func TestCDNDistrictISPDataNamesTheFailedPart(t *testing.T) {
	e := acctest.Start(t, emulator.Options{})
	e.Inject(emulator.Fault{API: emulator.CDN, Kind: emulator.FaultError, Code: "FailedOperation"})
	problems := readProblems(t, acctest.NewServer(t), cdnDistrictISPData, cdnDistrictISPDataConfig.With(acctest.Config{"lookback": "5h"}))
	expectProblem(t, problems, "", "Unable to Read CDN District ISP Data",
		"DescribeDistrictIspData for 2026-01-15T07:00:00Z to 2026-01-15T12:00:00Z failed: part 2026-01-15T1", "+08:00 of www.example.com: FailedOperation")
}
