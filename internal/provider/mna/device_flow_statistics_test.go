// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package mna_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/acctest/suite"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

const deviceFlowStatistics = "edgestats_mna_device_flow_statistics"

var deviceFlowStatisticsConfig = acctest.Config{
	"device_ids": []any{"mna-dev1"}, "type": "total", "time_granularity": "hour", "lookback": "24h",
}

func TestDeviceFlowStatistics(t *testing.T) {
	suite.Run(t, suite.Description{
		Name:      deviceFlowStatistics,
		API:       emulator.MNA,
		Config:    deviceFlowStatisticsConfig,
		Another:   func(i int) acctest.Config { return acctest.Config{"device_ids": []any{fmt.Sprint("device-", i)}} },
		Questions: deviceFlowStatisticsQuestions(),
		Refusals: slices.Concat(
			flowRefusals(`"points"`), suite.RequiredArguments("device_ids"), suite.Lists("a", nil, "device_ids"),
			[]suite.Refusal{{
				Name: "the request ID of many calls", Changes: acctest.Config{"include": []any{"request_id"}}, Attribute: "include[0]",
				Says: []string{`include[0] must be "points", got "request_id"`},
			}},
		),
		Unknowns: append(flowUnknowns(), acctest.Config{"device_ids": acctest.Unknown}, acctest.Config{"device_ids": []any{"a", acctest.Unknown}}),
		Sums:     flowSumsUnder(`devices\.mna-dev1\.`),
		Errors:   append(windowErrors(), notFound(nil, "device_ids")...),
		Malformed: map[string]string{
			`{"Response":{"FlowDetails":{}}}`:                                         "$.Response.FlowDetails: unexpected object",
			`{"Response":{"FlowDetails":[7]}}`:                                        "$.Response.FlowDetails[0]: unexpected number",
			`{"Response":{"FlowDetails":[{"DeviceId":"mna-dev1","NetDetails":[7]}]}}`: "$.Response.FlowDetails[0].NetDetails[0]: unexpected number",
		},
		Points: &suite.Points{Series: "devices.mna-dev1.net_details", Count: 25, Groups: 1, Argument: "lookback"},
		Hostile: map[string]suite.Hostile{
			"devices": {Body: suite.Full(tencent+`"FlowDetails":[`, `{"DeviceId":"a"}`, `]}}`), Says: "occurs twice"},
			"points of a device": {
				Config: acctest.Config{"include": []any{}},
				Body:   suite.Full(tencent+`"FlowDetails":[{"DeviceId":"mna-dev1","NetDetails":[`, `{"Time":1,"Current":1}`, `]}]}}`),
				Says:   "more than 500000 points",
			},
		},
		Figure:   "Current",
		UnixTime: "FlowDetails[0].NetDetails[0].Time",
		Parts: &suite.Parts{
			Failing:   acctest.Config{"device_ids": suite.Listed("device-%d", 25)},
			Text:      `"device-12"`,
			Answer:    `{"Response":{"RequestId":"r-1","Error":{"Code":"ResourceNotFound","Message":"no"}}}`,
			Attribute: "device_ids",
			Says:      []string{"failed: part device-10, device-11, device-12, ", "device-19: ResourceNotFound: no.", "1 attempt in "},
			// At some 15 calls a second, 2500 take longer than two minutes.
			TooMany:     acctest.Config{"device_ids": suite.Listed("device-%d", 25_000)},
			TooManySays: "the rate limit delays the last of 2500 calls by 2m47s, but the read times out in 2m",
		},
	})
}

func deviceFlowStatisticsQuestions() []suite.Question {
	return []suite.Question{
		{
			Name:   "by hour",
			Body:   `{"DeviceIds":["mna-dev1"],"Type":3,"TimeGranularity":1,"BeginTime":1768392000,"EndTime":1768478399}`,
			Window: "2026-01-14T20:00:00+08:00 2026-01-15T20:00:00+08:00",
		},
		{
			Name: "everything", Changes: acctest.Config{
				"device_ids": []any{"b", "a"}, "type": "uplink", "time_granularity": "day", "lookback": "2d", "access_region": "EU", "gateway_type": "private",
			},
			Body: `{"DeviceIds":["b","a"],"Type":1,"TimeGranularity":2,"AccessRegion":"EU","GatewayType":1,` +
				`"BeginTime":1768233600,"EndTime":1768406399}`,
			Window: "2026-01-13T00:00:00+08:00 2026-01-15T00:00:00+08:00",
		},
	}
}

// Each device has the figures that edgestats_mna_flow_statistic has of it.
func TestDeviceFlowStatisticsAgreeWithEachDevice(t *testing.T) {
	acctest.Start(t, emulator.Options{})
	ids := []any{"mna-dev2", "missing-b", "mna-dev1", "idle-1", "missing-a"}
	percentiles := acctest.Config{"percentiles": []any{50}}
	got := acctest.MustRead(t, deviceFlowStatistics, deviceFlowStatisticsConfig.With(percentiles).With(acctest.Config{"device_ids": ids}))
	acctest.ExpectState(t, got, map[string]string{
		"missing_devices.#": "2", "missing_devices.0": "missing-b", "missing_devices.1": "missing-a",
		"devices.missing-a.summary.count": "", "devices.idle-1.summary.count": "0", "devices.idle-1.net_details.#": "0", "devices.idle-1.bandwidth.max_mbps": "",
		"period_seconds": "3600", "window.start": "2026-01-14T20:00:00+08:00", "window.end": "2026-01-15T20:00:00+08:00",
	})
	for _, id := range []string{"mna-dev1", "mna-dev2"} {
		one := acctest.MustRead(t, flowStatistic, flowStatisticConfig.With(percentiles).With(acctest.Config{"device_id": id}))
		for name, value := range one {
			for _, figures := range []string{"net_details.", "summary.", "bandwidth.", "max_value", "avg_value", "total_value"} {
				if strings.HasPrefix(name, figures) && got["devices."+id+"."+name] != value {
					t.Errorf("%s of %s is %s, want %s", name, id, got["devices."+id+"."+name], value)
				}
			}
		}
	}
}

func TestDeviceFlowStatisticsCalls(t *testing.T) {
	e := acctest.Start(t, emulator.Options{Devices: 200, Limits: &emulator.Limits{}})
	inventory := acctest.MustRead(t, devices, acctest.Config{})
	ids := make([]any, 200)
	for i := range ids {
		ids[i] = inventory[fmt.Sprint("ids.", i)]
	}
	week := acctest.Config{"device_ids": ids, "lookback": "7d"}
	state := acctest.MustRead(t, deviceFlowStatistics, deviceFlowStatisticsConfig.With(week))
	acctest.ExpectState(t, state, map[string]string{
		"missing_devices.#": "0", "devices.mna-dev200.summary.count": "168", "devices.mna-dev7.net_details.#": "168",
	})
	if n := len(e.CallsTo(emulator.MNA)); n != 21 {
		t.Errorf("%d calls for the list and 200 devices, want 21", n)
	}

	server := acctest.Configured(t, nil)
	read := func(changes acctest.Config) acctest.Problems {
		_, problems := server.Read(t.Context(), t, deviceFlowStatistics, deviceFlowStatisticsConfig.With(week).With(changes))
		return problems
	}
	const points = 200*168 + 200
	acctest.ExpectProblem(t, read(acctest.Config{"max_points": points - 1}), "lookback", "max_points is 33799", "narrow lookback", "choose longer periods")
	if problems := read(acctest.Config{"max_points": points}); len(problems) > 0 {
		t.Error(problems)
	}
	acctest.ExpectProblem(t, read(acctest.Config{"max_points": 199, "include": []any{}}), "lookback", "more than 199 series, each of which counts as a point")
}

// In a window without a whole period, no device can be missing.
func TestDeviceFlowStatisticsOfEmptyWindow(t *testing.T) {
	e := acctest.Start(t, emulator.Options{})
	state := acctest.MustRead(t, deviceFlowStatistics, deviceFlowStatisticsConfig.With(acctest.Config{
		"device_ids": []any{"mna-dev1", "missing-1"}, "time_granularity": "day", "lookback": nil, "begin_time": "2026-01-15T00:00:00+08:00",
	}))
	acctest.ExpectState(t, state, map[string]string{
		"devices.mna-dev1.summary.count": "0", "devices.missing-1.net_details.#": "0", "missing_devices.#": "0",
	})
	if n := len(e.Calls()); n != 0 {
		t.Errorf("%d calls, want none", n)
	}
}
