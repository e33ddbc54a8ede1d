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

const statisticExport = "edgestats_mna_statistic_export"

var statisticExportConfig = acctest.Config{"time_granularity": "hour", "lookback": "24h"}

func TestStatisticExport(t *testing.T) {
	suite.Run(t, suite.Description{
		Name:      statisticExport,
		API:       emulator.MNA,
		Config:    statisticExportConfig,
		Another:   func(i int) acctest.Config { return acctest.Config{"device_name": fmt.Sprint("device-", i)} },
		Questions: statisticExportQuestions(),
		Refusals:  statisticExportRefusals(),
		Unknowns: append(suite.UnknownWindow("begin_time", "end_time"), acctest.Config{
			"device_name": acctest.Unknown, "device_list": acctest.Unknown, "group_id": acctest.Unknown, "mp_application_id": acctest.Unknown,
		}),
		Errors: append(
			windowErrors(),
			suite.Error{Code: "OperationDenied.DeviceNotFound", Attribute: "device_name", Says: []string{checkArguments}},
			suite.Error{
				Code: "ResourceNotFound", Config: acctest.Config{"device_list": []any{"a"}}, Attribute: "device_list",
				Says: []string{checkArguments},
			},
		),
		Malformed: map[string]string{
			`{"Response":{"FilePath":{}}}`: "$.Response.FilePath: unexpected object",
			`{"Response":{"FilePath":7}}`:  "$.Response.FilePath: unexpected number",
		},
		NeverShared: true,
		Varies:      []string{"request_id", "file_path", "expires_at"},
	})
}

func statisticExportQuestions() []suite.Question {
	return []suite.Question{
		{
			Name: "no particular device", Body: `{"DeviceName":"-1","TimeGranularity":1,"BeginTime":1768392000,"EndTime":1768478399}`,
			Window: "2026-01-14T12:00:00Z 2026-01-15T12:00:00Z",
		},
		{
			Name:    "device, region and gateway",
			Changes: acctest.Config{"device_name": "gateway-1", "access_region": "AM", "gateway_type": "1", "time_granularity": "2"},
			Body:    `{"DeviceName":"gateway-1","AccessRegion":"AM","GatewayType":1,"TimeGranularity":2,"BeginTime":1768320000,"EndTime":1768406399}`,
			Window:  "2026-01-13T16:00:00Z 2026-01-14T16:00:00Z",
		},
		{
			Name: "list of names, group and application",
			Changes: acctest.Config{
				"device_list": []any{"b", "a", "b"}, "group_id": "group-1", "mp_application_id": "app-1",
				"lookback": nil, "begin_time": "1768392001", "end_time": "2026-01-15T12:00:01+00:00",
			},
			Body:   `{"DeviceName":"-1","DeviceList":["b","a","b"],"GroupId":"group-1","MpApplicationId":"app-1","TimeGranularity":1,"BeginTime":1768392001,"EndTime":1768478401}`,
			Window: "2026-01-14T12:00:01Z 2026-01-15T12:00:01Z",
		},
	}
}

func statisticExportRefusals() []suite.Refusal {
	eleven := make([]any, 11)
	for i := range eleven {
		eleven[i] = "gateway"
	}
	return slices.Concat(suite.RequiredArguments("time_granularity"), suite.NonEmptyTexts("device_name", "group_id", "mp_application_id"), suite.NonEmptyLists(nil, "device_list"), suite.Windows("begin_time"), []suite.Refusal{
		{Name: "eleven names", Changes: acctest.Config{"device_list": eleven}, Attribute: "device_list", Says: []string{"device_list", "at most 10"}},
		{
			Name: "unknown granularity", Changes: acctest.Config{"time_granularity": "month"}, Attribute: "time_granularity",
			Says: []string{"time_granularity must be one of", `"day" (or 2)`, `got: "month"`},
		},
		{Name: "unknown region", Changes: acctest.Config{"access_region": "US"}, Attribute: "access_region", Says: []string{"access_region", `"MC" "AP" "EU" "AM"`}},
		{
			Name: "unknown gateway", Changes: acctest.Config{"gateway_type": "none"}, Attribute: "gateway_type",
			Says: []string{`gateway_type must be one of "public" (or 0), "private" (or 1), got: "none"`},
		},
		{Name: "no start", Changes: acctest.Config{"lookback": nil}, Attribute: "begin_time", Says: []string{"begin_time", "lookback"}},
	})
}

func TestStatisticExportReadsEmulator(t *testing.T) {
	e := acctest.Start(t, emulator.Options{})
	state := acctest.MustRead(t, statisticExport, statisticExportConfig.With(acctest.Config{"device_name": "gateway-1"}))
	if want := e.URL + "/statistics/gateway-1-"; !strings.HasPrefix(state["file_path"], want) {
		t.Errorf("file_path is %s, want it to begin with %s", state["file_path"], want)
	}
	acctest.ExpectState(t, state, map[string]string{"expires_at": "2026-01-15T13:00:00Z", "device_list.#": ""})
	if state["request_id"] == "" {
		t.Error("there is no request ID")
	}
	if calls := e.CallsTo(emulator.Export); len(calls) > 0 {
		t.Errorf("the Excel file was downloaded %d times", len(calls))
	}
}

func TestStatisticExportExpiry(t *testing.T) {
	for name, test := range map[string]struct{ address, expires string }{
		"signed":             {"https://cos.example.com/a%20b.xlsx?q-ak=AKID&q-sign-time=1758545599%3B1758549199&q-signature=e6", "2025-09-22T13:53:19Z"},
		"separator as it is": {"https://cos.example.com/a.xlsx?q-sign-time=1758545599;1758549199", "2025-09-22T13:53:19Z"},
		"not signed":         {"https://cos.example.com/a.xlsx", ""},
	} {
		t.Run(name, func(t *testing.T) {
			acctest.Start(t, emulator.Options{Override: acctest.Answer(`{"Response": {"FilePath": "` + test.address + `", "RequestId": "r-1"}}`)})
			state := acctest.MustRead(t, statisticExport, statisticExportConfig)
			acctest.ExpectState(t, state, map[string]string{"file_path": test.address, "expires_at": test.expires, "request_id": "r-1"})
		})
	}
}

// The link in a response is a secret.
func TestStatisticExportErrorsHoldNoQuery(t *testing.T) {
	acctest.Start(t, emulator.Options{Override: acctest.Answer(
		`{"Response": {"FilePath": "https://cos.example.com/a.xlsx?q-sign-time=1;never&q-signature=canary", "RequestId": "r-1"}}`,
	)})
	problems := acctest.ReadProblems(t, statisticExport, statisticExportConfig)
	acctest.ExpectProblem(t, problems, "", "FilePath", "q-sign-time")
	acctest.ExpectNone(t, problems.String(), "canary", "never", "cos.example.com")
}
