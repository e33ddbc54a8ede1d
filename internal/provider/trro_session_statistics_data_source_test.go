// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

const trroSessionStatistics = "edgestats_trro_session_statistics"

var trroSessionStatisticsConfig = acctest.Config{"project_id": "project-1", "statistic_interval": "day", "lookback": "72h"}

func TestTRROSessionStatisticsReadsEmulator(t *testing.T) {
	acctest.Start(t, emulator.Options{})
	state := acctest.MustRead(t, trroSessionStatistics, trroSessionStatisticsConfig)
	expectState(t, state, map[string]string{
		"region":                          "",
		"session_statistics.#":            "3",
		"session_statistics.0.start_time": "2026-01-11T16:00:00Z",
		"session_statistics.0.end_time":   "2026-01-12T16:00:00Z",
		"session_statistics.2.end_time":   "2026-01-14T16:00:00Z",
		"summary.count":                   "3",
		"summary.first_time":              "2026-01-11T16:00:00Z",
		"summary.last_time":               "2026-01-13T16:00:00Z",
	})
	for _, name := range []string{"request_id", "summary.session_num", "summary.min_not_bad_session_ratio_time"} {
		if state[name] == "" {
			t.Errorf("%s is null", name)
		}
	}
}

func TestTRROSessionStatisticsAsks(t *testing.T) {
	testQuestions(t, trroSessionStatistics, emulator.TRRO, []question{
		{
			name:   "no window",
			config: trroSessionStatisticsConfig.With(acctest.Config{"lookback": nil}),
			body:   `{"ProjectId":"project-1","StatisticInterval":"day"}`,
		},
		{
			name:   "days end at midnight UTC+8",
			config: trroSessionStatisticsConfig.With(acctest.Config{"device_id": "truck-1"}),
			body: `{"ProjectId":"project-1","StatisticInterval":"day","DeviceId":"truck-1",
				"StartTime":1768147200,"EndTime":1768406399}`,
			window: "2026-01-11T16:00:00Z 2026-01-14T16:00:00Z",
		},
		{
			name:   "months end at midnight UTC+8",
			config: trroSessionStatisticsConfig.With(acctest.Config{"statistic_interval": "month", "lookback": "744h"}),
			body:   `{"ProjectId":"project-1","StatisticInterval":"month","StartTime":1764518400,"EndTime":1767196799}`,
			window: "2025-11-30T16:00:00Z 2025-12-31T16:00:00Z",
		},
		{
			name:   "hours",
			config: trroSessionStatisticsConfig.With(acctest.Config{"statistic_interval": "hour", "lookback": "1h"}),
			body:   `{"ProjectId":"project-1","StatisticInterval":"hour","StartTime":1768474800,"EndTime":1768478399}`,
			window: "2026-01-15T11:00:00Z 2026-01-15T12:00:00Z",
		},
		{
			name: "both ends given",
			config: trroSessionStatisticsConfig.With(acctest.Config{
				"lookback": nil, "start_time": "2026-01-14T00:00:00+08:00", "end_time": "2026-01-15T00:00:00+08:00",
			}),
			body:   `{"ProjectId":"project-1","StatisticInterval":"day","StartTime":1768320000,"EndTime":1768406400}`,
			window: "2026-01-13T16:00:00Z 2026-01-14T16:00:00Z",
		},
	})
}

func TestTRROSessionStatisticsRefuses(t *testing.T) {
	testRefusals(t, trroSessionStatistics, trroSessionStatisticsConfig, []refusal{
		{name: "no project", changes: acctest.Config{"project_id": nil}, attribute: "project_id", texts: []string{"project_id"}},
		{
			name: "empty project", changes: acctest.Config{"project_id": ""}, attribute: "project_id",
			texts: []string{"project_id", "at least 1"},
		},
		{name: "no interval", changes: acctest.Config{"statistic_interval": nil}, attribute: "statistic_interval", texts: []string{"statistic_interval"}},
		{
			name: "unknown interval", changes: acctest.Config{"statistic_interval": "week"}, attribute: "statistic_interval",
			texts: []string{"statistic_interval", `"hour" "day" "month"`, `got: "week"`},
		},
		{
			name: "empty device", changes: acctest.Config{"device_id": ""}, attribute: "device_id",
			texts: []string{"device_id", "at least 1"},
		},
		{
			name: "empty region", changes: acctest.Config{"region": ""}, attribute: "region",
			texts: []string{"region", "at least 1"},
		},
		{
			name: "an end alone", changes: acctest.Config{"lookback": nil, "end_time": "2026-01-15T00:00:00Z"}, attribute: "end_time",
			texts: []string{"end_time needs a start", "start_time or lookback"},
		},
		{
			name: "two starts", changes: acctest.Config{"start_time": "2026-01-14T00:00:00Z"}, attribute: "lookback",
			texts: []string{"lookback replaces start_time"},
		},
		{
			name: "time without offset", changes: acctest.Config{"lookback": nil, "start_time": "2026-01-14 00:00:00"}, attribute: "start_time",
			texts: []string{"start_time must be RFC 3339 with an offset"},
		},
		{
			name:      "start at the end",
			changes:   acctest.Config{"lookback": nil, "start_time": "1768406400", "end_time": "2026-01-14T16:00:00Z"},
			attribute: "start_time",
			texts:     []string{"start_time is 2026-01-14T16:00:00Z and must be before end_time, which is 2026-01-14T16:00:00Z"},
		},
		{
			name: "start today", byRead: true, changes: acctest.Config{"lookback": nil, "start_time": "2026-01-15T00:00:00+08:00"},
			attribute: "start_time", texts: []string{"start_time is 2026-01-14T16:00:00Z and must be before 2026-01-14T16:00:00Z", "default of end_time"},
		},
	})
}

func TestTRROSessionStatisticsRegion(t *testing.T) {
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
			s := acctest.NewServer(t)
			if problems := s.Configure(t, acctest.Config{"region": test.provider}); len(problems) > 0 {
				t.Fatal(problems)
			}
			_, problems := s.Read(t.Context(), t, trroSessionStatistics, trroSessionStatisticsConfig.With(acctest.Config{"region": test.argument}))
			if test.want == "" {
				expectProblem(t, problems, "region", "needs a region", "TENCENTCLOUD_REGION")
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

// The document's own sample: an end before its start, and an interval that comes twice.
func TestTRROSessionStatisticsDocumentSample(t *testing.T) {
	acctest.Start(t, emulator.Options{Override: acctest.Answer(`{"Response": {
		"RequestId": "abcdefg-774e-4756-9f5b-8faa55ae1e5b",
		"SessionStatistics": [
			{"ActiveFieldDeviceNum": 1, "ActiveRemoteDeviceNum": 0, "SessionNum": 1,
				"StartTime": 1661151600, "EndTime": 1661152600, "TotalDuration": 20, "NotBadSessionRatio": 50},
			{"ActiveFieldDeviceNum": 1, "ActiveRemoteDeviceNum": 0, "SessionNum": 2,
				"StartTime": 1661162400, "EndTime": 1661152600, "TotalDuration": 20, "NotBadSessionRatio": 10},
			{"ActiveFieldDeviceNum": 1, "ActiveRemoteDeviceNum": 1, "SessionNum": 4,
				"StartTime": 1661166000, "EndTime": 1661176000, "TotalDuration": 604, "NotBadSessionRatio": 20},
			{"ActiveFieldDeviceNum": 1, "ActiveRemoteDeviceNum": 0, "SessionNum": 1,
				"StartTime": 1661166000, "EndTime": 1661176000, "TotalDuration": 10, "NotBadSessionRatio": 30}
		]
	}}`)})
	state := acctest.MustRead(t, trroSessionStatistics, trroSessionStatisticsConfig.With(acctest.Config{"lookback": nil}))
	expectState(t, state, map[string]string{
		"request_id":                      "abcdefg-774e-4756-9f5b-8faa55ae1e5b",
		"window.start":                    "",
		"session_statistics.#":            "4",
		"session_statistics.0.start_time": "2022-08-22T07:00:00Z", "session_statistics.0.end_time": "2022-08-22T07:16:40Z",
		"session_statistics.1.start_time": "2022-08-22T10:00:00Z", "session_statistics.1.end_time": "2022-08-22T07:16:40Z",
		"session_statistics.2.start_time": "2022-08-22T11:00:00Z", "session_statistics.2.end_time": "2022-08-22T13:46:40Z",
		"session_statistics.3.start_time": "2022-08-22T11:00:00Z", "session_statistics.3.end_time": "2022-08-22T13:46:40Z",
		"session_statistics.2.active_field_device_num": "1", "session_statistics.2.active_remote_device_num": "1",
		"session_statistics.2.session_num": "4", "session_statistics.2.total_duration": "604",
		"session_statistics.2.not_bad_session_ratio": "20",
		"summary.count": "4", "summary.session_num": "8", "summary.total_duration": "654",
		"summary.max_active_field_device_num": "1", "summary.max_active_remote_device_num": "1",
		"summary.min_not_bad_session_ratio": "10", "summary.min_not_bad_session_ratio_time": "2022-08-22T10:00:00Z",
		"summary.first_time": "2022-08-22T07:00:00Z", "summary.last_time": "2022-08-22T11:00:00Z",
	})
}

func TestTRROSessionStatisticsSummary(t *testing.T) {
	const (
		early = `"StartTime": 1661151600, "EndTime": 1661155200`
		late  = `"StartTime": 1661155200, "EndTime": 1661158800`
		last  = `"StartTime": 1661158800, "EndTime": 1661162400`
	)
	tests := []struct {
		name, rows string
		want       map[string]string
	}{
		{
			name: "no rows", rows: ``,
			want: map[string]string{
				"session_statistics.#": "0", "summary.count": "0", "summary.session_num": "", "summary.total_duration": "",
				"summary.max_active_field_device_num": "", "summary.max_active_remote_device_num": "",
				"summary.min_not_bad_session_ratio": "", "summary.min_not_bad_session_ratio_time": "",
				"summary.first_time": "", "summary.last_time": "",
			},
		},
		{
			name: "an interval without sessions does not count for the ratio",
			rows: `{` + early + `, "SessionNum": 0, "NotBadSessionRatio": 0}, {` + late + `, "SessionNum": 3, "NotBadSessionRatio": 90}`,
			want: map[string]string{
				"summary.count": "2", "summary.session_num": "3", "summary.min_not_bad_session_ratio": "90",
				"summary.min_not_bad_session_ratio_time": "2022-08-22T08:00:00Z", "summary.first_time": "2022-08-22T07:00:00Z",
				"session_statistics.0.not_bad_session_ratio": "0",
			},
		},
		{
			name: "only intervals without sessions",
			rows: `{` + early + `, "SessionNum": "0", "NotBadSessionRatio": 0}`,
			want: map[string]string{
				"summary.count": "1", "summary.session_num": "0", "summary.min_not_bad_session_ratio": "",
				"summary.min_not_bad_session_ratio_time": "",
			},
		},
		{
			name: "the earliest of equal ratios, whatever the order",
			rows: `{` + last + `, "SessionNum": 1, "NotBadSessionRatio": 50.5},
				{` + early + `, "SessionNum": 1, "NotBadSessionRatio": "50.50"}, {` + late + `, "SessionNum": 1, "NotBadSessionRatio": 50.5}`,
			want: map[string]string{
				"session_statistics.0.start_time": "2022-08-22T09:00:00Z", "session_statistics.1.not_bad_session_ratio": "50.5",
				"summary.min_not_bad_session_ratio": "50.5", "summary.min_not_bad_session_ratio_time": "2022-08-22T07:00:00Z",
				"summary.first_time": "2022-08-22T07:00:00Z", "summary.last_time": "2022-08-22T09:00:00Z",
			},
		},
		{
			name: "figures that are not there",
			rows: `{` + early + `, "TotalDuration": null, "ActiveFieldDeviceNum": 12345678901234567}, {` + late + `, "TotalDuration": 7}`,
			want: map[string]string{
				"session_statistics.0.total_duration": "", "session_statistics.0.session_num": "",
				"summary.count": "2", "summary.total_duration": "7", "summary.session_num": "",
				"summary.max_active_field_device_num": "12345678901234567", "summary.min_not_bad_session_ratio": "",
			},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			acctest.Start(t, emulator.Options{
				Override: acctest.Answer(`{"Response": {"RequestId": "r-1", "SessionStatistics": [` + test.rows + `]}}`),
			})
			expectState(t, acctest.MustRead(t, trroSessionStatistics, trroSessionStatisticsConfig), test.want)
		})
	}
}

func TestTRROSessionStatisticsOfIdleProject(t *testing.T) {
	acctest.Start(t, emulator.Options{})
	state := acctest.MustRead(t, trroSessionStatistics, trroSessionStatisticsConfig.With(acctest.Config{"project_id": "idle-1"}))
	expectState(t, state, map[string]string{"session_statistics.#": "0", "summary.count": "0", "summary.session_num": ""})
}
