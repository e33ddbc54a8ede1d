// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
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
				expectError(t, err, test.problem)
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
				expectError(t, err, test.problem)
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
		period    period
		end       string
	}{
		{"within a minute", "2026-01-15T12:34:56Z", minutePeriod, "2026-01-15T12:34:00Z"},
		{"within five minutes", "2026-01-15T12:34:56Z", fiveMinutePeriod, "2026-01-15T12:30:00Z"},
		{"within an hour", "2026-01-15T12:34:56Z", hourPeriod, "2026-01-15T12:00:00Z"},
		{"at the start of an hour", "2026-01-15T12:00:00Z", hourPeriod, "2026-01-15T12:00:00Z"},
		{"before the vendor's midnight", "2026-01-15T15:59:59Z", dayPeriod, "2026-01-14T16:00:00Z"},
		{"at the vendor's midnight", "2026-01-15T16:00:00Z", dayPeriod, "2026-01-15T16:00:00Z"},
		{"before the vendor's new year", "2025-12-31T15:59:59Z", monthPeriod, "2025-11-30T16:00:00Z"},
		{"at the vendor's new year", "2025-12-31T16:00:00Z", monthPeriod, "2025-12-31T16:00:00Z"},
		{"in a zone of its own", "2026-01-16T01:20:00+05:30", hourPeriod, "2026-01-15T19:00:00Z"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w, problem := arguments("", "", "1h").resolve(at(t, test.now), test.period)
			if problem != nil {
				t.Fatal(problem)
			}
			expectTime(t, "end", w.end, test.end)
			expectTime(t, "start", w.start, at(t, test.end).Add(-time.Hour).Format(time.RFC3339))
			expectTime(t, "what is sent", w.wireEnd, at(t, test.end).Add(-time.Second).Format(time.RFC3339))
		})
	}
}

func TestWindowOfGivenTimes(t *testing.T) {
	const now = "2026-01-15T12:34:56Z"
	tests := []struct {
		name            string
		arguments       windowArguments
		start, end      string
		sent            string
		problem, points string
	}{
		{
			name: "both given", arguments: arguments("2026-01-01T00:00:00Z", "2026-01-02T00:00:30Z", ""),
			start: "2026-01-01T00:00:00Z", end: "2026-01-02T00:00:30Z", sent: "2026-01-02T00:00:30Z",
		},
		{
			name: "an end in the future is sent as given", arguments: arguments("", "2027-01-01T00:00:00+08:00", "48h"),
			start: "2026-12-29T16:00:00Z", end: "2026-12-31T16:00:00Z", sent: "2026-12-31T16:00:00Z",
		},
		{
			name: "start alone", arguments: arguments("1768435200", "", ""),
			start: "2026-01-15T00:00:00Z", end: "2026-01-15T12:00:00Z", sent: "2026-01-15T11:59:59Z",
		},
		{
			name: "a window of one second", arguments: arguments("2026-01-15T11:59:59Z", "", ""),
			start: "2026-01-15T11:59:59Z", end: "2026-01-15T12:00:00Z", sent: "2026-01-15T11:59:59Z",
		},
		{
			name: "nothing yet", arguments: arguments("2026-01-15T12:00:00Z", "", ""), points: "begin_time",
			problem: "must be before 2026-01-15T12:00:00Z, the end of the last whole period and the default of end_time",
		},
		{
			name: "reversed", arguments: arguments("1768435200", "1768435199", ""), points: "begin_time",
			problem: "begin_time is 2026-01-15T00:00:00Z and must be before end_time, which is 2026-01-14T23:59:59Z",
		},
		{name: "bad start", arguments: arguments("now", "", ""), points: "begin_time", problem: "begin_time must be RFC 3339"},
		{name: "bad end", arguments: arguments("0", "now", ""), points: "end_time", problem: "end_time must be RFC 3339"},
		{name: "bad lookback", arguments: arguments("", "", "7d"), points: "lookback", problem: "lookback has no unit for days"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w, problem := test.arguments.resolve(at(t, now), hourPeriod)
			if test.problem != "" {
				expectDiagnostic(t, problem, test.points, test.problem)
				return
			}
			if problem != nil {
				t.Fatal(problem)
			}
			expectTime(t, "start", w.start, test.start)
			expectTime(t, "end", w.end, test.end)
			expectTime(t, "what is sent", w.wireEnd, test.sent)
		})
	}
}

// arguments are window arguments; empty ones are null.
func arguments(start, end, lookback string) windowArguments {
	return windowArguments{mnaWindow, text(start), text(end), text(lookback)}
}

func TestWindowValidator(t *testing.T) {
	unknown := types.StringUnknown()
	tests := []struct {
		name            string
		optional        bool
		arguments       windowArguments
		points, problem string
	}{
		{name: "start", arguments: arguments("0", "", "")},
		{name: "start and end", arguments: arguments("0", "1", "")},
		{name: "lookback", arguments: arguments("", "", "1h")},
		{name: "lookback and end", arguments: arguments("", "1", "1h")},
		{name: "none where optional", optional: true, arguments: arguments("", "", "")},
		{name: "none", arguments: arguments("", "", ""), points: "begin_time", problem: "give begin_time, or lookback"},
		{name: "end alone", arguments: arguments("", "1", ""), points: "end_time", problem: "end_time needs a start"},
		{name: "end alone where optional", optional: true, arguments: arguments("", "1", ""), points: "end_time", problem: "needs a start"},
		{name: "start and lookback", arguments: arguments("0", "", "1h"), points: "lookback", problem: "give one of them, not both"},
		{name: "reversed", arguments: arguments("1", "0", ""), points: "begin_time", problem: "must be before end_time"},
		{name: "unknown start", arguments: windowArguments{mnaWindow, unknown, text("0"), text("")}},
		{name: "unknown end", arguments: windowArguments{mnaWindow, text("1"), unknown, text("")}},
		{name: "unknown lookback", arguments: windowArguments{mnaWindow, text(""), text("1"), unknown}},
		{name: "unknown start beside lookback", arguments: windowArguments{mnaWindow, unknown, text(""), text("1h")}},
		{name: "start beside unknown lookback", arguments: windowArguments{mnaWindow, text("0"), text(""), unknown}},
		{name: "unknown end alone where optional", optional: true, arguments: windowArguments{mnaWindow, text(""), unknown, text("")}},
		{
			name: "unknown end alone", arguments: windowArguments{mnaWindow, text(""), unknown, text("")}, points: "begin_time",
			problem: "give begin_time, or lookback",
		},
		{name: "a malformed time is another validator's", arguments: arguments("now", "0", "")},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			problem := windowValidator{names: mnaWindow, optional: test.optional}.check(test.arguments)
			if test.problem != "" {
				expectDiagnostic(t, problem, test.points, test.problem)
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

func expectError(t *testing.T, err error, text string) {
	t.Helper()
	if err == nil || !strings.Contains(err.Error(), text) {
		t.Errorf("the error is %v, want %q in it", err, text)
	}
}

// expectDiagnostic fails unless a diagnostic points at the attribute and says the text.
func expectDiagnostic(t *testing.T, d diag.Diagnostic, attribute, text string) {
	t.Helper()
	if d == nil {
		t.Fatalf("there is no error, want %q", text)
	}
	points := ""
	if located, ok := d.(diag.DiagnosticWithPath); ok {
		points = located.Path().String()
	}
	if points != attribute || !strings.Contains(d.Detail(), text) {
		t.Errorf("[%s] %s: %s, want it on %q with %q", points, d.Summary(), d.Detail(), attribute, text)
	}
}
