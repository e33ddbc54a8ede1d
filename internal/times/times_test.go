// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package times_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/times"
)

func TestParse(t *testing.T) {
	const form = `must be RFC 3339 with an offset, such as "2026-01-15T00:00:00Z"`
	tests := []struct{ text, want, problem string }{
		{text: "2026-01-15T12:00:00Z", want: "2026-01-15T12:00:00Z"},
		{text: "2026-01-15T12:00:00+08:00", want: "2026-01-15T04:00:00Z"},
		{text: "2026-01-15T12:00:00-05:30", want: "2026-01-15T17:30:00Z"},
		{text: "0001-01-01T00:00:00Z", want: "0001-01-01T00:00:00Z"},
		{text: "9999-12-31T23:59:59Z", want: "9999-12-31T23:59:59Z"},
		{text: "2026-01-15T12:00:00.000Z", want: "2026-01-15T12:00:00Z"},
		{text: "0", want: "1970-01-01T00:00:00Z"},
		{text: "1768478400", want: "2026-01-15T12:00:00Z"},
		{text: "9999999999", want: "2286-11-20T17:46:39Z"},
		{text: "17684784000", problem: "must be unix seconds of at most 10 digits, got 11 digits"},
		{text: "1768478400123", problem: "must be unix seconds, got 1768478400123, which looks like milliseconds; write 1768478400"},
		{text: strings.Repeat("1", 40), problem: "got 40 digits"},
		{text: "2026-01-15T12:00:00.5Z", problem: `must be a whole second, got "2026-01-15T12:00:00.5Z"; write "2026-01-15T12:00:00Z"`},
		{text: "2026-01-15T12:00:00.5+08:00", problem: `; write "2026-01-15T12:00:00+08:00"`},
		{text: "1969-12-31T23:59:59.5Z", problem: `; write "1969-12-31T23:59:59Z"`},
		{text: "2026-01-15", problem: `must be a time, not a date, got "2026-01-15"; write "2026-01-15T00:00:00+08:00" for the start of that day`},
		{text: "2026-01-15T12:00:00", problem: `must have an offset from UTC, got "2026-01-15T12:00:00"; write "2026-01-15T12:00:00+08:00" for the vendor's time, or "2026-01-15T12:00:00Z" for UTC`},
		{text: "2026-01-15T12:00:00.000", problem: `must have an offset from UTC, got "2026-01-15T12:00:00.000"; write "2026-01-15T12:00:00+08:00"`},
		{text: "2026-01-15 12:00:00", problem: `must have an offset from UTC, got "2026-01-15 12:00:00"; write "2026-01-15T12:00:00+08:00"`},
		{text: "2026-01-15 12:00:00Z", problem: `must be RFC 3339, got "2026-01-15 12:00:00Z"; write "2026-01-15T12:00:00Z"`},
		{text: "2026-01-15T12:00:00+0800", problem: `must have an offset of the form +08:00, got "2026-01-15T12:00:00+0800"; write +08:00 instead of +0800`},
		{text: "2026-01-15T12:00:00.5+0800", problem: `must be a whole second, got "2026-01-15T12:00:00.5+0800"; write "2026-01-15T12:00:00+08:00"`},
		{text: "2026-01-15T12:00:00 UTC+8", problem: `; write "+08:00"`},
		{text: "2026-01-15T12:00:00 Asia/Shanghai", problem: "the offset must be"},
		{text: "2026-01-15T12:00:00+24:00", problem: `: the offset must be from "-23:59" to "+23:59"`},
		{text: "2026-01-15T12:00:00,5Z", problem: `must be a whole second, got "2026-01-15T12:00:00,5Z"; write "2026-01-15T12:00:00Z"`},
		{text: "2026-02-30T12:00:00Z", problem: form},
		{text: "2026-01-15T24:00:00Z", problem: form},
		{text: "2026-1-15T12:00:00Z", problem: form},
		{text: strings.Repeat("x", 1000), problem: `got "` + strings.Repeat("x", 40) + `"`},
		{text: "1768478400.5", problem: `must be a whole second, got "1768478400.5"; write 1768478400`},
		{text: "1768478400.", problem: form + ", or unix seconds"},
		{text: "1768478400123.5", problem: form + ", or unix seconds"},
		{text: "-1", problem: form + `, or unix seconds, got "-1"`},
		{text: "", problem: form},
	}
	for _, test := range tests {
		t.Run(test.text, func(t *testing.T) {
			got, err := times.Parse(test.text)
			expect(t, got.Format(time.RFC3339), err, test.want, test.problem)
		})
	}
}

func TestParseRFC3339TakesNoUnixSeconds(t *testing.T) {
	if got, err := times.ParseRFC3339("1768478400"); err == nil || strings.Contains(err.Error(), "unix") {
		t.Errorf("got %v, %v", got, err)
	}
}

// expect compares a result, or what an error has to say.
func expect(t *testing.T, got string, err error, want, problem string) {
	t.Helper()
	switch {
	case problem == "" && (err != nil || got != want):
		t.Errorf("got %s, %v, want %s", got, err, want)
	case problem != "" && (err == nil || !strings.Contains(err.Error(), problem)):
		t.Errorf("got %s, %v, want an error that says %q", got, err, problem)
	}
}

// FuzzParse reads any text: a time that is accepted is a whole second in UTC and reads the same in RFC 3339.
func FuzzParse(f *testing.F) {
	for _, text := range []string{
		"2026-01-15T00:00:00Z", "2026-01-15T08:00:00+08:00", "2026-01-15 08:00:00+0800", "2026-01-15T08:00:00,5Z", "2026-01-15",
		"0000-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "1768478400", "1768478400000", "2026-01-15T8:00:00Z", "0", "",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		at, err := times.Parse(text)
		if err != nil {
			if advice := regexp.MustCompile(`write "([^"]*)"`).FindStringSubmatch(err.Error()); advice != nil {
				if _, wrong := times.Parse(advice[1]); wrong != nil {
					t.Errorf("%q is refused with %v, but then: %v", text, err, wrong)
				}
			}
			return
		}
		if at.Nanosecond() != 0 || at.Location() != time.UTC {
			t.Errorf("%q is %s", text, at)
		}
		if at.Year() < 0 || at.Year() > 9999 {
			return // RFC 3339 writes the year only at the offset that was given.
		}
		if again, err := times.Parse(at.Format(time.RFC3339)); err != nil || !again.Equal(at) {
			t.Errorf("%q is %s, which reads as %s, %v", text, at, again, err)
		}
	})
}
