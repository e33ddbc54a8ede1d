// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package mna_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/acctest/expect"
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
		Sums: &suite.Sums{
			Config: acctest.Config{"download": true},
			Start:  "begin_time", End: "end_time", Granularities: trafficGranularities(), Varies: []string{"sha256", "size_bytes"},
			Values: []string{`sheets\.1\.rows\.[1-9]\d*\.2`, `sheets\.1\.rows\.[1-9]\d*\.3`, `sheets\.1\.rows\.[1-9]\d*\.4`},
		},
		Errors: append(
			windowErrors(),
			suite.Error{Code: "OperationDenied.DeviceNotFound", Attribute: "device_name", Says: []string{"Check the names and IDs"}},
			suite.Error{
				Code: "ResourceNotFound", Config: acctest.Config{"device_list": []any{"a"}}, Attribute: "device_list",
				Says: []string{"Check the names and IDs"},
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
			Window: "2026-01-14T20:00:00+08:00 2026-01-15T20:00:00+08:00",
		},
		{
			Name:    "device, region and gateway",
			Changes: acctest.Config{"device_name": "gateway-1", "access_region": "AM", "gateway_type": "1", "time_granularity": "2"},
			Body:    `{"DeviceName":"gateway-1","AccessRegion":"AM","GatewayType":1,"TimeGranularity":2,"BeginTime":1768320000,"EndTime":1768406399}`,
			Window:  "2026-01-14T00:00:00+08:00 2026-01-15T00:00:00+08:00",
		},
		{
			Name: "list of names, group and application",
			Changes: acctest.Config{
				"device_list": []any{"b", "a"}, "group_id": "group-1", "mp_application_id": "app-1",
				"lookback": nil, "begin_time": "1768392001", "end_time": "2026-01-15T12:00:00+00:00",
			},
			Body:   `{"DeviceName":"-1","DeviceList":["b","a"],"GroupId":"group-1","MpApplicationId":"app-1","TimeGranularity":1,"BeginTime":1768392000,"EndTime":1768478399}`,
			Window: "2026-01-14T20:00:00+08:00 2026-01-15T20:00:00+08:00",
			Warns:  []string{`begin_time = "1768392001" is inside an hour. It was moved to the beginning of that hour`},
		},
		{
			Name: "the day before yesterday", Changes: acctest.Config{"time_granularity": "day", "lookback": "1d", "offset": "1d"},
			Body:   `{"DeviceName":"-1","TimeGranularity":2,"BeginTime":1768233600,"EndTime":1768319999}`,
			Window: "2026-01-13T00:00:00+08:00 2026-01-14T00:00:00+08:00",
		},
	}
}

func statisticExportRefusals() []suite.Refusal {
	return slices.Concat(
		suite.RequiredArguments("time_granularity"), suite.NonEmptyTexts("device_name", "group_id", "mp_application_id"), suite.Lists("gateway", nil, "device_list"),
		suite.Windows("begin_time"),
		[]suite.Refusal{
			{
				Name: "eleven names", Changes: acctest.Config{"device_list": suite.Listed("gateway-%d", 11)}, Attribute: "device_list",
				Says: []string{"device_list must have at most 10 entries, got 11"},
			},
			{
				Name: "unknown granularity", Changes: acctest.Config{"time_granularity": "month"}, Attribute: "time_granularity",
				Says: []string{"time_granularity must be one of", `"day" (or 2)`, `got "month"`},
			},
			{Name: "unknown region", Changes: acctest.Config{"access_region": "US"}, Attribute: "access_region", Says: []string{`got "US". Did you mean "AM"?`}},
			{
				Name: "unknown gateway", Changes: acctest.Config{"gateway_type": "none"}, Attribute: "gateway_type",
				Says: []string{`gateway_type must be one of "public" (or 0), "private" (or 1), got "none"`},
			},
			{Name: "no start", Changes: acctest.Config{"lookback": nil}, Attribute: "begin_time", Says: []string{"begin_time", "lookback"}},
			{Name: "no rows", Changes: acctest.Config{"max_rows": 0}, Attribute: "max_rows", Says: []string{"max_rows must be at least 1, got 0"}},
			{Name: "a fraction of rows", Changes: acctest.Config{"max_rows": 1.5}, Attribute: "max_rows", Says: []string{"max_rows must be a whole number, got 1.5"}},
		},
	)
}

func TestStatisticExportReadsEmulator(t *testing.T) {
	e := acctest.Start(t, emulator.Options{})
	state := acctest.MustRead(t, statisticExport, statisticExportConfig.With(acctest.Config{"device_name": "gateway-1"}))
	if want := e.URL + "/statistics/gateway-1-"; !strings.HasPrefix(state["file_path"], want) {
		t.Errorf("file_path is %s, want it to begin with %s", state["file_path"], want)
	}
	acctest.ExpectState(t, state, map[string]string{"expires_at": "2026-01-15T21:00:00+08:00", "device_list.#": ""})
	if state["request_id"] == "" {
		t.Error("there is no request ID")
	}
	if calls := e.CallsTo(emulator.Export); len(calls) > 0 {
		t.Errorf("the Excel file was downloaded %d times", len(calls))
	}
}

func TestStatisticExportExpiry(t *testing.T) {
	for name, test := range map[string]struct{ address, expires string }{
		"signed":             {"https://cos.example.com/a%20b.xlsx?q-ak=AKID&q-sign-time=1758545599%3B1758549199&q-signature=e6", "2025-09-22T21:53:19+08:00"},
		"separator as it is": {"https://cos.example.com/a.xlsx?q-sign-time=1758545599;1758549199", "2025-09-22T21:53:19+08:00"},
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
	expect.None(t, problems.String(), "canary", "never", "cos.example.com")
}

// Without a whole period there is nothing to write into a file.
func TestStatisticExportOfAnEmptyWindow(t *testing.T) {
	e := acctest.Start(t, emulator.Options{})
	config := acctest.Config{"time_granularity": "day", "begin_time": "2026-01-15T00:00:00+08:00", "download": true}
	state := acctest.MustRead(t, statisticExport, config)
	acctest.ExpectState(t, state, map[string]string{
		"file_path": "", "request_id": "", "sheets.#": "", "window.start": "2026-01-15T00:00:00+08:00", "window.end": "2026-01-15T00:00:00+08:00",
	})
	opened, problems := open(t, acctest.Config{"time_granularity": "day", "begin_time": "2026-01-15T00:00:00+08:00"})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	acctest.ExpectState(t, opened, map[string]string{"file_path": "", "window.end": "2026-01-15T00:00:00+08:00"})
	if calls := len(e.Calls()); calls > 0 {
		t.Errorf("%d calls, want none", calls)
	}
}
