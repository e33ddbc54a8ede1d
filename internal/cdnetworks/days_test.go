// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package cdnetworks

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

func TestAnswersAboutOtherDays(t *testing.T) {
	const (
		item = `{"groups": [{}, {"item": [{"time": "2026-01-13 12:00"}, {"time": "%s"}]}]}`
		peak = `{"groups": [{"peakTime": "%s"}]}`
		to   = " is not within the requested days, 2026-01-13 to 2026-01-14"
		at   = "$.data.report.groups[1].item[1].time: "
	)
	for _, test := range []struct {
		granularity, rounding, report string
		want                          string
	}{
		{"", "", fmt.Sprintf(item, "2026-01-13 00:00:00"), ""},
		{"", "", fmt.Sprintf(item, "2026-01-14 00:00:00"), ""},
		{"1d", "", fmt.Sprintf(item, "2026-01-15 00:00:00"), at + "2026-01-15T00:00:00+08:00" + to},
		{"1d", "", fmt.Sprintf(item, "2026-01-12 00:00:00"), at + "2026-01-12T00:00:00+08:00" + to},
		{"1d", "", fmt.Sprintf(item, "2025-01-13 00:00:00"), at + "2025-01-13T00:00:00+08:00" + to},
		{"5m", "", fmt.Sprintf(item, "2026-01-15 00:00:00"), ""},
		{"5m", "", fmt.Sprintf(item, "2026-01-14 24:00:00"), ""},
		{"5m", "up", fmt.Sprintf(item, "2026-01-14 24:00"), ""},
		{"1h", "", fmt.Sprintf(item, "2026-01-14 24:00:00"), ""},
		{"5m", "down", fmt.Sprintf(item, "2026-01-14 24:00:00"), at + "2026-01-15T00:00:00+08:00" + to},
		{"5m", "down", fmt.Sprintf(item, "2026-01-14 23:55:00"), ""},
		{"5m", "up", fmt.Sprintf(item, "2026-01-15 00:05:00"), at + "2026-01-15T00:05:00+08:00" + to},
		{"5m", "", fmt.Sprintf(item, "2026-01-12 23:55:00"), at + "2026-01-12T23:55:00+08:00" + to},
		{"1d", "", fmt.Sprintf(peak, "2026-01-15 00:00:00"), ""},
		{"1d", "", fmt.Sprintf(peak, "2026-01-15 00:05:00"), "$.data.report.groups[0].peakTime: 2026-01-15T00:05:00+08:00" + to},
		{"1d", "", `{"dateFrom": "2026-01-13", "dateTo": "2026-01-14 00:00:00"}`, ""},
		{"1d", "", `{"dateFrom": "2026-01-12"}`, `$.data.report.dateFrom: "2026-01-12" instead of "2026-01-13"`},
		{"1d", "", `{"dateFrom": "2026-01-13", "dateTo": "2026-01-13"}`, `$.data.report.dateTo: "2026-01-13" instead of "2026-01-14"`},
		{"1d", "", `{"dateTo": "Tuesday"}`, `$.data.report.dateTo: "Tuesday" instead of "2026-01-14"`},
		// In its own zone a report may mean the days or the instants.
		{"1d", "", `{"timezone": "GMT-10:00", "groups": [{"item": {"time": "2026-01-14 00:00"}}]}`, ""},
		{"5m", "", `{"timezone": "GMT+00:00", "groups": [{"item": {"time": "2026-01-12 16:05"}}]}`, ""},
		{
			"5m", "", `{"timezone": "GMT+00:00", "groups": [{"item": {"time": "2026-01-12 15:55"}}]}`,
			"$.data.report.groups[0].item[0].time: 2026-01-12T15:55:00Z" + to,
		},
	} {
		answer := &transport.Answer{Host: "api.example.com", Status: http.StatusOK, Body: []byte(`{"code": "0", "data": {"report": ` + test.report + `}}`)}
		request := RelayTrafficRequest{DateFrom: "2026-01-13", DateTo: "2026-01-14", Granularity: test.granularity, TimeRounding: test.rounding}
		_, err := New(Config{}).report(t.Context(), answer, request, shanghai)
		got := ""
		if err != nil {
			got = strings.TrimPrefix(err.Error(), "malformed response from api.example.com: unexpected value: ")
		}
		if got != test.want {
			t.Errorf("%s %s %s: %s\nwant %s", test.granularity, test.rounding, test.report, got, test.want)
		}
	}
}

func TestTheHour24IsTheNextMidnight(t *testing.T) {
	for label, want := range map[string]string{
		"2026-01-14 24:00:00": "2026-01-15T00:00:00Z",
		"2026-12-31 24:00":    "2027-01-01T00:00:00Z",
		"2028-02-28 24:00:00": "2028-02-29T00:00:00Z",
		"2026-01-14 24:00:01": "",
		"2026-01-14 24:05:00": "",
		"2026-01-14 25:00:00": "",
		"2026-02-29 24:00:00": "",
		"24:00:00":            "",
	} {
		at, err := parseLabel(label)
		if got := at.Format(time.RFC3339); (err != nil) != (want == "") || err == nil && got != want {
			t.Errorf("%s is %s, %v; want %s", label, got, err, want)
		}
	}
}
