// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package cdn_test

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
	"github.com/edgestats/terraform-provider-edgestats/internal/acctest/suite"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

func TestDistrictISPDataReadsEmulator(t *testing.T) {
	acctest.Start(t, emulator.Options{})
	state := acctest.MustRead(t, districtISPData, districtISPDataConfig.With(acctest.Config{"districts": nil, "isps": nil}))
	acctest.ExpectState(t, state, map[string]string{
		"details.#": "379", "missing_domains.#": "0", "interval": "", "protocol": "",
		"window.start": "2026-01-15T19:00:00+08:00", "window.end": "2026-01-15T20:00:00+08:00",
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

func TestDistrictISPDataMetrics(t *testing.T) {
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
			state := acctest.MustRead(t, districtISPData, districtISPDataConfig.With(acctest.Config{"metric": metric}))
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

func TestDistrictISPDataIsSplit(t *testing.T) {
	e := acctest.Start(t, emulator.Options{})
	domains := make([]any, 22)
	for i := range domains {
		domains[i] = fmt.Sprintf("d%d.example.com", i)
	}
	domains[3] = "Idle.example.com" // The emulator has data of it, for it knows idle domains by their lower case.
	state := acctest.MustRead(t, districtISPData, districtISPDataConfig.With(acctest.Config{
		"domains": domains, "lookback": nil, "start_time": "2026-01-15T05:00:00Z", "end_time": "2026-01-15T11:00:00Z",
	}))
	var windows []string
	for _, call := range e.CallsTo(emulator.CDN) {
		members := suite.Asked(t, call)
		list, _ := members["Domains"].([]any)
		windows = append(windows, fmt.Sprint(members["StartTime"], " ", members["EndTime"], " ", len(list)))
	}
	slices.Sort(windows)
	want := []string{
		"2026-01-15 13:00:00 2026-01-15 15:59:59 2", "2026-01-15 13:00:00 2026-01-15 15:59:59 20",
		"2026-01-15 16:00:00 2026-01-15 18:59:59 2", "2026-01-15 16:00:00 2026-01-15 18:59:59 20",
	}
	if diff := cmp.Diff(want, windows); diff != "" {
		t.Error(diff)
	}
	acctest.ExpectState(t, state, map[string]string{
		"details.#": "22", "details.0.domain": "d0.example.com", "details.3.domain": "Idle.example.com",
		"details.0.values.#": "72", "details.20.values.#": "72", "details.0.summary.count": "72",
		"details.0.summary.largest_gap_seconds": "300", "details.20.summary.largest_gap_seconds": "300",
		// Names are the same whatever their case.
		"missing_domains.#": "0",
	})
}

func TestDistrictISPDataMissing(t *testing.T) {
	acctest.Start(t, emulator.Options{})
	state := acctest.MustRead(t, districtISPData, districtISPDataConfig.With(acctest.Config{
		"domains": []any{"idle-b.example.com", "www.example.com", "idle-a.example.com"},
	}))
	acctest.ExpectState(t, state, map[string]string{
		"details.#": "1", "missing_domains.#": "2", "missing_domains.0": "idle-b.example.com", "missing_domains.1": "idle-a.example.com",
		"missing.#": "2", "missing.0.domain": "idle-b.example.com", "missing.0.district_id": "4", "missing.0.isp_id": "2",
		"missing.1.domain": "idle-a.example.com",
	})
	state = acctest.MustRead(t, districtISPData, districtISPDataConfig.With(acctest.Config{"districts": []any{"TH", "4"}, "isps": []any{"2", "-1"}}))
	acctest.ExpectState(t, state, map[string]string{
		"details.#": "2", "details.0.district_id": "4", "details.0.isp_id": "2", "details.1.district_id": "57", "details.1.isp_id": "-1",
		"districts.0": "TH", "missing_domains.#": "0", "missing.#": "2",
		"missing.0.domain": "www.example.com", "missing.0.district_id": "57", "missing.0.isp_id": "2",
		"missing.1.district_id": "4", "missing.1.isp_id": "-1",
	})
	state = acctest.MustRead(t, districtISPData, districtISPDataConfig.With(acctest.Config{"domains": []any{"idle.example.com"}, "districts": nil, "isps": nil}))
	acctest.ExpectState(t, state, map[string]string{"missing.#": "1", "missing.0.domain": "idle.example.com", "missing.0.district_id": "", "missing.0.isp_id": ""})
}

// Codes that the vendor's tables do not have are a warning, at the read.
func TestDistrictISPDataUnknownCodes(t *testing.T) {
	acctest.Start(t, emulator.Options{})
	config := districtISPDataConfig.With(acctest.Config{"districts": []any{"9999"}, "isps": nil})
	server := acctest.Configured(t, nil)
	if problems := server.Validate(t, districtISPData, config); len(problems) > 0 {
		t.Errorf("validation says %s", problems)
	}
	state, problems := server.Read(t.Context(), t, districtISPData, config)
	acctest.ExpectProblem(t, problems, "districts", "districts has codes that are not in the vendor's table: 9999. They were sent anyway.")
	acctest.ExpectState(t, state, map[string]string{
		"details.#": "0", "missing_domains.#": "1", "missing_domains.0": "www.example.com", "missing.#": "1", "missing.0.district_id": "9999", "missing.0.isp_id": "",
	})
}

func TestDistrictISPDataOfAnEmptyWindow(t *testing.T) {
	e := acctest.Start(t, emulator.Options{})
	config := districtISPDataConfig.With(acctest.Config{"lookback": nil, "start_time": "2026-01-15T12:00:00Z"})
	acctest.ExpectState(t, acctest.MustRead(t, districtISPData, config), map[string]string{
		"details.#": "0", "missing_domains.#": "0", "missing.#": "0", "period_seconds": "300",
		"window.start": "2026-01-15T20:00:00+08:00", "window.end": "2026-01-15T20:00:00+08:00",
	})
	if calls := len(e.Calls()); calls > 0 {
		t.Errorf("%d calls, want none", calls)
	}
}

// More series than there are names come back where all districts and carriers are asked for.
func TestDistrictISPDataCountsPointsThatCame(t *testing.T) {
	acctest.Start(t, emulator.Options{})
	config := districtISPDataConfig.With(acctest.Config{"districts": nil, "max_points": 407})
	problems := acctest.ReadProblems(t, districtISPData, config)
	acctest.ExpectProblem(t, problems, "lookback", "more than 407 points", "max_points is 407")
}

// A part without a series leaves nulls in its place.
func TestDistrictISPDataKeepsPlaces(t *testing.T) {
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
	state := acctest.MustRead(t, districtISPData, districtISPDataConfig.With(acctest.Config{"lookback": "9h"}))
	acctest.ExpectState(t, state, map[string]string{
		"details.#": "1", "details.0.start_time": "2026-01-15T11:00:00+08:00", "details.0.values.#": "108", "details.0.summary.count": "4",
		"details.0.values.0": "7", "details.0.values.1": "", "details.0.values.2": "9", "details.0.values.36": "",
		"details.0.values.72": "7", "details.0.values.74": "9", "details.0.summary.last_time": "2026-01-15T17:10:00+08:00",
		"details.0.district_id": "4", "details.0.isp_id": "", "details.0.isp_name": "",
	})
}

func TestDistrictISPDataNamesTheFailedPart(t *testing.T) {
	e := acctest.Start(t, emulator.Options{})
	e.Inject(emulator.Fault{API: emulator.CDN, Kind: emulator.FaultError, Code: "FailedOperation"})
	problems := acctest.ReadProblems(t, districtISPData, districtISPDataConfig.With(acctest.Config{"lookback": "5h"}))
	acctest.ExpectProblem(t, problems, "", "Unable to Read CDN District ISP Data",
		"DescribeDistrictIspData for 2026-01-15T15:00:00+08:00 to 2026-01-15T20:00:00+08:00 failed: part 2026-01-15T1", "+08:00 of www.example.com: FailedOperation")
}
