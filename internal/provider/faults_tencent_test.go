// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

// readWith reads a data source from an emulator with faults, without trying again.
func readWith(t *testing.T, dataSource string, config acctest.Config, faults ...emulator.Fault) (acctest.State, acctest.Problems) {
	t.Helper()
	acctest.Start(t, emulator.Options{Faults: faults})
	s := acctest.NewServer(t)
	if problems := s.Configure(t, acctest.Config{"max_retries": 0}); len(problems) > 0 {
		t.Fatal(problems)
	}
	return s.Read(t.Context(), t, dataSource, config)
}

// mustReadWith is readWith where the faults do no harm. A warning would fail it too.
func mustReadWith(t *testing.T, dataSource string, config acctest.Config, faults ...emulator.Fault) acctest.State {
	t.Helper()
	state, problems := readWith(t, dataSource, config, faults...)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return state
}

// member puts a value in place of the first member of that name in an answer, or removes the member.
func member(name, value string) emulator.Fault {
	return emulator.Fault{Kind: emulator.FaultMember, Member: name, Body: value}
}

// pointing is a vendor's code and the argument that its error has to point at.
type pointing struct {
	dataSource string
	config     acctest.Config
	code       string
	attribute  string
}

func testPointing(t *testing.T, tests []pointing) {
	t.Helper()
	for _, test := range tests {
		t.Run(test.dataSource+" "+test.code+" "+test.attribute, func(t *testing.T) {
			fault := emulator.Fault{API: apiOf[test.dataSource], Kind: emulator.FaultError, Code: test.code, Message: "(0)It is refused"}
			_, problems := readWith(t, test.dataSource, reads[test.dataSource].With(test.config), fault)
			expectProblem(t, problems, test.attribute, "Unable to Read ", " failed: ", test.code, "It is refused", "Check the arguments")
		})
	}
}

func TestFault_19_TimesPointAtArguments(t *testing.T) {
	start := acctest.Config{"lookback": nil, "begin_time": "2026-01-14T00:00:00Z"}
	both := start.With(acctest.Config{"end_time": "2026-01-15T00:00:00Z"})
	var tests []pointing
	for _, dataSource := range []string{mnaFlowStatistic, mnaStatisticExport} {
		tests = append(
			tests,
			pointing{dataSource, nil, "InvalidParameterValue.TimeSpanExceeded", "lookback"},
			pointing{dataSource, start, "InvalidParameterValue.TimeSpanExceeded", "begin_time"},
			pointing{dataSource, nil, "InvalidParameterValue.TimeTooEarly", "lookback"},
			pointing{dataSource, both, "InvalidParameterValue.TimeTooEarly", "begin_time"},
			pointing{dataSource, nil, "InvalidParameterValue.TimeFuture", "end_time"},
			pointing{dataSource, both, "InvalidParameterValue.TimeFuture", "end_time"},
		)
	}
	testPointing(t, tests)
}

func TestFault_20_WhatDoesNotExistPointsAtArguments(t *testing.T) {
	devices := acctest.Config{"device_id": nil, "device_list": []any{"a", "b"}}
	names := acctest.Config{"device_list": []any{"a"}}
	testPointing(t, []pointing{
		{mnaFlowStatistic, nil, "ResourceNotFound", "device_id"},
		{mnaFlowStatistic, nil, "OperationDenied.DeviceNotFound", "device_id"},
		{mnaFlowStatistic, devices, "ResourceNotFound.Device", "device_list"},
		{mnaFlowStatistic, devices, "OperationDenied.DeviceNotFound", "device_list"},
		{mnaStatisticExport, nil, "OperationDenied.DeviceNotFound", "device_name"},
		{mnaStatisticExport, names, "ResourceNotFound", "device_list"},
		{trroSessionStatistics, nil, "ResourceNotFound", "project_id"},
		{trroSessionStatistics, nil, "OperationDenied.DeviceNotFound", "device_id"},
	})
}

func TestFault_22_NoDetails(t *testing.T) {
	complete := mustReadWith(t, mnaFlowStatistic, mnaFlowStatisticConfig)
	for name, value := range map[string]string{"null": "null", "missing": "", "empty": "[]"} {
		t.Run(name, func(t *testing.T) {
			state := mustReadWith(t, mnaFlowStatistic, mnaFlowStatisticConfig, member("NetDetails", value))
			expectState(t, state, withoutDetails)
			for _, figure := range []string{"max_value", "avg_value", "total_value"} {
				if state[figure] == "" || state[figure] != complete[figure] {
					t.Errorf("%s is %q, want the API's own %s", figure, state[figure], complete[figure])
				}
			}
		})
	}
	for name, value := range map[string]string{"rows null": "null", "rows missing": "", "rows empty": "[]"} {
		t.Run(name, func(t *testing.T) {
			state := mustReadWith(t, trroSessionStatistics, trroSessionStatisticsConfig, member("SessionStatistics", value))
			expectState(t, state, map[string]string{
				"session_statistics.#": "0", "summary.count": "0", "summary.session_num": "", "summary.last_time": "",
			})
		})
	}
}

func TestFault_23_Current(t *testing.T) {
	for name, test := range map[string]struct{ value, want, count string }{
		"null":         {"null", "", "23"},
		"missing":      {"", "", "23"},
		"text":         {`"12"`, "12", "24"},
		"negative":     {"-1", "-1", "24"},
		"large":        {"1e308", "1" + strings.Repeat("0", 308), "24"},
		"17 digits":    {"12345678901234567", "12345678901234567", "24"},
		"an empty one": {`""`, "", "23"},
	} {
		t.Run(name, func(t *testing.T) {
			state := mustReadWith(t, mnaFlowStatistic, mnaFlowStatisticConfig, member("Current", test.value))
			expectState(t, state, map[string]string{"net_details.#": "24", "net_details.0.current": test.want, "summary.count": test.count})
		})
	}
	for value, want := range map[string]string{
		"1e309":   `NetDetails[0].Current: number out of range: "1e309"`,
		"-1e-309": `NetDetails[0].Current: number out of range: "-1e-309"`,
		"NaN":     "not the JSON that is documented",
		`"NaN"`:   `NetDetails[0].Current: not a decimal number: "NaN"`,
	} {
		t.Run(value, func(t *testing.T) {
			_, problems := readWith(t, mnaFlowStatistic, mnaFlowStatisticConfig, member("Current", value))
			expectProblem(t, problems, "", "malformed answer from 127.0.0.1:", want, "1 attempt in ")
		})
	}
}

func TestFault_24_Time(t *testing.T) {
	for value, want := range map[string]string{
		`""`:             "there is no time",
		"null":           "there is no time",
		"1768392000.5":   "1768392000.5 is not a time in unix seconds",
		"1768392000000":  "looks like milliseconds",
		`"2026-01-14"`:   `not a decimal number: "2026-01-14"`,
		`{"seconds": 1}`: "not a decimal number",
	} {
		t.Run(value, func(t *testing.T) {
			_, problems := readWith(t, mnaFlowStatistic, mnaFlowStatisticConfig, member("Time", value))
			expectProblem(t, problems, "", "malformed answer", "NetDetails[0].Time: ", want)
			_, problems = readWith(t, trroSessionStatistics, trroSessionStatisticsConfig, member("EndTime", value))
			expectProblem(t, problems, "", "malformed answer", "SessionStatistics[0].EndTime: ", want)
		})
	}
}

func TestFault_25_RepeatedAndUnsortedTimes(t *testing.T) {
	state := mustReadWith(t, mnaFlowStatistic, mnaFlowStatisticConfig, member("NetDetails", `[
		{"Time": "1768402800", "Current": 3}, {"Time": "1768392000", "Current": 1}, {"Time": "1768402800", "Current": 3},
		{"Time": "1768402800", "Current": 7}, {"Time": "1768395600", "Current": 2}]`))
	expectState(t, state, map[string]string{
		"net_details.#":      "5",
		"net_details.0.time": "2026-01-14T15:00:00Z", "net_details.0.current": "3",
		"net_details.1.time": "2026-01-14T12:00:00Z", "net_details.1.current": "1",
		"net_details.2.time": "2026-01-14T15:00:00Z", "net_details.2.current": "3",
		"net_details.3.time": "2026-01-14T15:00:00Z", "net_details.3.current": "7",
		"net_details.4.time": "2026-01-14T13:00:00Z", "net_details.4.current": "2",
		"summary.count": "5", "summary.total": "16", "summary.latest": "7", "summary.max": "7",
		"summary.first_time": "2026-01-14T12:00:00Z", "summary.last_time": "2026-01-14T15:00:00Z",
		"summary.interval_seconds": "", "summary.largest_gap_seconds": "7200",
	})
}

func TestFault_26_UnknownMembers(t *testing.T) {
	// A member is replaced by itself and what nobody knows.
	const unknown = `, "Extra": {"NetDetails": [[{"Time": {}}]], "SessionStatistics": 1, "Response": {}}, "unit": null`
	for dataSource, name := range map[string]string{mnaFlowStatistic: "Current", trroSessionStatistics: "SessionNum"} {
		plain := mustReadWith(t, dataSource, reads[dataSource], member(name, "5"))
		got := mustReadWith(t, dataSource, reads[dataSource], member(name, "5"+unknown))
		if diff := cmp.Diff(plain.Without("request_id"), got.Without("request_id")); diff != "" {
			t.Errorf("%s (-plain +with unknown members)\n%s", dataSource, diff)
		}
	}
}

func TestFault_27_RatioWithAFraction(t *testing.T) {
	state := mustReadWith(t, trroSessionStatistics, trroSessionStatisticsConfig, member("NotBadSessionRatio", "50.5"))
	expectState(t, state, map[string]string{
		"session_statistics.0.not_bad_session_ratio": "50.5",
		"summary.min_not_bad_session_ratio":          "50.5", "summary.min_not_bad_session_ratio_time": state["session_statistics.0.start_time"],
	})
}

func TestFault_28_EndBeforeStart(t *testing.T) {
	state := mustReadWith(t, trroSessionStatistics, trroSessionStatisticsConfig, member("EndTime", "1661152600"))
	expectState(t, state, map[string]string{
		"session_statistics.#":            "3",
		"session_statistics.0.start_time": "2026-01-11T16:00:00Z", "session_statistics.0.end_time": "2022-08-22T07:16:40Z",
	})
}

func TestFault_29_RequestID(t *testing.T) {
	const refused = `{"Response": {"Error": {"Code": "InvalidParameter", "Message": "no"}%s}}`
	header := map[string]string{"X-TC-RequestId": "h-1"}
	for name, test := range map[string]struct {
		success emulator.Fault
		failure string
		header  map[string]string
		want    string
	}{
		"in the body":            {member("RequestId", `"r-1"`), `, "RequestId": "r-1"`, header, "r-1"},
		"empty":                  {member("RequestId", `""`), `, "RequestId": ""`, nil, ""},
		"missing":                {member("RequestId", ""), "", nil, ""},
		"empty, in the header":   {member("RequestId", `""`), `, "RequestId": ""`, header, "h-1"},
		"missing, in the header": {member("RequestId", ""), "", header, "h-1"},
	} {
		t.Run(name, func(t *testing.T) {
			test.success.Header = test.header
			state := mustReadWith(t, mnaFlowStatistic, mnaFlowStatisticConfig, test.success)
			expectState(t, state, map[string]string{"request_id": test.want, "net_details.#": "24"})

			_, problems := readWith(t, mnaFlowStatistic, mnaFlowStatisticConfig, emulator.Fault{
				Kind: emulator.FaultAnswer, Body: strings.Replace(refused, "%s", test.failure, 1), Header: test.header,
			})
			effort := strings.Split(problems[0].Detail, "\n")[1]
			want := "1 attempt in "
			if test.want != "" {
				want = "Request ID " + test.want + ", " + want
			}
			if !strings.HasPrefix(effort, want) {
				t.Errorf("%q, want %q", effort, want)
			}
		})
	}
}

// Keys are wrong for good: nobody is asked twice, and the key itself stays out of it.
func TestFault_16_WrongKeys(t *testing.T) {
	for _, code := range []string{"AuthFailure.SecretIdNotFound", "AuthFailure.SignatureFailure"} {
		e := acctest.Start(t, emulator.Options{Faults: []emulator.Fault{{API: emulator.MNA, Kind: emulator.FaultError, Code: code}}})
		problems := readProblems(t, acctest.NewServer(t), mnaFlowStatistic, mnaFlowStatisticConfig)
		expectProblem(t, problems, "", code, "1 attempt in ", "Check secret_id and secret_key")
		expectNone(t, problems.String(), emulator.DefaultSecretKey, emulator.DefaultSecretID)
		if calls := len(e.Calls()); calls != 1 {
			t.Errorf("%s: %d calls, want 1", code, calls)
		}
	}
}

// A login page takes the place of the API where a network wants to be paid first.
func TestFault_37_LoginPage(t *testing.T) {
	for dataSource, config := range reads {
		_, problems := readWith(t, dataSource, config, emulator.Fault{
			Kind: emulator.FaultAnswer, Status: http.StatusOK, Header: map[string]string{"Content-Type": "text/html; charset=utf-8"},
			Body: "<!DOCTYPE html>\n<title>Welcome\x1b[5m &amp; pay</title>" + strings.Repeat("<p>", 10_000),
		})
		expectProblem(t, problems, "", `not JSON (text/html): a page titled "Welcome[5m & pay"`, "endpoints lead to the API")
		expectNone(t, problems.String(), "<", "\x1b")
	}
}
