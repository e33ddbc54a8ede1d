// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package arguments

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/edgestats/terraform-provider-edgestats/internal/times"
)

func TestTimes(t *testing.T) {
	const form = `must be RFC 3339 with an offset, such as "2026-01-15T00:00:00Z", or unix seconds, got `
	tests := []struct{ text, want, problem string }{
		{text: "2026-01-15T12:00:00Z", want: "2026-01-15T12:00:00Z"},
		{text: "2026-01-15T12:00:00+08:00", want: "2026-01-15T04:00:00Z"},
		{text: "2026-01-15T12:00:00-05:30", want: "2026-01-15T17:30:00Z"},
		{text: "2026-01-15T12:00:00.000Z", want: "2026-01-15T12:00:00Z"},
		{text: "1970-01-01T00:00:00Z", want: "1970-01-01T00:00:00Z"},
		{text: "0", want: "1970-01-01T00:00:00Z"},
		{text: "1768478400", want: "2026-01-15T12:00:00Z"},
		{text: "9999999999", want: "2286-11-20T17:46:39Z"},
		{text: "17684784000", problem: "must be unix seconds of at most 10 digits, got 11 digits"},
		{text: "1768478400123", problem: "must be unix seconds, got 1768478400123, which looks like milliseconds; write 1768478400"},
		{text: "1768478400.5", problem: `must be a whole second, got "1768478400.5"; write 1768478400`},
		{text: "-1", problem: form + `"-1"`},
		{text: "", problem: form + `""`},
		{text: "yesterday", problem: form + `"yesterday"`},
		{text: "2026-02-30T12:00:00Z", problem: form + `"2026-02-30T12:00:00Z"`},
		{text: "2026-01-15T12:00:00+0800", problem: `must have an offset of the form +08:00, got "2026-01-15T12:00:00+0800"; write +08:00 instead of +0800`},
		{text: "2026-01-15T12:00:00-05", problem: `must have an offset of the form +08:00, got "2026-01-15T12:00:00-05"; write -05:00 instead of -05`},
		{text: "2026-01-15T12:00:00.5Z", problem: `must be a whole second, got "2026-01-15T12:00:00.5Z"; write "2026-01-15T12:00:00Z"`},
		{text: "2026-01-15T12:00:00.123+0800", problem: `must be a whole second, got "2026-01-15T12:00:00.123+0800"; write "2026-01-15T12:00:00+08:00"`},
		{text: "2026-01-15T12:00:00", problem: `must have an offset from UTC, got "2026-01-15T12:00:00"; write "2026-01-15T12:00:00+08:00" for the vendor's time, or "2026-01-15T12:00:00Z" for UTC`},
		{text: "2026-01-15 12:00", problem: `must have an offset from UTC, got "2026-01-15 12:00"; write "2026-01-15T12:00:00+08:00" for the vendor's time, or "2026-01-15T12:00:00Z" for UTC`},
		{text: "2026-01-15", problem: `must be a time, not a date, got "2026-01-15"; write "2026-01-15T00:00:00+08:00" for the start of that day`},
		{text: "2026-01-15 12:00:00Z", problem: `must be RFC 3339, got "2026-01-15 12:00:00Z"; write "2026-01-15T12:00:00Z"`},
		{text: "2026-01-15 12:00:00 +08:00", problem: `must be RFC 3339, got "2026-01-15 12:00:00 +08:00"; write "2026-01-15T12:00:00+08:00"`},
		{text: "2026-01-15t12:00:00z", problem: `must be RFC 3339, got "2026-01-15t12:00:00z"; write "2026-01-15T12:00:00Z"`},
		{text: "2026-01-15T12:00Z", problem: `must be RFC 3339, got "2026-01-15T12:00Z"; write "2026-01-15T12:00:00Z"`},
		{text: "1969-12-31T23:59:59Z", problem: `must be from 1970 to 2286, got "1969-12-31T23:59:59Z"`},
		{text: "2286-11-20T17:46:40Z", problem: `must be from 1970 to 2286, got "2286-11-20T17:46:40Z"`},
	}
	for _, test := range tests {
		t.Run(test.text, func(t *testing.T) {
			got, err := parseTime(test.text)
			expectError(t, err, test.problem)
			if err == nil {
				expect(t, got.Format(time.RFC3339), test.want)
			}
		})
	}
}

func TestTimesBeforeThePlanAreNotChecked(t *testing.T) {
	for text, isBefore := range map[string]bool{
		"0001-01-01T00:00:00Z":      true,
		"0001-01-01T08:00:00+08:00": true,
		"0000-12-25T00:00:00Z":      true, // A week before, by timeadd.
		"-62135596800":              true, // The provider's function unix.
		"0001-01-01":                true, // By formatdate.
		"1969-12-31T23:59:59Z":      false,
		"0":                         false,
		"-1":                        false,
		"2026-01-15":                false,
		"now":                       false,
	} {
		if isBeforePlan(text) != isBefore {
			t.Errorf("%s: got %t", text, !isBefore)
		}
		if got := validateText(t, isTime(), types.StringValue(text)); isBefore && got != "" {
			t.Error(got)
		}
	}
	expect(t, validateText(t, isTime(), types.StringValue("1969-12-31T23:59:59Z")),
		`error argument: argument must be from 1970 to 2286, got "1969-12-31T23:59:59Z".`)
}

func TestDates(t *testing.T) {
	tests := []struct{ text, problem string }{
		{"2026-01-15", ""},
		{"2024-02-29", ""},
		{"2026-02-29", `must be a date such as "2026-01-15", got "2026-02-29"`},
		{"today", `must be a date such as "2026-01-15", got "today"`},
		{"", `must be a date such as "2026-01-15", got ""`},
		{"2026-1-5", `must be a date such as "2026-01-15", got "2026-1-5"; write "2026-01-05"`},
		{"2026/01/15", `must be a date such as "2026-01-15", got "2026/01/15"; write "2026-01-15"`},
		{"20260115", `must be a date such as "2026-01-15", got "20260115"; write "2026-01-15"`},
		{"2026-01-15T00:00:00+08:00", `must be a date such as "2026-01-15", got "2026-01-15T00:00:00+08:00"; write "2026-01-15"`},
		{"1768478400", `must be a date such as "2026-01-15", got "1768478400"`},
	}
	for _, test := range tests {
		_, err := parseDate(test.text, time.UTC)
		expectError(t, err, test.problem)
	}
}

func TestDurationsAreValidated(t *testing.T) {
	for _, test := range []struct {
		text   string
		names  string
		isZero bool
	}{
		{text: "24h"},
		{text: "0s", isZero: true},
		{text: "30", names: "30h"},
		{text: "7D", names: "7d"},
		{text: "P7D", names: "7d"},
	} {
		lookback, offset := isLookback().check(test.text), isOffset().check(test.text)
		if (lookback != nil) != (test.names != "" || test.isZero) || (offset != nil) != (test.names != "") {
			t.Errorf("%s: lookback is refused with %v, offset with %v", test.text, lookback, offset)
		}
		if test.names != "" && !strings.Contains(lookback.Error(), test.names) {
			t.Errorf("%s: %v does not name %s", test.text, lookback, test.names)
		}
	}
}

// FuzzParseTime reads any text: a time that is accepted is a whole second in UTC that 10 digits hold, and reads the same
// in RFC 3339; what an error says to write is a time.
func FuzzParseTime(f *testing.F) {
	for _, text := range []string{"2026-01-15T00:00:00Z", "2026-01-15 08:00+0800", "1768478400", "1768478400000", "2026-01-15", "0", ""} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		isBeforePlan(text)
		at, err := parseTime(text)
		if err != nil {
			expectGoodAdvice(t, err, func(advice string) error {
				_, err := times.Parse(advice)
				return err
			})
			return
		}
		if at.Unix() < 0 || at.Unix() > maxUnix || at.Nanosecond() != 0 || at.Location() != time.UTC {
			t.Errorf("%q is %s", text, at)
		}
		if again, err := parseTime(at.Format(time.RFC3339)); err != nil || !again.Equal(at) {
			t.Errorf("%q is %s, which reads as %s, %v", text, at, again, err)
		}
	})
}

// expectGoodAdvice fails where an error says to write something that is refused itself.
func expectGoodAdvice(t *testing.T, err error, check func(string) error) {
	t.Helper()
	if advice := regexp.MustCompile(`write "([^"]*)"`).FindStringSubmatch(err.Error()); advice != nil {
		if wrong := check(advice[1]); wrong != nil {
			t.Errorf("%v, but then: %v", err, wrong)
		}
	}
}

// FuzzParseDate reads any text: a date that is accepted reads the same as it is written, and so does what an error says to
// write.
func FuzzParseDate(f *testing.F) {
	for _, text := range []string{"2026-01-15", "2026/1/5", "20260115", "2026-01-15T00:00:00Z", ""} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		day, err := parseDate(text, Beijing)
		if err != nil {
			expectGoodAdvice(t, err, isDate().check)
		} else if Date(day) != text {
			t.Errorf("%q is %s", text, Date(day))
		}
	})
}
