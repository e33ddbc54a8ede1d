// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package trro_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/acctest/suite"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

const sessionStatistics = "edgestats_trro_session_statistics"

var sessionStatisticsConfig = acctest.Config{"project_id": "project-1", "statistic_interval": "day", "lookback": "72h"}

func TestSessionStatistics(t *testing.T) {
	suite.Run(t, suite.Description{
		Name:      sessionStatistics,
		API:       emulator.TRRO,
		Config:    sessionStatisticsConfig,
		Another:   func(i int) acctest.Config { return acctest.Config{"project_id": fmt.Sprint("project-", i)} },
		Questions: sessionStatisticsQuestions(),
		Refusals:  sessionStatisticsRefusals(),
		Unknowns: append(
			suite.UnknownWindow("start_time", "end_time"),
			acctest.Config{"device_id": acctest.Unknown, "region": acctest.Unknown},
			acctest.Config{"lookback": nil, "end_time": acctest.Unknown},
		),
		Errors: []suite.Error{
			{Code: "ResourceNotFound", Attribute: "project_id", Says: []string{"Check the arguments"}},
			{Code: "OperationDenied.DeviceNotFound", Attribute: "device_id", Says: []string{"Check the arguments"}},
			{Code: "UnsupportedRegion", Attribute: "region"},
			{Config: acctest.Config{"project_id": "missing-1"}, Attribute: "project_id"},
		},
		Malformed: map[string]string{
			`{"Response":{"SessionStatistics":{}}}`:  "$.Response.SessionStatistics: unexpected object",
			`{"Response":{"SessionStatistics":[7]}}`: "$.Response.SessionStatistics[0]: unexpected number",
		},
		Points: &suite.Points{Config: acctest.Config{"statistic_interval": "hour", "lookback": "5h"}, Series: "session_statistics", Count: 5, Argument: "lookback"},
		Hostile: map[string]suite.Hostile{
			"empty sessions": {Body: manySessions(`{}`), Says: "SessionStatistics[0].StartTime: there is no time"},
			"sessions":       {Body: manySessions(`{"StartTime":1,"EndTime":1}`), Says: "more than 50000 points"},
			"sessions without points": {
				Config: acctest.Config{"include_points": false}, Body: manySessions(`{"StartTime":1,"EndTime":1}`), Says: "more than 500000 points",
			},
		},
		Figure:   "SessionNum",
		UnixTime: "SessionStatistics[0].EndTime",
		Region:   true,
		Varies:   []string{"request_id"},
	})
}

// manySessions returns a response of the maximum size.
func manySessions(session string) func() string {
	return suite.Full(`{"Response":{"RequestId":"r-1","SessionStatistics":[`, session, `]}}`)
}

func sessionStatisticsQuestions() []suite.Question {
	return []suite.Question{
		{Name: "no window", Changes: acctest.Config{"lookback": nil}, Body: `{"ProjectId":"project-1","StatisticInterval":"day"}`},
		{
			Name: "days end at midnight UTC+8", Changes: acctest.Config{"device_id": "truck-1"},
			Body:   `{"ProjectId":"project-1","StatisticInterval":"day","DeviceId":"truck-1","StartTime":1768147200,"EndTime":1768406399}`,
			Window: "2026-01-11T16:00:00Z 2026-01-14T16:00:00Z",
		},
		{
			Name: "months end at midnight UTC+8", Changes: acctest.Config{"statistic_interval": "month", "lookback": "744h"},
			Body:   `{"ProjectId":"project-1","StatisticInterval":"month","StartTime":1764518400,"EndTime":1767196799}`,
			Window: "2025-11-30T16:00:00Z 2025-12-31T16:00:00Z",
		},
		{
			Name: "hours", Changes: acctest.Config{"statistic_interval": "hour", "lookback": "1h"},
			Body:   `{"ProjectId":"project-1","StatisticInterval":"hour","StartTime":1768474800,"EndTime":1768478399}`,
			Window: "2026-01-15T11:00:00Z 2026-01-15T12:00:00Z",
		},
		{
			Name:    "both ends given",
			Changes: acctest.Config{"lookback": nil, "start_time": "2026-01-14T00:00:00+08:00", "end_time": "2026-01-15T00:00:00+08:00"},
			Body:    `{"ProjectId":"project-1","StatisticInterval":"day","StartTime":1768320000,"EndTime":1768406400}`,
			Window:  "2026-01-13T16:00:00Z 2026-01-14T16:00:00Z",
		},
	}
}

func sessionStatisticsRefusals() []suite.Refusal {
	return slices.Concat(suite.RequiredArguments("project_id", "statistic_interval"), suite.NonEmptyTexts("project_id", "device_id", "region"), suite.Windows("start_time"), []suite.Refusal{
		{
			Name: "unknown interval", Changes: acctest.Config{"statistic_interval": "week"}, Attribute: "statistic_interval",
			Says: []string{"statistic_interval", `"hour" "day" "month"`, `got: "week"`},
		},
		{
			Name: "start today", ByRead: true, Changes: acctest.Config{"lookback": nil, "start_time": "2026-01-15T00:00:00+08:00"},
			Attribute: "start_time", Says: []string{"start_time is 2026-01-14T16:00:00Z and must be before 2026-01-14T16:00:00Z", "default of end_time"},
		},
	})
}

func TestSessionStatisticsRegion(t *testing.T) {
	tests := map[string]struct {
		environment        string
		provider, argument any
		want               string
	}{
		"environment":                {"ap-shanghai", nil, nil, "ap-shanghai"},
		"provider over environment":  {"ap-shanghai", "ap-guangzhou", nil, "ap-guangzhou"},
		"data source over provider":  {"ap-shanghai", "ap-guangzhou", "eu-frankfurt", "eu-frankfurt"},
		"data source, not in others": {"", nil, "eu-frankfurt", "eu-frankfurt"},
		"nowhere":                    {"", nil, nil, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			e := acctest.Start(t, emulator.Options{})
			t.Setenv("TENCENTCLOUD_REGION", test.environment)
			s := acctest.Configured(t, acctest.Config{"region": test.provider})
			_, problems := s.Read(t.Context(), t, sessionStatistics, sessionStatisticsConfig.With(acctest.Config{"region": test.argument}))
			if test.want == "" {
				acctest.ExpectProblem(t, problems, "region", "needs a region", "TENCENTCLOUD_REGION")
				if calls := e.Calls(); len(calls) > 0 {
					t.Errorf("the vendor was asked %d times", len(calls))
				}
				return
			}
			if len(problems) > 0 {
				t.Fatal(problems)
			}
			if got := e.CallsTo(emulator.TRRO)[0].Header.Get("X-TC-Region"); got != test.want {
				t.Errorf("the region sent is %q, want %q", got, test.want)
			}
		})
	}
}
