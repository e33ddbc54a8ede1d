// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

const mnaFlowStatistic = "edgestats_mna_flow_statistic"

var mnaFlowStatisticConfig = acctest.Config{
	"device_id": "mna-dev1", "type": "total", "time_granularity": "hour", "lookback": "24h",
}

func TestMNAFlowStatisticReadsEmulator(t *testing.T) {
	acctest.Start(t, emulator.Options{})
	state := acctest.MustRead(t, mnaFlowStatistic, mnaFlowStatisticConfig)
	expectState(t, state, map[string]string{
		"net_details.#":               "24",
		"net_details.0.time":          "2026-01-14T12:00:00Z",
		"net_details.23.time":         "2026-01-15T11:00:00Z",
		"summary.count":               "24",
		"summary.total":               state["total_value"],
		"summary.max":                 state["max_value"],
		"summary.latest":              state["net_details.23.current"],
		"summary.first_time":          "2026-01-14T12:00:00Z",
		"summary.last_time":           "2026-01-15T11:00:00Z",
		"summary.interval_seconds":    "3600",
		"summary.largest_gap_seconds": "3600",
	})
	if state["request_id"] == "" || state["total_value"] == "" {
		t.Errorf("request ID %q, total %q", state["request_id"], state["total_value"])
	}
}

func TestMNAFlowStatisticAsks(t *testing.T) {
	testQuestions(t, mnaFlowStatistic, emulator.MNA, []question{
		{
			name:   "lookback by hour",
			config: mnaFlowStatisticConfig,
			body:   `{"DeviceId":"mna-dev1","Type":3,"TimeGranularity":1,"BeginTime":1768392000,"EndTime":1768478399}`,
			window: "2026-01-14T12:00:00Z 2026-01-15T12:00:00Z",
		},
		{
			name:   "codes in place of words",
			config: mnaFlowStatisticConfig.With(acctest.Config{"type": "1", "time_granularity": "4", "gateway_type": "0"}),
			body:   `{"DeviceId":"mna-dev1","Type":1,"TimeGranularity":4,"GatewayType":0,"BeginTime":1768393800,"EndTime":1768480199}`,
			window: "2026-01-14T12:30:00Z 2026-01-15T12:30:00Z",
		},
		{
			name: "words for the same",
			config: mnaFlowStatisticConfig.With(acctest.Config{
				"type": "uplink", "time_granularity": "5min", "gateway_type": "public",
			}),
			body:   `{"DeviceId":"mna-dev1","Type":1,"TimeGranularity":4,"GatewayType":0,"BeginTime":1768393800,"EndTime":1768480199}`,
			window: "2026-01-14T12:30:00Z 2026-01-15T12:30:00Z",
		},
		{
			name: "lookback by minute",
			config: mnaFlowStatisticConfig.With(acctest.Config{
				"type": "downlink", "time_granularity": "minute", "gateway_type": "private", "access_region": "EU", "lookback": "1m30s",
			}),
			body: `{"DeviceId":"mna-dev1","Type":2,"TimeGranularity":3,"GatewayType":1,"AccessRegion":"EU",
				"BeginTime":1768480350,"EndTime":1768480439}`,
			window: "2026-01-15T12:32:30Z 2026-01-15T12:34:00Z",
		},
		{
			name: "lookback by day ends at midnight UTC+8",
			config: mnaFlowStatisticConfig.With(acctest.Config{
				"device_id": nil, "device_list": []any{"b", "a"}, "time_granularity": "day", "lookback": "48h",
			}),
			body: `{"DeviceId":"-1","DeviceList":["b","a"],"Type":3,"TimeGranularity":2,
				"BeginTime":1768233600,"EndTime":1768406399}`,
			window: "2026-01-12T16:00:00Z 2026-01-14T16:00:00Z",
		},
		{
			name: "a given end is sent as given",
			config: mnaFlowStatisticConfig.With(acctest.Config{
				"lookback": nil, "begin_time": "2026-01-01T00:00:00+08:00", "end_time": "1768478400",
			}),
			body:   `{"DeviceId":"mna-dev1","Type":3,"TimeGranularity":1,"BeginTime":1767196800,"EndTime":1768478400}`,
			window: "2025-12-31T16:00:00Z 2026-01-15T12:00:00Z",
		},
		{
			name:   "lookback from a given end",
			config: mnaFlowStatisticConfig.With(acctest.Config{"end_time": "2026-01-15T12:20:30Z"}),
			body:   `{"DeviceId":"mna-dev1","Type":3,"TimeGranularity":1,"BeginTime":1768393230,"EndTime":1768479630}`,
			window: "2026-01-14T12:20:30Z 2026-01-15T12:20:30Z",
		},
	})
}

func TestMNAFlowStatisticRefuses(t *testing.T) {
	testRefusals(t, mnaFlowStatistic, mnaFlowStatisticConfig, []refusal{
		{name: "no device", changes: acctest.Config{"device_id": nil}, texts: []string{"device_id", "device_list"}},
		{name: "two ways to name devices", changes: acctest.Config{"device_list": []any{"a"}}, attribute: "device_id", texts: []string{"device_id", "device_list"}},
		{name: "empty device", changes: acctest.Config{"device_id": ""}, attribute: "device_id", texts: []string{"device_id", "at least 1"}},
		{
			name: "empty list", changes: acctest.Config{"device_id": nil, "device_list": []any{}}, attribute: "device_list",
			texts: []string{"device_list", "at least 1"},
		},
		{
			name: "empty name in a list", changes: acctest.Config{"device_id": nil, "device_list": []any{"a", ""}}, attribute: "device_list[1]",
			texts: []string{"device_list[1]", "at least 1"},
		},
		{
			name: "null in a list", changes: acctest.Config{"device_id": nil, "device_list": []any{"a", nil}}, attribute: "device_list",
			texts: []string{"null value"},
		},
		{name: "no type", changes: acctest.Config{"type": nil}, attribute: "type", texts: []string{"type"}},
		{
			name: "unknown type", changes: acctest.Config{"type": "both"}, attribute: "type",
			texts: []string{`type must be one of "uplink" (or 1), "downlink" (or 2), "total" (or 3), got: "both"`},
		},
		{name: "unknown code", changes: acctest.Config{"type": "4"}, attribute: "type", texts: []string{`"total" (or 3), got: "4"`}},
		{name: "empty type", changes: acctest.Config{"type": ""}, attribute: "type", texts: []string{`"total" (or 3), got: ""`}},
		{name: "no granularity", changes: acctest.Config{"time_granularity": nil}, attribute: "time_granularity", texts: []string{"time_granularity"}},
		{
			name: "unknown granularity", changes: acctest.Config{"time_granularity": "week"}, attribute: "time_granularity",
			texts: []string{`time_granularity must be one of "hour" (or 1), "day" (or 2), "minute" (or 3), "5min" (or 4), got: "week"`},
		},
		{
			name: "unknown region", changes: acctest.Config{"access_region": "mc"}, attribute: "access_region",
			texts: []string{"access_region", `"MC" "AP" "EU" "AM"`},
		},
		{
			name: "unknown gateway", changes: acctest.Config{"gateway_type": "2"}, attribute: "gateway_type",
			texts: []string{`gateway_type must be one of "public" (or 0), "private" (or 1), got: "2"`},
		},
		{name: "no start", changes: acctest.Config{"lookback": nil}, attribute: "begin_time", texts: []string{"begin_time", "lookback"}},
		{
			name: "an end alone", changes: acctest.Config{"lookback": nil, "end_time": "2026-01-15T00:00:00Z"}, attribute: "end_time",
			texts: []string{"end_time needs a start", "begin_time or lookback"},
		},
		{
			name: "two starts", changes: acctest.Config{"begin_time": "2026-01-14T00:00:00Z"}, attribute: "lookback",
			texts: []string{"lookback replaces begin_time"},
		},
		{
			name: "time without offset", changes: acctest.Config{"lookback": nil, "begin_time": "2026-01-14T00:00:00"}, attribute: "begin_time",
			texts: []string{"begin_time must be RFC 3339 with an offset", `got: "2026-01-14T00:00:00"`},
		},
		{
			name: "milliseconds", changes: acctest.Config{"end_time": "1768478400000"}, attribute: "end_time",
			texts: []string{"end_time", "milliseconds", "1768478400"},
		},
		{
			name: "days of lookback", changes: acctest.Config{"lookback": "7d"}, attribute: "lookback",
			texts: []string{"lookback", `write "168h" instead of "7d"`},
		},
		{name: "negative lookback", changes: acctest.Config{"lookback": "-24h"}, attribute: "lookback", texts: []string{"lookback must be a positive duration"}},
		{
			name:      "start after end",
			changes:   acctest.Config{"lookback": nil, "begin_time": "2026-01-14T00:00:00Z", "end_time": "2026-01-13T00:00:00Z"},
			attribute: "begin_time",
			texts:     []string{"begin_time is 2026-01-14T00:00:00Z and must be before end_time, which is 2026-01-13T00:00:00Z"},
		},
		{
			name: "start in a period that is not over", byRead: true,
			changes:   acctest.Config{"lookback": nil, "begin_time": "2026-01-15T12:00:00Z"},
			attribute: "begin_time",
			texts:     []string{"begin_time is 2026-01-15T12:00:00Z and must be before 2026-01-15T12:00:00Z", "default of end_time"},
		},
		{name: "timeout that is no duration", changes: acctest.Config{"timeouts": acctest.Config{"read": "soon"}}, attribute: "timeouts.read", texts: []string{`"soon" must be`}},
		{
			name: "timeout of nothing", byRead: true, changes: acctest.Config{"timeouts": acctest.Config{"read": "0s"}},
			attribute: "timeouts.read", texts: []string{"timeouts.read must be a positive duration"},
		},
	})
}

// The document's own sample: three points with one time, and totals that do not follow from them.
func TestMNAFlowStatisticDocumentSample(t *testing.T) {
	acctest.Start(t, emulator.Options{Override: acctest.Answer(`{"Response": {
		"MaxValue": 51548, "AvgValue": 15441, "TotalValue": 656546,
		"NetDetails": [
			{"Time": "1659513692", "Current": 3546545},
			{"Time": "1659513692", "Current": 4454864},
			{"Time": "1659513692", "Current": 4848941}
		],
		"RequestId": ""
	}}`)})
	state := acctest.MustRead(t, mnaFlowStatistic, acctest.Config{
		"device_id": "mna-dev1", "type": "uplink", "time_granularity": "hour", "begin_time": "1659513692", "end_time": "1659514692",
	})
	expectState(t, state, map[string]string{
		"max_value": "51548", "avg_value": "15441", "total_value": "656546", "request_id": "",
		"net_details.#":      "3",
		"net_details.0.time": "2022-08-03T08:01:32Z", "net_details.0.current": "3546545",
		"net_details.1.time": "2022-08-03T08:01:32Z", "net_details.1.current": "4454864",
		"net_details.2.time": "2022-08-03T08:01:32Z", "net_details.2.current": "4848941",
		"summary.count": "3", "summary.min": "3546545", "summary.max": "4848941", "summary.total": "12850350",
		"summary.average": "4283450", "summary.p95": "4848941", "summary.latest": "4848941",
		"summary.max_time": "2022-08-03T08:01:32Z", "summary.first_time": "2022-08-03T08:01:32Z", "summary.last_time": "2022-08-03T08:01:32Z",
		"summary.interval_seconds": "", "summary.largest_gap_seconds": "",
	})
}

func TestMNAFlowStatisticKeepsEveryDigit(t *testing.T) {
	acctest.Start(t, emulator.Options{Override: acctest.Answer(`{"Response": {
		"MaxValue": 12345678901234567, "AvgValue": 0.1, "TotalValue": "12345678901234567.009",
		"NetDetails": [
			{"Time": "1768392000", "Current": 12345678901234567},
			{"Time": 1768395600, "Current": "0.009"},
			{"Time": "1768399200", "Current": null},
			{"Time": "1768402800"},
			{"Time": "1768406400", "Current": ""},
			{"Time": "1768410000", "Current": 0, "Unit": {"name": "byte"}}
		],
		"RequestId": "r-1"
	}}`)})
	expectState(t, acctest.MustRead(t, mnaFlowStatistic, mnaFlowStatisticConfig), map[string]string{
		"max_value": "12345678901234567", "avg_value": "0.1", "total_value": "12345678901234567.009", "request_id": "r-1",
		"net_details.#":         "6",
		"net_details.0.current": "12345678901234567",
		"net_details.1.current": "0.009", "net_details.1.time": "2026-01-14T13:00:00Z",
		"net_details.2.current": "", "net_details.3.current": "", "net_details.4.current": "",
		"net_details.5.current": "0", "net_details.5.time": "2026-01-14T17:00:00Z",
		"summary.count": "3", "summary.min": "0", "summary.max": "12345678901234567", "summary.total": "12345678901234567.009",
		"summary.average": "4115226300411522.336333", "summary.latest": "0", "summary.last_time": "2026-01-14T17:00:00Z",
		"summary.interval_seconds": "", "summary.largest_gap_seconds": "14400",
	})
}

// withoutDetails is the state of an answer that has none.
var withoutDetails = map[string]string{
	"net_details.#": "0", "summary.count": "0",
	"summary.min": "", "summary.max": "", "summary.max_time": "", "summary.average": "", "summary.total": "", "summary.p95": "",
	"summary.latest": "", "summary.first_time": "", "summary.last_time": "",
	"summary.interval_seconds": "", "summary.largest_gap_seconds": "",
}

func TestMNAFlowStatisticOfIdleDevice(t *testing.T) {
	acctest.Start(t, emulator.Options{})
	expectState(t, acctest.MustRead(t, mnaFlowStatistic, mnaFlowStatisticConfig.With(acctest.Config{"device_id": "idle-1"})), withoutDetails)
}

func TestMNAFlowStatisticFiguresMayBeMissing(t *testing.T) {
	acctest.Start(t, emulator.Options{Override: acctest.Answer(`{"Response": {"MaxValue": 0, "RequestId": "r-1"}}`)})
	state := acctest.MustRead(t, mnaFlowStatistic, mnaFlowStatisticConfig)
	expectState(t, state, map[string]string{"max_value": "0", "avg_value": "", "total_value": ""})
}
