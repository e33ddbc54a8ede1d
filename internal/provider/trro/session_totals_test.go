// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package trro_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/acctest/suite"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

const totalsAction = "DescribeSessionStatistics"

// withTotals asks for nothing but the summary and the totals.
var withTotals = sessionStatisticsConfig.With(acctest.Config{"include": []any{"totals"}})

// answerTotals answers only the call for totals. The emulator answers the others.
func answerTotals(answer suite.Override) suite.Override {
	return func(api emulator.API, w http.ResponseWriter, r *http.Request) bool {
		return r.Header.Get("X-TC-Action") == totalsAction && answer(api, w, r)
	}
}

// A device counts once in the totals, and once for each day in session_statistics. All else adds up.
func TestSessionTotalsAgreeWithTheSummary(t *testing.T) {
	e := acctest.Start(t, emulator.Options{})
	state := acctest.MustRead(t, sessionStatistics, withTotals)
	for _, name := range []string{"session_num", "total_duration"} {
		if state["totals."+name] == "" || state["totals."+name] != state["summary."+name] {
			t.Errorf("%s is %q, and the sum is %q", name, state["totals."+name], state["summary."+name])
		}
	}
	for _, name := range []string{"active_field_device_num", "active_remote_device_num", "not_bad_session_ratio"} {
		if state["totals."+name] == "" {
			t.Errorf("%s is null", name)
		}
	}
	if _, ok := state["session_statistics.#"]; ok {
		t.Error("there are points")
	}
	calls := e.CallsTo(emulator.TRRO)
	if len(calls) != 2 || calls[1].Action != totalsAction {
		t.Fatalf("the calls are %v", calls)
	}
	want := suite.Asked(t, calls[0])
	delete(want, "StatisticInterval")
	if diff := cmp.Diff(want, suite.Asked(t, calls[1])); diff != "" {
		t.Errorf("the totals are of another window or device (-intervals +totals)\n%s", diff)
	}
}

func TestSessionTotalsOfADevice(t *testing.T) {
	e := acctest.Start(t, emulator.Options{})
	state := acctest.MustRead(t, sessionStatistics, withTotals.With(acctest.Config{
		"device_id": "project-1-vehicle-1", "lookback": nil, "include": []any{"points", "request_id", "totals"},
	}))
	acctest.ExpectState(t, state, map[string]string{"totals.active_field_device_num": "1", "window.start": ""})
	want := map[string]any{"ProjectId": "project-1", "DeviceId": "project-1-vehicle-1"}
	if diff := cmp.Diff(want, suite.Asked(t, e.CallsTo(emulator.TRRO)[1])); diff != "" {
		t.Error(diff)
	}
	if state["request_id"] == "" || state["session_statistics.#"] == "" {
		t.Errorf("request_id is %q, and there are %q points", state["request_id"], state["session_statistics.#"])
	}
}

// The document's own sample, numbers as texts, and figures that are not there. Zero stays zero.
func TestSessionTotalsValues(t *testing.T) {
	for name, test := range map[string]struct {
		members string
		want    [5]string
	}{
		"sample": {
			`"SessionNum":3,"TotalDuration":35,"ActiveFieldDeviceNum":1,"ActiveRemoteDeviceNum":2,"NotBadSessionRatio":90`,
			[5]string{"3", "35", "1", "2", "90"},
		},
		"texts": {
			`"SessionNum":"12345678901234567","TotalDuration":"0.50","ActiveFieldDeviceNum":"","ActiveRemoteDeviceNum":null,"NotBadSessionRatio":99.5`,
			[5]string{"12345678901234567", "0.5", "", "", "99.5"},
		},
		"no sessions": {
			`"SessionNum":0,"TotalDuration":0,"ActiveFieldDeviceNum":0,"ActiveRemoteDeviceNum":0,"NotBadSessionRatio":0`,
			[5]string{"0", "0", "0", "0", "0"},
		},
		"nothing": {`"Unknown":1`, [5]string{}},
	} {
		t.Run(name, func(t *testing.T) {
			acctest.Start(t, emulator.Options{Override: answerTotals(acctest.Answer(`{"Response":{"RequestId":"r-1",` + test.members + `}}`))})
			acctest.ExpectState(t, acctest.MustRead(t, sessionStatistics, withTotals), map[string]string{
				"totals.session_num": test.want[0], "totals.total_duration": test.want[1], "totals.active_field_device_num": test.want[2],
				"totals.active_remote_device_num": test.want[3], "totals.not_bad_session_ratio": test.want[4],
			})
		})
	}
}

func TestNoSessionTotals(t *testing.T) {
	e := acctest.Start(t, emulator.Options{})
	for name := range acctest.MustRead(t, sessionStatistics, sessionStatisticsConfig) {
		if strings.HasPrefix(name, "totals.") {
			t.Errorf("%s is there without being asked for", name)
		}
	}
	if calls := len(e.Calls()); calls != 1 {
		t.Errorf("%d calls, want 1", calls)
	}
}

func TestSessionTotalsOfAnEmptyWindow(t *testing.T) {
	e := acctest.Start(t, emulator.Options{})
	state := acctest.MustRead(t, sessionStatistics, withTotals.With(acctest.Config{"lookback": nil, "start_time": "2026-01-15T00:00:00+08:00"}))
	acctest.ExpectState(t, state, map[string]string{"summary.count": "0", "totals.session_num": "", "totals.not_bad_session_ratio": ""})
	if calls := len(e.Calls()); calls > 0 {
		t.Errorf("%d calls", calls)
	}
}

// Without the totals that were asked for there is no result, and the error names the call that failed.
func TestSessionTotalsFail(t *testing.T) {
	for name, test := range map[string]struct {
		answer    suite.Override
		attribute string
		says      string
	}{
		"missing project": {suite.TencentError("ResourceNotFound", "no such project"), "project_id", "no such project"},
		"wrong region":    {suite.TencentError("UnsupportedRegion", "Region"), "region", changeRegion},
		"malformed":       {acctest.Answer(`{"Response":{"SessionNum":[]}}`), "", "$.Response.SessionNum: "},
	} {
		t.Run(name, func(t *testing.T) {
			acctest.Start(t, emulator.Options{Override: answerTotals(test.answer)})
			problems := acctest.ReadProblems(t, sessionStatistics, withTotals)
			acctest.ExpectProblem(t, problems, test.attribute, "DescribeSessionStatistics for 2026-01-12T00:00:00+08:00", test.says)
		})
	}
}
