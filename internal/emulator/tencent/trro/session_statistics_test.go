// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package trro_test

import (
	"maps"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/emulatortest"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/figures"
)

// sessionStatistic is an element of the result.
type sessionStatistic struct {
	ActiveFieldDeviceNum, ActiveRemoteDeviceNum int
	SessionNum, TotalDuration                   int64
	StartTime, EndTime                          int64
	NotBadSessionRatio                          int64
}

// sessionRequest is a request for the last complete day before noon, by hour.
var sessionRequest = map[string]any{
	"ProjectId": "project-1", "StatisticInterval": "hour", "StartTime": emulatortest.Midnight - 86400, "EndTime": emulatortest.Midnight - 1,
}

func sessionCall(changes map[string]any) emulatortest.Call {
	return emulatortest.TRRO("DescribeSessionStatisticsByInterval", emulatortest.Object(sessionRequest, changes))
}

// sessions asks for periods.
func sessions(t *testing.T, e *emulator.Emulator, changes map[string]any) []sessionStatistic {
	t.Helper()
	return emulatortest.Result[struct{ SessionStatistics []sessionStatistic }](t, e, sessionCall(changes)).SessionStatistics
}

func TestHoursAddUpToTheDay(t *testing.T) {
	e := emulatortest.Unlimited(emulatortest.Noon)
	hours := sessions(t, e, nil)
	if len(hours) != 24 {
		t.Fatalf("%d hours, want 24", len(hours))
	}
	var sum, busiest sessionStatistic
	for i, h := range hours {
		if start := emulatortest.Midnight - 86400 + int64(i)*3600; h.StartTime != start || h.EndTime != start+3600 {
			t.Errorf("hour %d spans %d to %d", i, h.StartTime, h.EndTime)
		}
		if h.NotBadSessionRatio > 100 || (h.SessionNum == 0) != (h.TotalDuration == 0) {
			t.Errorf("hour %d: %+v", i, h)
		}
		sum.SessionNum += h.SessionNum
		sum.TotalDuration += h.TotalDuration
		busiest.ActiveFieldDeviceNum = max(busiest.ActiveFieldDeviceNum, h.ActiveFieldDeviceNum)
	}
	days := sessions(t, e, map[string]any{"StatisticInterval": "day"})
	if len(days) != 1 || days[0].SessionNum != sum.SessionNum || days[0].TotalDuration != sum.TotalDuration ||
		days[0].ActiveFieldDeviceNum < busiest.ActiveFieldDeviceNum || sum.SessionNum == 0 {
		t.Errorf("day %+v, hours add up to %+v", days, sum)
	}
	alone := sessions(t, e, map[string]any{"StartTime": hours[7].StartTime + 1, "EndTime": hours[7].StartTime + 2})
	if diff := cmp.Diff(hours[7:8], alone); diff != "" {
		t.Error(diff)
	}
}

func TestDaysAddUpToTheMonth(t *testing.T) {
	e := emulatortest.Unlimited(emulatortest.Noon)
	january := time.Date(2026, 1, 1, 0, 0, 0, 0, figures.ChinaTime).Unix()
	february := time.Date(2026, 2, 1, 0, 0, 0, 0, figures.ChinaTime).Unix()
	window := map[string]any{"StatisticInterval": "month", "StartTime": january + 100, "EndTime": february - 1}
	months := sessions(t, e, window)
	window["StatisticInterval"] = "day"
	var sum int64
	for _, day := range sessions(t, e, window) {
		sum += day.SessionNum
	}
	if len(months) != 1 || months[0].StartTime != january || months[0].EndTime != february || months[0].SessionNum != sum {
		t.Errorf("months %+v, days add up to %d", months, sum)
	}
}

func TestSessionsNightsAreQuiet(t *testing.T) {
	nights, quiet := 0, 0
	for _, h := range sessions(t, emulatortest.Unlimited(emulatortest.Noon), map[string]any{"StartTime": emulatortest.Midnight - 30*86400}) {
		if hour := time.Unix(h.StartTime, 0).In(figures.ChinaTime).Hour(); hour >= 2 && hour < 6 {
			nights++
			if h.SessionNum == 0 {
				quiet++
			}
		}
	}
	if nights != 120 || quiet == 0 || quiet == nights {
		t.Errorf("%d of %d hours at night have no sessions", quiet, nights)
	}
}

func TestDevicesAndProjectsDiffer(t *testing.T) {
	e := emulatortest.Unlimited(emulatortest.Noon)
	day := func(changes map[string]any) []sessionStatistic {
		change := map[string]any{"StatisticInterval": "day"}
		maps.Copy(change, changes)
		return sessions(t, e, change)
	}
	all := day(nil)[0]
	one := day(map[string]any{"DeviceId": "device-1"})[0]
	if one.ActiveFieldDeviceNum != 1 || one.SessionNum >= all.SessionNum || all.ActiveFieldDeviceNum < 2 {
		t.Errorf("device %+v, project %+v", one, all)
	}
	if got := day(map[string]any{"ProjectId": "project-2"})[0]; got == all {
		t.Error("two projects are the same")
	}
	for _, idle := range []string{"ProjectId", "DeviceId"} {
		if got := day(map[string]any{idle: "idle-1"}); got == nil || len(got) != 0 {
			t.Errorf("idle %s has %+v", idle, got)
		}
	}
}

func TestSessionTimesHaveDefaults(t *testing.T) {
	now := emulatortest.Noon.Add(30 * time.Minute)
	hour := emulatortest.Noon.Unix()
	tests := []struct {
		name        string
		change      map[string]any
		first, last int64
		count       int
	}{
		{"no times", map[string]any{"StartTime": nil, "EndTime": nil}, hour - 23*3600, hour, 24},
		{"no end", map[string]any{"StartTime": hour - 7200, "EndTime": nil}, hour - 7200, hour, 3},
		{"no start", map[string]any{"StartTime": nil, "EndTime": hour - 1}, hour - 24*3600, hour - 3600, 24},
		{"digits", map[string]any{"StartTime": "1773100800", "EndTime": "1773104400"}, 1773100800, 1773104400, 2},
		{"future", map[string]any{"StartTime": hour, "EndTime": hour + 86400}, hour, hour, 1},
		{
			"from zero",
			map[string]any{"StartTime": 0, "EndTime": time.Date(2022, time.January, 1, 0, 0, 0, 0, figures.ChinaTime).Unix() + 3600},
			time.Date(2022, time.January, 1, 0, 0, 0, 0, figures.ChinaTime).Unix(), time.Date(2022, time.January, 1, 0, 0, 0, 0, figures.ChinaTime).Unix() + 3600, 2,
		},
		{
			"months",
			map[string]any{"StartTime": nil, "EndTime": nil, "StatisticInterval": "month"},
			time.Date(2024, 4, 1, 0, 0, 0, 0, figures.ChinaTime).Unix(), time.Date(2026, 3, 1, 0, 0, 0, 0, figures.ChinaTime).Unix(), 24,
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := sessions(t, emulatortest.Unlimited(now), test.change)
			if len(got) != test.count || got[0].StartTime != test.first || got[len(got)-1].StartTime != test.last {
				t.Errorf("%d periods: %+v", len(got), got)
			}
		})
	}
	under := sessions(t, emulatortest.Unlimited(now), map[string]any{"StartTime": hour, "EndTime": hour})[0]
	over := sessions(t, emulatortest.Unlimited(emulatortest.Noon.Add(time.Hour)), map[string]any{"StartTime": hour, "EndTime": hour})[0]
	if under.SessionNum == 0 || under.SessionNum >= over.SessionNum {
		t.Errorf("half of the hour has %d sessions, all of it %d", under.SessionNum, over.SessionNum)
	}
}

func TestSessionsCheckParameters(t *testing.T) {
	tests := []struct {
		name   string
		change map[string]any
		want   string
	}{
		{"no project", map[string]any{"ProjectId": nil}, "MissingParameter"},
		{"no interval", map[string]any{"StatisticInterval": nil}, "MissingParameter"},
		{"unknown member", map[string]any{"Offset": 0}, "UnknownParameter"},
		{"project is a number", map[string]any{"ProjectId": 1}, "InvalidParameter"},
		{"time is a word", map[string]any{"StartTime": "now"}, "InvalidParameter"},
		{"time is a fraction", map[string]any{"EndTime": 1.5}, "InvalidParameter"},
		{"negative time", map[string]any{"StartTime": -1}, "InvalidParameterValue"},
		{"interval", map[string]any{"StatisticInterval": "week"}, "InvalidParameterValue"},
		{"empty project", map[string]any{"ProjectId": ""}, "InvalidParameterValue"},
		{"end before start", map[string]any{"EndTime": emulatortest.Midnight - 86401}, "InvalidParameterValue"},
		{"missing project", map[string]any{"ProjectId": "missing-1"}, "ResourceNotFound"},
		{"missing device", map[string]any{"DeviceId": "missing-1"}, "ResourceNotFound"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := emulatortest.Code(t, emulatortest.Unlimited(emulatortest.Noon), sessionCall(test.change).Request()); got != test.want {
				t.Errorf("code %q, want %q", got, test.want)
			}
		})
	}
	call := sessionCall(nil)
	call.Region = ""
	e := emulatortest.Unlimited(emulatortest.Noon)
	if got := emulatortest.Code(t, e, call.Request()); got != "MissingParameter" {
		t.Errorf("without region: code %q", got)
	}
	if got := len(e.CallsTo(emulator.TRRO)); got != 1 {
		t.Errorf("%d calls recorded", got)
	}
}
