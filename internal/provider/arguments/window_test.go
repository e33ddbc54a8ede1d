// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package arguments

import (
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest/expect"
)

func TestParseTime(t *testing.T) {
	tests := []struct{ text, want, problem string }{
		{text: "2026-01-15T12:00:00Z", want: "2026-01-15T12:00:00Z"},
		{text: "2026-01-15T12:00:00+08:00", want: "2026-01-15T04:00:00Z"},
		{text: "2026-01-15T12:00:00-05:30", want: "2026-01-15T17:30:00Z"},
		{text: "1970-01-01T00:00:00Z", want: "1970-01-01T00:00:00Z"},
		{text: "0", want: "1970-01-01T00:00:00Z"},
		{text: "1768478400", want: "2026-01-15T12:00:00Z"},
		{text: "9999999999", want: "2286-11-20T17:46:39Z"},
		{text: "17684784000", problem: "at most 10 digits, got 11 digits"},
		{text: "1768478400123", problem: "is 1768478400123, which looks like milliseconds; unix seconds would be 1768478400"},
		{text: strings.Repeat("1", 40), problem: "got 40 digits"},
		{text: "-1", problem: `must be RFC 3339 with an offset, such as "2026-01-15T00:00:00Z", or unix seconds, got: "-1"`},
		{text: "+1768478400", problem: "must be RFC 3339 with an offset"},
		{text: "1768478400.5", problem: "must be RFC 3339 with an offset"},
		{text: "2026-01-15", problem: "must be RFC 3339 with an offset"},
		{text: "2026-01-15T12:00:00", problem: "must be RFC 3339 with an offset"},
		{text: "2026-01-15T12:00:00+24:00", problem: "must be RFC 3339 with an offset"},
		{text: "2026-01-15T12:00:00-23:60", problem: "must be RFC 3339 with an offset"},
		{text: "2026-01-15T12:00:00+08:60", problem: "must be RFC 3339 with an offset"},
		{text: "2026-01-15T9:00:00Z", problem: "must be RFC 3339 with an offset"},
		{text: "2026-01-15 12:00:00Z", problem: "must be RFC 3339 with an offset"},
		{text: "2026-02-30T12:00:00Z", problem: "must be RFC 3339 with an offset"},
		{text: "2026-01-15T12:00:00.5Z", problem: "must be a whole second, got"},
		{text: "1969-12-31T23:59:59Z", problem: "must be from 1970 to 2286"},
		{text: "2286-11-20T17:46:40Z", problem: "must be from 1970 to 2286"},
		{text: "9999-12-31T23:59:59-14:00", problem: "must be from 1970 to 2286"},
		{text: "", problem: "must be RFC 3339 with an offset"},
	}
	for _, test := range tests {
		t.Run(test.text, func(t *testing.T) {
			got, err := parseTime(test.text)
			if test.problem != "" {
				expect.Error(t, err, test.problem)
				return
			}
			if err != nil || got.Format(time.RFC3339) != test.want {
				t.Errorf("%v, %v, want %s", got, err, test.want)
			}
		})
	}
}

func TestParseLookback(t *testing.T) {
	tests := []struct {
		text    string
		want    time.Duration
		problem string
	}{
		{text: "24h", want: 24 * time.Hour},
		{text: "168h", want: 7 * 24 * time.Hour},
		{text: "1h30m15s", want: time.Hour + 30*time.Minute + 15*time.Second},
		{text: "1.5h", want: 90 * time.Minute},
		{text: "1s", want: time.Second},
		{text: "7d", problem: `has no unit for days: write "168h" instead of "7d"`},
		{text: "1d12h", problem: `must be a positive duration of whole seconds, such as "24h" or "168h", got: "1d12h"`},
		{text: "24", problem: "must be a positive duration"},
		{text: "0s", problem: "must be a positive duration"},
		{text: "0", problem: "must be a positive duration"},
		{text: "-1h", problem: "must be a positive duration"},
		{text: "1500ms", problem: "of whole seconds"},
		{text: "9999999h", problem: "must be a positive duration"},
		{text: "", problem: "must be a positive duration"},
	}
	for _, test := range tests {
		t.Run(test.text, func(t *testing.T) {
			got, err := parseLookback(test.text)
			if test.problem != "" {
				expect.Error(t, err, test.problem)
				return
			}
			if err != nil || got != test.want {
				t.Errorf("%v, %v, want %v", got, err, test.want)
			}
		})
	}
}

func TestWindowEndsWithAWholePeriod(t *testing.T) {
	tests := []struct {
		name, now string
		period    Period
		end       string
	}{
		{"within a minute", "2026-01-15T12:34:56Z", Minute, "2026-01-15T12:34:00Z"},
		{"within five minutes", "2026-01-15T12:34:56Z", FiveMinutes, "2026-01-15T12:30:00Z"},
		{"within an hour", "2026-01-15T12:34:56Z", Hour, "2026-01-15T12:00:00Z"},
		{"at the start of an hour", "2026-01-15T12:00:00Z", Hour, "2026-01-15T12:00:00Z"},
		{"before the vendor's midnight", "2026-01-15T15:59:59Z", Day, "2026-01-14T16:00:00Z"},
		{"at the vendor's midnight", "2026-01-15T16:00:00Z", Day, "2026-01-15T16:00:00Z"},
		{"before the vendor's new year", "2025-12-31T15:59:59Z", Month, "2025-11-30T16:00:00Z"},
		{"at the vendor's new year", "2025-12-31T16:00:00Z", Month, "2025-12-31T16:00:00Z"},
		{"in a zone of its own", "2026-01-16T01:20:00+05:30", Hour, "2026-01-15T19:00:00Z"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w, problem := given("", "", "1h").resolve(at(t, test.now), test.period)
			if problem != nil {
				t.Fatal(problem)
			}
			expectTime(t, "end", w.End, test.end)
			expectTime(t, "start", w.Start, at(t, test.end).Add(-time.Hour).Format(time.RFC3339))
			expectTime(t, "what is sent", w.LastSecond(), at(t, test.end).Add(-time.Second).Format(time.RFC3339))
		})
	}
}

func TestWindowOfGivenTimes(t *testing.T) {
	const now = "2026-01-15T12:34:56Z"
	tests := []struct {
		name            string
		arguments       WindowArguments
		start, end      string
		sent            string
		problem, points string
	}{
		{
			name: "both given", arguments: given("2026-01-01T00:00:00Z", "2026-01-02T00:00:30Z", ""),
			start: "2026-01-01T00:00:00Z", end: "2026-01-02T00:00:30Z", sent: "2026-01-02T00:00:30Z",
		},
		{
			name: "an end in the future is sent as given", arguments: given("", "2027-01-01T00:00:00+08:00", "48h"),
			start: "2026-12-29T16:00:00Z", end: "2026-12-31T16:00:00Z", sent: "2026-12-31T16:00:00Z",
		},
		{
			name: "start alone", arguments: given("1768435200", "", ""),
			start: "2026-01-15T00:00:00Z", end: "2026-01-15T12:00:00Z", sent: "2026-01-15T11:59:59Z",
		},
		{
			name: "a window of one second", arguments: given("2026-01-15T11:59:59Z", "", ""),
			start: "2026-01-15T11:59:59Z", end: "2026-01-15T12:00:00Z", sent: "2026-01-15T11:59:59Z",
		},
		{
			name: "nothing yet", arguments: given("2026-01-15T12:00:00Z", "", ""), points: "begin_time",
			problem: "must be before 2026-01-15T12:00:00Z, the end of the last whole period and the default of end_time",
		},
		{
			name: "reversed", arguments: given("1768435200", "1768435199", ""), points: "begin_time",
			problem: "begin_time is 2026-01-15T00:00:00Z and must be before end_time, which is 2026-01-14T23:59:59Z",
		},
		{name: "bad start", arguments: given("now", "", ""), points: "begin_time", problem: "begin_time must be RFC 3339"},
		{name: "bad end", arguments: given("0", "now", ""), points: "end_time", problem: "end_time must be RFC 3339"},
		{name: "bad lookback", arguments: given("", "", "7d"), points: "lookback", problem: "lookback has no unit for days"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w, problem := test.arguments.resolve(at(t, now), Hour)
			if test.problem != "" {
				expect.Diagnostic(t, problem, test.points, test.problem)
				return
			}
			if problem != nil {
				t.Fatal(problem)
			}
			expectTime(t, "start", w.Start, test.start)
			expectTime(t, "end", w.End, test.end)
			expectTime(t, "what is sent", w.LastSecond(), test.sent)
		})
	}
}

var names = WindowNames{Start: "begin_time", End: "end_time"}

// given are window arguments; empty ones are null.
func given(start, end, lookback string) WindowArguments {
	return WindowArguments{names, NullText(start), NullText(end), NullText(lookback)}
}

func TestWindowValidator(t *testing.T) {
	unknown := types.StringUnknown()
	tests := []struct {
		name            string
		optional        bool
		arguments       WindowArguments
		points, problem string
	}{
		{name: "start", arguments: given("0", "", "")},
		{name: "start and end", arguments: given("0", "1", "")},
		{name: "lookback", arguments: given("", "", "1h")},
		{name: "lookback and end", arguments: given("", "1", "1h")},
		{name: "none where optional", optional: true, arguments: given("", "", "")},
		{name: "none", arguments: given("", "", ""), points: "begin_time", problem: "give begin_time, or lookback"},
		{name: "end alone", arguments: given("", "1", ""), points: "end_time", problem: "end_time needs a start"},
		{name: "end alone where optional", optional: true, arguments: given("", "1", ""), points: "end_time", problem: "needs a start"},
		{name: "start and lookback", arguments: given("0", "", "1h"), points: "lookback", problem: "give one of them, not both"},
		{name: "reversed", arguments: given("1", "0", ""), points: "begin_time", problem: "must be before end_time"},
		{name: "unknown start", arguments: WindowArguments{names, unknown, NullText("0"), NullText("")}},
		{name: "unknown end", arguments: WindowArguments{names, NullText("1"), unknown, NullText("")}},
		{name: "unknown lookback", arguments: WindowArguments{names, NullText(""), NullText("1"), unknown}},
		{name: "unknown start beside lookback", arguments: WindowArguments{names, unknown, NullText(""), NullText("1h")}},
		{name: "start beside unknown lookback", arguments: WindowArguments{names, NullText("0"), NullText(""), unknown}},
		{name: "unknown end alone where optional", optional: true, arguments: WindowArguments{names, NullText(""), unknown, NullText("")}},
		{
			name: "unknown end alone", arguments: WindowArguments{names, NullText(""), unknown, NullText("")}, points: "begin_time",
			problem: "give begin_time, or lookback",
		},
		{name: "a malformed time is another validator's", arguments: given("now", "0", "")},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			problem := windowValidator{WindowNames{names.Start, names.End, test.optional}}.check(test.arguments)
			if test.problem != "" {
				expect.Diagnostic(t, problem, test.points, test.problem)
			} else if problem != nil {
				t.Error(problem)
			}
		})
	}
}

func at(t *testing.T, text string) time.Time {
	t.Helper()
	result, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func expectTime(t *testing.T, what string, got time.Time, want string) {
	t.Helper()
	if !got.Equal(at(t, want)) {
		t.Errorf("%s is %s, want %s", what, got.Format(time.RFC3339), want)
	}
}
