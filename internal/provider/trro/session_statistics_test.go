// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package trro_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

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
			append(suite.UnknownWindow("start_time", "end_time"), suite.UnknownIncludes()...),
			acctest.Config{"device_id": acctest.Unknown, "region": acctest.Unknown},
			acctest.Config{"lookback": nil, "end_time": acctest.Unknown},
		),
		Sums: &suite.Sums{
			Start: "start_time", End: "end_time", Granularities: []suite.Granularity{
				{Name: "hour", Changes: acctest.Config{"statistic_interval": "hour"}, Length: time.Hour},
				{Name: "day", Changes: acctest.Config{"statistic_interval": "day"}, Length: 24 * time.Hour},
				{Name: "month", Changes: acctest.Config{"statistic_interval": "month"}},
			},
			Values: []string{
				`summary\.count`, `summary\.session_num`, `summary\.total_duration`, `session_statistics\.#`, `session_statistics\.\d+\.session_num`,
			},
		},
		Errors: []suite.Error{
			{Code: "ResourceNotFound", Attribute: "project_id", Says: []string{"Check the names and IDs"}},
			{Code: "OperationDenied.DeviceNotFound", Attribute: "device_id", Says: []string{"Check the names and IDs"}},
			{Code: "UnsupportedRegion", Attribute: "region", Says: []string{changeRegion}},
			{Code: "MissingParameter", Says: []string{"Check the arguments"}}, // The test's environment has a region.
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
				Config: acctest.Config{"include": []any{}}, Body: manySessions(`{"StartTime":1,"EndTime":1}`), Says: "more than 500000 points",
			},
		},
		Figure:   "SessionNum",
		UnixTime: "SessionStatistics[0].EndTime",
		Region:   true,
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
			Window: "2026-01-12T00:00:00+08:00 2026-01-15T00:00:00+08:00",
		},
		{
			Name: "months end at midnight UTC+8", Changes: acctest.Config{"statistic_interval": "month", "lookback": nil, "start_time": "2025-12-01T00:00:00+08:00"},
			Body:   `{"ProjectId":"project-1","StatisticInterval":"month","StartTime":1764518400,"EndTime":1767196799}`,
			Window: "2025-12-01T00:00:00+08:00 2026-01-01T00:00:00+08:00",
		},
		{
			Name:    "parts of months",
			Changes: acctest.Config{"statistic_interval": "month", "lookback": nil, "start_time": "2025-11-15T00:00:00Z", "end_time": "2025-12-31T16:00:00Z"},
			Body:    `{"ProjectId":"project-1","StatisticInterval":"month","StartTime":1761926400,"EndTime":1767196799}`,
			Window:  "2025-11-01T00:00:00+08:00 2026-01-01T00:00:00+08:00",
			Warns:   []string{"is inside a month; months begin at midnight UTC+8. It was moved to the beginning of that month"},
		},
		{
			Name: "from the beginning", Changes: acctest.Config{"lookback": nil, "start_time": "0"},
			Body:   `{"ProjectId":"project-1","StatisticInterval":"day","StartTime":0,"EndTime":1768406399}`,
			Window: "1970-01-01T08:00:00+08:00 2026-01-15T00:00:00+08:00",
		},
		{
			Name: "by hour from the beginning", Changes: acctest.Config{"statistic_interval": "hour", "lookback": nil, "start_time": "0"},
			Body:   `{"ProjectId":"project-1","StatisticInterval":"hour","StartTime":0,"EndTime":1768478399}`,
			Window: "1970-01-01T08:00:00+08:00 2026-01-15T20:00:00+08:00",
		},
		{
			Name: "the days before", Changes: acctest.Config{"lookback": "3d", "offset": "3d"},
			Body:   `{"ProjectId":"project-1","StatisticInterval":"day","StartTime":1767888000,"EndTime":1768147199}`,
			Window: "2026-01-09T00:00:00+08:00 2026-01-12T00:00:00+08:00",
		},
		{
			Name: "hours", Changes: acctest.Config{"statistic_interval": "hour", "lookback": "1h"},
			Body:   `{"ProjectId":"project-1","StatisticInterval":"hour","StartTime":1768474800,"EndTime":1768478399}`,
			Window: "2026-01-15T19:00:00+08:00 2026-01-15T20:00:00+08:00",
		},
		{
			Name:    "both ends given",
			Changes: acctest.Config{"lookback": nil, "start_time": "2026-01-14T00:00:00+08:00", "end_time": "2026-01-15T00:00:00+08:00"},
			Body:    `{"ProjectId":"project-1","StatisticInterval":"day","StartTime":1768320000,"EndTime":1768406399}`,
			Window:  "2026-01-14T00:00:00+08:00 2026-01-15T00:00:00+08:00",
		},
	}
}

func sessionStatisticsRefusals() []suite.Refusal {
	month := func(changes acctest.Config) acctest.Config {
		return acctest.Config{"statistic_interval": "month"}.With(changes)
	}
	const noDuration = "cannot be used with months, whose length varies; set start_time"
	return slices.Concat(
		suite.RequiredArguments("project_id", "statistic_interval"), suite.NonEmptyTexts("project_id", "device_id", "region"), suite.Windows("start_time"),
		suite.Includes(`one of "points", "request_id", "totals"`),
		[]suite.Refusal{
			{
				Name: "unknown interval", Changes: acctest.Config{"statistic_interval": "week"}, Attribute: "statistic_interval",
				Says: []string{`statistic_interval must be one of "hour", "day", "month", got "week"`},
			},
			{Name: "1h", Changes: acctest.Config{"statistic_interval": "1h"}, Attribute: "statistic_interval", Says: []string{`Did you mean "hour"?`}},
			{Name: "months back", Changes: month(acctest.Config{"lookback": "30d"}), Attribute: "lookback", Says: []string{"lookback " + noDuration + " instead."}},
			{
				Name: "parts of days", Changes: acctest.Config{"lookback": "36h"}, Attribute: "lookback",
				Says: []string{`lookback must be a whole number of days, got "36h"; write "24h" or "48h"`},
			},
		},
	)
}

// How many points a window brings is not known before the call, because only intervals with sessions come back.
func TestSessionStatisticsOfALongWindow(t *testing.T) {
	acctest.Start(t, emulator.Options{Override: acctest.Answer(`{"Response": {"SessionStatistics": [{"StartTime": 1661151600, "EndTime": 1661155200}]}}`)})
	config := acctest.Config{"project_id": "project-1", "statistic_interval": "hour", "start_time": "0", "max_points": 1}
	state := acctest.MustRead(t, sessionStatistics, config)
	acctest.ExpectState(t, state, map[string]string{"session_statistics.#": "1", "start_time": "0", "period_seconds": "3600"})
}

func TestSessionStatisticsOfAnEmptyWindow(t *testing.T) {
	for interval, seconds := range map[string]string{"day": "86400", "month": ""} {
		e := acctest.Start(t, emulator.Options{})
		start := map[string]string{"day": "2026-01-15T00:00:00+08:00", "month": "2026-01-01T00:00:00+08:00"}[interval]
		state := acctest.MustRead(t, sessionStatistics, acctest.Config{"project_id": "project-1", "statistic_interval": interval, "start_time": start})
		acctest.ExpectState(t, state, map[string]string{
			"session_statistics.#": "0", "summary.count": "0", "summary.session_num": "", "window.start": start, "window.end": start, "period_seconds": seconds,
		})
		if calls := len(e.Calls()); calls > 0 {
			t.Errorf("by %s: %d calls", interval, calls)
		}
	}
}

func TestSessionStatisticsRegion(t *testing.T) {
	testRegion(t, sessionStatistics, sessionStatisticsConfig)
}
