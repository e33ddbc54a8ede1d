// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package arguments

import (
	"testing"
	"time"
)

func TestBorders(t *testing.T) {
	tests := []struct {
		name, time  string
		period      Period
		floor, ceil string
	}{
		{"within a minute", "2026-01-15T12:34:56Z", Minute, "2026-01-15T20:34:00+08:00", "2026-01-15T20:35:00+08:00"},
		{"within five minutes", "2026-01-15T12:34:56Z", FiveMinutes, "2026-01-15T20:30:00+08:00", "2026-01-15T20:35:00+08:00"},
		{"within an hour", "2026-01-15T12:34:56Z", Hour, "2026-01-15T20:00:00+08:00", "2026-01-15T21:00:00+08:00"},
		{"at the start of an hour", "2026-01-15T12:00:00Z", Hour, "2026-01-15T20:00:00+08:00", "2026-01-15T20:00:00+08:00"},
		{"half hours elsewhere", "2026-01-15T12:00:00+05:30", Hour, "2026-01-15T14:00:00+08:00", "2026-01-15T15:00:00+08:00"},
		{"before midnight", "2026-01-15T15:59:59Z", Day, "2026-01-15T00:00:00+08:00", "2026-01-16T00:00:00+08:00"},
		{"at midnight", "2026-01-15T16:00:00Z", Day, "2026-01-16T00:00:00+08:00", "2026-01-16T00:00:00+08:00"},
		{"midnight UTC", "2026-01-15T00:00:00Z", Day, "2026-01-15T00:00:00+08:00", "2026-01-16T00:00:00+08:00"},
		{"before the new year", "2025-12-31T15:59:59Z", Month, "2025-12-01T00:00:00+08:00", "2026-01-01T00:00:00+08:00"},
		{"at the new year", "2025-12-31T16:00:00Z", Month, "2026-01-01T00:00:00+08:00", "2026-01-01T00:00:00+08:00"},
		{"the 31st", "2026-01-31T12:00:00Z", Month, "2026-01-01T00:00:00+08:00", "2026-02-01T00:00:00+08:00"},
		{"the beginning of unix time by day", "1970-01-01T00:00:00Z", Day, "1970-01-01T08:00:00+08:00", "1970-01-01T08:00:00+08:00"},
		{"the first day of unix time", "1970-01-01T00:00:01Z", Day, "1970-01-01T08:00:00+08:00", "1970-01-02T00:00:00+08:00"},
		{"the first month of unix time", "1970-01-20T00:00:00Z", Month, "1970-01-01T08:00:00+08:00", "1970-02-01T00:00:00+08:00"},
		{"the first hour of unix time", "1970-01-01T00:00:01Z", Hour, "1970-01-01T08:00:00+08:00", "1970-01-01T09:00:00+08:00"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			expect(t, test.period.Floor(at(t, test.time)).Format(time.RFC3339), test.floor)
			expect(t, test.period.Ceil(at(t, test.time)).Format(time.RFC3339), test.ceil)
		})
	}
}

func TestPeriodSeconds(t *testing.T) {
	for period, want := range map[Period]string{Minute: "60", FiveMinutes: "300", Hour: "3600", Day: "86400", Month: "<null>"} {
		expect(t, period.Seconds().String(), want)
	}
	if !PeriodSecondsAttribute().IsComputed() {
		t.Error("period_seconds is not computed")
	}
}
