// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"strings"
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

const mnaStatisticExport = "edgestats_mna_statistic_export"

var mnaStatisticExportConfig = acctest.Config{"time_granularity": "hour", "lookback": "24h"}

func TestMNAStatisticExportReadsEmulator(t *testing.T) {
	e := acctest.Start(t, emulator.Options{})
	state := acctest.MustRead(t, mnaStatisticExport, mnaStatisticExportConfig.With(acctest.Config{"device_name": "gateway-1"}))
	if want := e.URL + "/statistics/gateway-1-"; !strings.HasPrefix(state["file_path"], want) {
		t.Errorf("file_path is %s, want it to begin with %s", state["file_path"], want)
	}
	expectState(t, state, map[string]string{"expires_at": "2026-01-15T13:00:00Z", "device_list.#": ""})
	if state["request_id"] == "" {
		t.Error("there is no request ID")
	}
	if calls := e.CallsTo(emulator.Export); len(calls) > 0 {
		t.Errorf("the workbook was fetched %d times", len(calls))
	}
}

func TestMNAStatisticExportAsks(t *testing.T) {
	testQuestions(t, mnaStatisticExport, emulator.MNA, []question{
		{
			name:   "no particular device",
			config: mnaStatisticExportConfig,
			body:   `{"DeviceName":"-1","TimeGranularity":1,"BeginTime":1768392000,"EndTime":1768478399}`,
			window: "2026-01-14T12:00:00Z 2026-01-15T12:00:00Z",
		},
		{
			name: "device, region and gateway",
			config: mnaStatisticExportConfig.With(acctest.Config{
				"device_name": "gateway-1", "access_region": "AM", "gateway_type": "1", "time_granularity": "2",
			}),
			body: `{"DeviceName":"gateway-1","AccessRegion":"AM","GatewayType":1,"TimeGranularity":2,
				"BeginTime":1768320000,"EndTime":1768406399}`,
			window: "2026-01-13T16:00:00Z 2026-01-14T16:00:00Z",
		},
		{
			name: "list of names, group and application",
			config: mnaStatisticExportConfig.With(acctest.Config{
				"device_list": []any{"b", "a", "b"}, "group_id": "group-1", "mp_application_id": "app-1",
				"lookback": nil, "begin_time": "1768392001", "end_time": "2026-01-15T12:00:01+00:00",
			}),
			body: `{"DeviceName":"-1","DeviceList":["b","a","b"],"GroupId":"group-1","MpApplicationId":"app-1","TimeGranularity":1,
				"BeginTime":1768392001,"EndTime":1768478401}`,
			window: "2026-01-14T12:00:01Z 2026-01-15T12:00:01Z",
		},
	})
}

func TestMNAStatisticExportRefuses(t *testing.T) {
	eleven := make([]any, 11)
	for i := range eleven {
		eleven[i] = "gateway"
	}
	testRefusals(t, mnaStatisticExport, mnaStatisticExportConfig, []refusal{
		{
			name: "empty name", changes: acctest.Config{"device_name": ""}, attribute: "device_name",
			texts: []string{"device_name", "at least 1"},
		},
		{
			name: "eleven names", changes: acctest.Config{"device_list": eleven}, attribute: "device_list",
			texts: []string{"device_list", "at most 10"},
		},
		{
			name: "no names", changes: acctest.Config{"device_list": []any{}}, attribute: "device_list",
			texts: []string{"device_list", "at least 1"},
		},
		{
			name: "empty group", changes: acctest.Config{"group_id": ""}, attribute: "group_id",
			texts: []string{"group_id", "at least 1"},
		},
		{
			name: "empty application", changes: acctest.Config{"mp_application_id": ""}, attribute: "mp_application_id",
			texts: []string{"mp_application_id", "at least 1"},
		},
		{
			name: "unknown granularity", changes: acctest.Config{"time_granularity": "month"}, attribute: "time_granularity",
			texts: []string{"time_granularity must be one of", `"day" (or 2)`, `got: "month"`},
		},
		{
			name: "unknown region", changes: acctest.Config{"access_region": "US"}, attribute: "access_region",
			texts: []string{"access_region", `"MC" "AP" "EU" "AM"`},
		},
		{
			name: "unknown gateway", changes: acctest.Config{"gateway_type": "none"}, attribute: "gateway_type",
			texts: []string{`gateway_type must be one of "public" (or 0), "private" (or 1), got: "none"`},
		},
		{name: "no start", changes: acctest.Config{"lookback": nil}, attribute: "begin_time", texts: []string{"begin_time", "lookback"}},
		{
			name: "two starts", changes: acctest.Config{"begin_time": "1768392000"}, attribute: "lookback",
			texts: []string{"lookback replaces begin_time"},
		},
		{
			name: "start in the future", byRead: true, changes: acctest.Config{"lookback": nil, "begin_time": "2027-01-01T00:00:00Z"},
			attribute: "begin_time", texts: []string{"begin_time is 2027-01-01T00:00:00Z and must be before 2026-01-15T12:00:00Z"},
		},
	})
}

func TestMNAStatisticExportExpiry(t *testing.T) {
	for name, test := range map[string]struct{ address, expires string }{
		"signed":             {"https://cos.example.com/a%20b.xlsx?q-ak=AKID&q-sign-time=1758545599%3B1758549199&q-signature=e6", "2025-09-22T13:53:19Z"},
		"separator as it is": {"https://cos.example.com/a.xlsx?q-sign-time=1758545599;1758549199", "2025-09-22T13:53:19Z"},
		"not signed":         {"https://cos.example.com/a.xlsx", ""},
	} {
		t.Run(name, func(t *testing.T) {
			acctest.Start(t, emulator.Options{Override: acctest.Answer(`{"Response": {"FilePath": "` + test.address + `", "RequestId": "r-1"}}`)})
			state := acctest.MustRead(t, mnaStatisticExport, mnaStatisticExportConfig)
			expectState(t, state, map[string]string{"file_path": test.address, "expires_at": test.expires, "request_id": "r-1"})
		})
	}
}
