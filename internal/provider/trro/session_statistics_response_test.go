// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package trro_test

import (
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

func TestSessionStatisticsReadsEmulator(t *testing.T) {
	acctest.Start(t, emulator.Options{})
	state := acctest.MustRead(t, sessionStatistics, sessionStatisticsConfig)
	acctest.ExpectState(t, state, map[string]string{
		"region":                          "",
		"request_id":                      "",
		"period_seconds":                  "86400",
		"session_statistics.#":            "3",
		"session_statistics.0.start_time": "2026-01-12T00:00:00+08:00",
		"session_statistics.0.end_time":   "2026-01-13T00:00:00+08:00",
		"session_statistics.2.end_time":   "2026-01-15T00:00:00+08:00",
		"summary.count":                   "3",
		"summary.first_time":              "2026-01-12T00:00:00+08:00",
		"summary.last_time":               "2026-01-14T00:00:00+08:00",
	})
	for _, name := range []string{"summary.session_num", "summary.min_not_bad_session_ratio_time"} {
		if state[name] == "" {
			t.Errorf("%s is null", name)
		}
	}
}

// The document's own sample: an end before its start, and an interval that comes twice.
func TestSessionStatisticsDocumentSample(t *testing.T) {
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
	state := acctest.MustRead(t, sessionStatistics, sessionStatisticsConfig.With(acctest.Config{"lookback": nil, "include": []any{"points", "request_id"}}))
	acctest.ExpectState(t, state, map[string]string{
		"request_id":                      "abcdefg-774e-4756-9f5b-8faa55ae1e5b",
		"window.start":                    "",
		"session_statistics.#":            "4",
		"session_statistics.0.start_time": "2022-08-22T15:00:00+08:00", "session_statistics.0.end_time": "2022-08-22T15:16:40+08:00",
		"session_statistics.1.start_time": "2022-08-22T18:00:00+08:00", "session_statistics.1.end_time": "2022-08-22T15:16:40+08:00",
		"session_statistics.2.start_time": "2022-08-22T19:00:00+08:00", "session_statistics.2.end_time": "2022-08-22T21:46:40+08:00",
		"session_statistics.3.start_time": "2022-08-22T19:00:00+08:00", "session_statistics.3.end_time": "2022-08-22T21:46:40+08:00",
		"session_statistics.2.active_field_device_num": "1", "session_statistics.2.active_remote_device_num": "1",
		"session_statistics.2.session_num": "4", "session_statistics.2.total_duration": "604",
		"session_statistics.2.not_bad_session_ratio": "20",
		"summary.count": "4", "summary.session_num": "8", "summary.total_duration": "654",
		"summary.max_active_field_device_num": "1", "summary.max_active_remote_device_num": "1",
		"summary.min_not_bad_session_ratio": "10", "summary.min_not_bad_session_ratio_time": "2022-08-22T18:00:00+08:00",
		"summary.first_time": "2022-08-22T15:00:00+08:00", "summary.last_time": "2022-08-22T19:00:00+08:00",
	})
}

func TestSessionStatisticsSummary(t *testing.T) {
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
				"summary.min_not_bad_session_ratio_time": "2022-08-22T16:00:00+08:00", "summary.first_time": "2022-08-22T15:00:00+08:00",
				"session_statistics.0.not_bad_session_ratio": "0",
			},
		},
		{
			name: "only intervals without sessions", rows: `{` + early + `, "SessionNum": "0", "NotBadSessionRatio": 0}`,
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
				"session_statistics.0.start_time": "2022-08-22T17:00:00+08:00", "session_statistics.1.not_bad_session_ratio": "50.5",
				"summary.min_not_bad_session_ratio": "50.5", "summary.min_not_bad_session_ratio_time": "2022-08-22T15:00:00+08:00",
				"summary.first_time": "2022-08-22T15:00:00+08:00", "summary.last_time": "2022-08-22T17:00:00+08:00",
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
			acctest.Start(t, emulator.Options{Override: acctest.Answer(`{"Response": {"RequestId": "r-1", "SessionStatistics": [` + test.rows + `]}}`)})
			acctest.ExpectState(t, acctest.MustRead(t, sessionStatistics, sessionStatisticsConfig), test.want)
		})
	}
}

func TestSessionStatisticsOfIdleProject(t *testing.T) {
	acctest.Start(t, emulator.Options{})
	state := acctest.MustRead(t, sessionStatistics, sessionStatisticsConfig.With(acctest.Config{"project_id": "idle-1"}))
	acctest.ExpectState(t, state, map[string]string{"session_statistics.#": "0", "summary.count": "0", "summary.session_num": ""})
}

func TestSessionStatisticsWithoutRows(t *testing.T) {
	for name, value := range map[string]string{"rows null": "null", "rows missing": "", "rows empty": "[]"} {
		t.Run(name, func(t *testing.T) {
			state := acctest.MustReadWith(t, sessionStatistics, sessionStatisticsConfig, acctest.Member("SessionStatistics", value))
			acctest.ExpectState(t, state, map[string]string{"session_statistics.#": "0", "summary.count": "0", "summary.session_num": "", "summary.last_time": ""})
		})
	}
}

func TestSessionStatisticsRatioWithAFraction(t *testing.T) {
	state := acctest.MustReadWith(t, sessionStatistics, sessionStatisticsConfig, acctest.Member("NotBadSessionRatio", "50.5"))
	acctest.ExpectState(t, state, map[string]string{
		"session_statistics.0.not_bad_session_ratio": "50.5",
		"summary.min_not_bad_session_ratio":          "50.5", "summary.min_not_bad_session_ratio_time": state["session_statistics.0.start_time"],
	})
}

func TestSessionStatisticsEndBeforeStart(t *testing.T) {
	state := acctest.MustReadWith(t, sessionStatistics, sessionStatisticsConfig, acctest.Member("EndTime", "1661152600"))
	acctest.ExpectState(t, state, map[string]string{
		"session_statistics.#":            "3",
		"session_statistics.0.start_time": "2026-01-12T00:00:00+08:00", "session_statistics.0.end_time": "2022-08-22T15:16:40+08:00",
	})
}
