// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package mna_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/acctest/suite"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

const flowStatistic = "edgestats_mna_flow_statistic"

var flowStatisticConfig = acctest.Config{
	"device_id": "mna-dev1", "type": "total", "time_granularity": "hour", "lookback": "24h",
}

// tencent begins a response of API 3.0.
const tencent = `{"Response":{"RequestId":"r-1",`

func TestFlowStatistic(t *testing.T) {
	suite.Run(t, suite.Description{
		Name:      flowStatistic,
		API:       emulator.MNA,
		Config:    flowStatisticConfig,
		Another:   func(i int) acctest.Config { return acctest.Config{"device_id": fmt.Sprint("device-", i)} },
		Questions: flowStatisticQuestions(),
		Refusals:  flowStatisticRefusals(),
		Unknowns: append(
			suite.UnknownWindow("begin_time", "end_time"),
			acctest.Config{"device_list": acctest.Unknown},
			acctest.Config{"device_id": nil, "device_list": []any{"mna-dev1", acctest.Unknown}},
			acctest.Config{"access_region": acctest.Unknown, "gateway_type": acctest.Unknown},
		),
		Errors: flowStatisticErrors(),
		Malformed: map[string]string{
			`{"Response":{"NetDetails":{}}}`:  "$.Response.NetDetails: unexpected object",
			`{"Response":{"NetDetails":[7]}}`: "$.Response.NetDetails[0]: unexpected number",
		},
		Points:   &suite.Points{Series: "net_details", Count: 24, Argument: "lookback"},
		Hostile:  flowStatisticHostile(),
		Figure:   "Current",
		UnixTime: "NetDetails[0].Time",
		Varies:   []string{"request_id"},
	})
}

func flowStatisticErrors() []suite.Error {
	says := []string{checkArguments}
	devices := acctest.Config{"device_id": nil, "device_list": []any{"a", "b"}}
	return append(
		windowErrors(),
		suite.Error{Code: "ResourceNotFound", Attribute: "device_id", Says: says},
		suite.Error{Code: "OperationDenied.DeviceNotFound", Attribute: "device_id", Says: says},
		suite.Error{Code: "ResourceNotFound.Device", Config: devices, Attribute: "device_list", Says: says},
		suite.Error{Code: "OperationDenied.DeviceNotFound", Config: devices, Attribute: "device_list", Says: says},
		suite.Error{Code: "ResourceNotFoundElsewhere"},
	)
}

func flowStatisticHostile() map[string]suite.Hostile {
	long := func(head, tail string) func() string {
		return func() string { return head + strings.Repeat("7", transport.MaxBody-100) + tail }
	}
	return map[string]suite.Hostile{
		"details without points": {
			Config: acctest.Config{"include_points": false},
			Body:   suite.Full(tencent+`"NetDetails":[`, `{"Time":1,"Current":1}`, `]}}`), Says: "more than 500000 points",
		},
		"an unknown list":                {Body: suite.Full(tencent+`"NetDetails":[],"Unknown":[`, `{}`, `]}}`)},
		"a number":                       {Body: long(tencent+`"MaxValue":`, `}}`), Says: "number too long"},
		"a name":                         {Body: long(tencent+`"`, `":1}}`)},
		"depth":                          {Body: func() string { return tencent + `"Unknown":` + strings.Repeat("[", transport.MaxBody-100) }, Says: "exceeded max depth"},
		"a point with a million members": {Body: suite.Full(tencent+`"NetDetails":[{"Time":1,`, `"x":1`, `}]}}`)},
	}
}

func flowStatisticQuestions() []suite.Question {
	return []suite.Question{
		{
			Name:   "lookback by hour",
			Body:   `{"DeviceId":"mna-dev1","Type":3,"TimeGranularity":1,"BeginTime":1768392000,"EndTime":1768478399}`,
			Window: "2026-01-14T12:00:00Z 2026-01-15T12:00:00Z",
		},
		{
			Name: "codes in place of words", Changes: acctest.Config{"type": "1", "time_granularity": "4", "gateway_type": "0"},
			Body:   `{"DeviceId":"mna-dev1","Type":1,"TimeGranularity":4,"GatewayType":0,"BeginTime":1768393800,"EndTime":1768480199}`,
			Window: "2026-01-14T12:30:00Z 2026-01-15T12:30:00Z",
		},
		{
			Name: "words for the same", Changes: acctest.Config{"type": "uplink", "time_granularity": "5min", "gateway_type": "public"},
			Body:   `{"DeviceId":"mna-dev1","Type":1,"TimeGranularity":4,"GatewayType":0,"BeginTime":1768393800,"EndTime":1768480199}`,
			Window: "2026-01-14T12:30:00Z 2026-01-15T12:30:00Z",
		},
		{
			Name:    "lookback by minute",
			Changes: acctest.Config{"type": "downlink", "time_granularity": "minute", "gateway_type": "private", "access_region": "EU", "lookback": "1m30s"},
			Body:    `{"DeviceId":"mna-dev1","Type":2,"TimeGranularity":3,"GatewayType":1,"AccessRegion":"EU","BeginTime":1768480350,"EndTime":1768480439}`,
			Window:  "2026-01-15T12:32:30Z 2026-01-15T12:34:00Z",
		},
		{
			Name:    "lookback by day ends at midnight UTC+8",
			Changes: acctest.Config{"device_id": nil, "device_list": []any{"b", "a"}, "time_granularity": "day", "lookback": "48h"},
			Body:    `{"DeviceId":"-1","DeviceList":["b","a"],"Type":3,"TimeGranularity":2,"BeginTime":1768233600,"EndTime":1768406399}`,
			Window:  "2026-01-12T16:00:00Z 2026-01-14T16:00:00Z",
		},
		{
			Name:    "a given end is sent as given",
			Changes: acctest.Config{"lookback": nil, "begin_time": "2026-01-01T00:00:00+08:00", "end_time": "1768478400"},
			Body:    `{"DeviceId":"mna-dev1","Type":3,"TimeGranularity":1,"BeginTime":1767196800,"EndTime":1768478400}`,
			Window:  "2025-12-31T16:00:00Z 2026-01-15T12:00:00Z",
		},
		{
			Name: "lookback from a given end", Changes: acctest.Config{"end_time": "2026-01-15T12:20:30Z"},
			Body:   `{"DeviceId":"mna-dev1","Type":3,"TimeGranularity":1,"BeginTime":1768393230,"EndTime":1768479630}`,
			Window: "2026-01-14T12:20:30Z 2026-01-15T12:20:30Z",
		},
	}
}

func flowStatisticRefusals() []suite.Refusal {
	return slices.Concat(suite.RequiredArguments("type", "time_granularity"), suite.NonEmptyTexts("device_id"), suite.NonEmptyLists(acctest.Config{"device_id": nil}, "device_list"), suite.Windows("begin_time"), []suite.Refusal{
		{Name: "no device", Changes: acctest.Config{"device_id": nil}, Says: []string{"device_id", "device_list"}},
		{Name: "two ways to name devices", Changes: acctest.Config{"device_list": []any{"a"}}, Attribute: "device_id", Says: []string{"device_id", "device_list"}},
		{Name: "empty name in a list", Changes: acctest.Config{"device_id": nil, "device_list": []any{"a", ""}}, Attribute: "device_list[1]", Says: []string{"device_list[1]", "at least 1"}},
		{Name: "unknown type", Changes: acctest.Config{"type": "both"}, Attribute: "type", Says: []string{`type must be one of "uplink" (or 1), "downlink" (or 2), "total" (or 3), got: "both"`}},
		{Name: "unknown code", Changes: acctest.Config{"type": "4"}, Attribute: "type", Says: []string{`"total" (or 3), got: "4"`}},
		{Name: "empty type", Changes: acctest.Config{"type": ""}, Attribute: "type", Says: []string{`"total" (or 3), got: ""`}},
		{
			Name: "unknown granularity", Changes: acctest.Config{"time_granularity": "week"}, Attribute: "time_granularity",
			Says: []string{`time_granularity must be one of "hour" (or 1), "day" (or 2), "minute" (or 3), "5min" (or 4), got: "week"`},
		},
		{Name: "unknown region", Changes: acctest.Config{"access_region": "mc"}, Attribute: "access_region", Says: []string{"access_region", `"MC" "AP" "EU" "AM"`}},
		{
			Name: "unknown gateway", Changes: acctest.Config{"gateway_type": "2"}, Attribute: "gateway_type",
			Says: []string{`gateway_type must be one of "public" (or 0), "private" (or 1), got: "2"`},
		},
		{Name: "no start", Changes: acctest.Config{"lookback": nil}, Attribute: "begin_time", Says: []string{"begin_time", "lookback"}},
		{
			Name: "start in a period that is not over", ByRead: true,
			Changes: acctest.Config{"lookback": nil, "begin_time": "2026-01-15T12:00:00Z"}, Attribute: "begin_time",
			Says: []string{"begin_time is 2026-01-15T12:00:00Z and must be before 2026-01-15T12:00:00Z", "default of end_time"},
		},
	})
}

// flowOf is an answer with so many points, one every five minutes.
func flowOf(points int) string {
	details := make([]string, points)
	for i := range details {
		details[i] = fmt.Sprintf(`{"Time": "%d", "Current": %d}`, 1_600_000_000+300*i, i)
	}
	return `{"Response": {"RequestId": "r-1", "NetDetails": [` + strings.Join(details, ",") + `]}}`
}

func TestFlowStatisticManyPoints(t *testing.T) {
	e := acctest.Start(t, emulator.Options{Override: acctest.Answer(flowOf(100_000))})
	config := flowStatisticConfig.With(acctest.Config{"time_granularity": "5min", "lookback": "1h"})
	server := acctest.Configured(t, nil)

	_, problems := server.Read(t.Context(), t, flowStatistic, config)
	acctest.ExpectProblem(t, problems, "lookback", "more than 50000 points", "max_points is 50000", "Narrow lookback", "include_points = false")

	state, problems := server.Read(t.Context(), t, flowStatistic, config.With(acctest.Config{"max_points": 100_000}))
	if len(problems) > 0 || state["net_details.#"] != "100000" || state["net_details.99999.current"] != "99999" {
		t.Errorf("%s points, the last is %s; %s", state["net_details.#"], state["net_details.99999.current"], problems)
	}

	state, problems = server.Read(t.Context(), t, flowStatistic, config.With(acctest.Config{"include_points": false}))
	if _, there := state["net_details.#"]; len(problems) > 0 || there || state["summary.total"] != "4999950000" {
		t.Errorf("net_details is there: %t, the total is %s; %s", there, state["summary.total"], problems)
	}

	calls := len(e.Calls())
	_, problems = server.Read(t.Context(), t, flowStatistic, config.With(acctest.Config{"lookback": "10000h"}))
	acctest.ExpectProblem(t, problems, "lookback", "120000 points", "max_points is 50000")
	if more := len(e.Calls()) - calls; more > 0 {
		t.Errorf("%d calls for a window that brings too many points", more)
	}
}

// One more hour shows in the window and what depends on it, and nowhere else.
func TestFlowStatisticAfterAnHour(t *testing.T) {
	moving, set := suite.MovableClock()
	acctest.Start(t, emulator.Options{Clock: moving})
	config := flowStatisticConfig.With(acctest.Config{"lookback": nil, "begin_time": "2026-01-14T12:00:00Z"})
	first := acctest.MustRead(t, flowStatistic, config, provider.WithClock(moving))
	set(time.Hour)
	second := acctest.MustRead(t, flowStatistic, config, provider.WithClock(moving))

	acctest.ExpectState(t, second, map[string]string{
		"window.start": first["window.start"], "window.end": "2026-01-15T13:00:00Z",
		"net_details.#": "25", "net_details.24.time": "2026-01-15T12:00:00Z",
	})
	for name, value := range first.Without("request_id", "window", "summary", "total_value", "avg_value", "max_value", "net_details.#") {
		if second[name] != value {
			t.Errorf("%s changed from %s to %s", name, value, second[name])
		}
	}
}

func TestFlowStatisticOtherQuestionsAreOtherCalls(t *testing.T) {
	e := acctest.Start(t, emulator.Options{})
	s := acctest.Configured(t, nil)
	for i, change := range []acctest.Config{
		{},
		{"device_id": "mna-dev2"},
		{"type": "uplink"},
		{"lookback": "25h"},
		{"access_region": "EU"},
		{"device_id": nil, "device_list": []any{"mna-dev1"}},
	} {
		for range 2 {
			suite.ReadTogether(t, s, flowStatistic, flowStatisticConfig.With(change), 1)
		}
		if n := len(e.Calls()); n != i+1 {
			t.Errorf("%d calls after %d questions", n, i+1)
		}
	}
	// The code of a word is the same question.
	suite.ReadTogether(t, s, flowStatistic, flowStatisticConfig.With(acctest.Config{"type": "3", "time_granularity": "1"}), 1)
	if n := len(e.Calls()); n != 6 {
		t.Errorf("%d calls, want 6", n)
	}
}
