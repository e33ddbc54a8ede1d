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
)

const flowStatistic = "edgestats_mna_flow_statistic"

var flowStatisticConfig = acctest.Config{
	"device_id": "mna-dev1", "type": "total", "time_granularity": "hour", "lookback": "24h",
}

func TestFlowStatistic(t *testing.T) {
	suite.Run(t, suite.Description{
		Name:      flowStatistic,
		API:       emulator.MNA,
		Config:    flowStatisticConfig,
		Another:   func(i int) acctest.Config { return acctest.Config{"device_id": fmt.Sprint("device-", i)} },
		Questions: flowStatisticQuestions(),
		Refusals:  flowStatisticRefusals(),
		Unknowns: append(
			flowUnknowns(),
			acctest.Config{"device_list": acctest.Unknown},
			acctest.Config{"device_id": nil, "device_list": []any{"mna-dev1", acctest.Unknown}},
		),
		Sums:      flowSums(),
		Errors:    flowStatisticErrors(),
		Malformed: flowMalformed,
		Points:    &suite.Points{Series: "net_details", Count: 24, Argument: "lookback"},
		Hostile:   flowHostile(),
		Figure:    "Current",
		UnixTime:  "NetDetails[0].Time",
	})
}

func flowStatisticErrors() []suite.Error {
	devices := acctest.Config{"device_id": nil, "device_list": []any{"a", "b"}}
	return append(
		slices.Concat(windowErrors(), notFound(nil, "device_id"), notFound(devices, "device_list")),
		suite.Error{Code: "ResourceNotFoundElsewhere"},
	)
}

func flowStatisticQuestions() []suite.Question {
	return []suite.Question{
		{
			Name:   "lookback by hour",
			Body:   `{"DeviceId":"mna-dev1","Type":3,"TimeGranularity":1,"BeginTime":1768392000,"EndTime":1768478399}`,
			Window: "2026-01-14T20:00:00+08:00 2026-01-15T20:00:00+08:00",
		},
		{
			Name: "codes in place of words", Changes: acctest.Config{"type": "1", "time_granularity": "4", "gateway_type": "0"},
			Body:   `{"DeviceId":"mna-dev1","Type":1,"TimeGranularity":4,"GatewayType":0,"BeginTime":1768393800,"EndTime":1768480199}`,
			Window: "2026-01-14T20:30:00+08:00 2026-01-15T20:30:00+08:00",
		},
		{
			Name: "words for the same", Changes: acctest.Config{"type": "uplink", "time_granularity": "5min", "gateway_type": "public"},
			Body:   `{"DeviceId":"mna-dev1","Type":1,"TimeGranularity":4,"GatewayType":0,"BeginTime":1768393800,"EndTime":1768480199}`,
			Window: "2026-01-14T20:30:00+08:00 2026-01-15T20:30:00+08:00",
		},
		{
			Name:    "lookback by minute",
			Changes: acctest.Config{"type": "downlink", "time_granularity": "minute", "gateway_type": "private", "access_region": "EU", "lookback": "2m"},
			Body:    `{"DeviceId":"mna-dev1","Type":2,"TimeGranularity":3,"GatewayType":1,"AccessRegion":"EU","BeginTime":1768480320,"EndTime":1768480439}`,
			Window:  "2026-01-15T20:32:00+08:00 2026-01-15T20:34:00+08:00",
		},
		{
			Name:    "lookback by day ends at midnight UTC+8",
			Changes: acctest.Config{"device_id": nil, "device_list": []any{"b", "a"}, "time_granularity": "day", "lookback": "48h"},
			Body:    `{"DeviceId":"-1","DeviceList":["b","a"],"Type":3,"TimeGranularity":2,"BeginTime":1768233600,"EndTime":1768406399}`,
			Window:  "2026-01-13T00:00:00+08:00 2026-01-15T00:00:00+08:00",
		},
		{
			Name:    "the last second of a given end is sent",
			Changes: acctest.Config{"lookback": nil, "begin_time": "2026-01-01T00:00:00+08:00", "end_time": "1768478400"},
			Body:    `{"DeviceId":"mna-dev1","Type":3,"TimeGranularity":1,"BeginTime":1767196800,"EndTime":1768478399}`,
			Window:  "2026-01-01T00:00:00+08:00 2026-01-15T20:00:00+08:00",
		},
		{
			Name: "the last second of a period is its end", Changes: acctest.Config{"end_time": "2026-01-15T11:59:59Z"},
			Body:   `{"DeviceId":"mna-dev1","Type":3,"TimeGranularity":1,"BeginTime":1768392000,"EndTime":1768478399}`,
			Window: "2026-01-14T20:00:00+08:00 2026-01-15T20:00:00+08:00",
		},
		{
			Name: "an end inside a period", Changes: acctest.Config{"end_time": "2026-01-15T11:20:30Z"},
			Body:   `{"DeviceId":"mna-dev1","Type":3,"TimeGranularity":1,"BeginTime":1768392000,"EndTime":1768478399}`,
			Window: "2026-01-14T20:00:00+08:00 2026-01-15T20:00:00+08:00",
			Warns:  []string{"It was moved to the end of that hour: from 2026-01-15T19:20:30+08:00 to 2026-01-15T20:00:00+08:00."},
		},
		{
			Name:    "days given at midnight UTC",
			Changes: acctest.Config{"time_granularity": "day", "lookback": nil, "begin_time": "2026-01-12T00:00:00Z", "end_time": "2026-01-14T00:00:00Z"},
			Body:    `{"DeviceId":"mna-dev1","Type":3,"TimeGranularity":2,"BeginTime":1768147200,"EndTime":1768406399}`,
			Window:  "2026-01-12T00:00:00+08:00 2026-01-15T00:00:00+08:00",
			Warns: []string{
				"end_time = \"2026-01-14T00:00:00Z\" is inside a day; days begin at midnight UTC+8. It was moved to the end of that day: from 2026-01-14T08:00:00+08:00 to 2026-01-15T00:00:00+08:00.",
				"begin_time = \"2026-01-12T00:00:00Z\" is inside a day; days begin at midnight UTC+8. It was moved to the beginning of that day: from 2026-01-12T08:00:00+08:00 to 2026-01-12T00:00:00+08:00.",
			},
		},
		{
			Name: "the week before", Changes: acctest.Config{"time_granularity": "day", "lookback": "1w", "offset": "7d"},
			Body:   `{"DeviceId":"mna-dev1","Type":3,"TimeGranularity":2,"BeginTime":1767196800,"EndTime":1767801599}`,
			Window: "2026-01-01T00:00:00+08:00 2026-01-08T00:00:00+08:00",
		},
		{
			Name: "an offset from a given end", Changes: acctest.Config{"end_time": "2026-01-15T00:00:00+08:00", "lookback": "1d12h", "offset": "24h"},
			Body:   `{"DeviceId":"mna-dev1","Type":3,"TimeGranularity":1,"BeginTime":1768190400,"EndTime":1768319999}`,
			Window: "2026-01-12T12:00:00+08:00 2026-01-14T00:00:00+08:00",
		},
		{
			Name: "no offset", Changes: acctest.Config{"offset": "0s"},
			Body:   `{"DeviceId":"mna-dev1","Type":3,"TimeGranularity":1,"BeginTime":1768392000,"EndTime":1768478399}`,
			Window: "2026-01-14T20:00:00+08:00 2026-01-15T20:00:00+08:00",
		},
	}
}

func flowStatisticRefusals() []suite.Refusal {
	device, devices := "device_id for one device", "device_list for several devices, whose traffic is added up"
	return slices.Concat(
		flowRefusals(includes), suite.NonEmptyTexts("device_id"), suite.Lists("a", acctest.Config{"device_id": nil}, "device_list"),
		[]suite.Refusal{
			{Name: "no device", Changes: acctest.Config{"device_id": nil}, Attribute: "device_id", Says: []string{"Set " + device + " or " + devices + "."}},
			{
				Name: "two kinds of devices", Changes: acctest.Config{"device_list": []any{"a"}}, Attribute: "device_list",
				Says: []string{"device_id and device_list cannot be configured together. Set " + device + " or " + devices + "."},
			},
		},
	)
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
	acctest.Start(t, emulator.Options{Override: acctest.Answer(flowOf(100_000))})
	config := flowStatisticConfig.With(acctest.Config{"time_granularity": "5min", "lookback": "1h"})
	server := acctest.Configured(t, nil)

	_, problems := server.Read(t.Context(), t, flowStatistic, config)
	acctest.ExpectProblem(t, problems, "lookback", "more than 50000 points", "max_points is 50000", "narrow lookback", `remove "points" from include`)

	state, problems := server.Read(t.Context(), t, flowStatistic, config.With(acctest.Config{"max_points": 100_000}))
	if len(problems) > 0 || state["net_details.#"] != "100000" || state["net_details.99999.current"] != "99999" {
		t.Errorf("%s points, the last is %s; %s", state["net_details.#"], state["net_details.99999.current"], problems)
	}

	state, problems = server.Read(t.Context(), t, flowStatistic, config.With(acctest.Config{"include": []any{}}))
	if _, there := state["net_details.#"]; len(problems) > 0 || there || state["summary.total"] != "4999950000" {
		t.Errorf("net_details is there: %t, the total is %s; %s", there, state["summary.total"], problems)
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
		"window.start": first["window.start"], "window.end": "2026-01-15T21:00:00+08:00",
		"net_details.#": "25", "net_details.24.time": "2026-01-15T20:00:00+08:00",
	})
	for name, value := range first.Without("window", "bandwidth", "summary", "total_value", "avg_value", "max_value", "net_details.#") {
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
