// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package arguments

import (
	"testing"
	"time"
)

// FuzzParseTime reads any text: a time that is accepted is a whole second in UTC that 10 digits hold, and reads the
// same in RFC 3339.
func FuzzParseTime(f *testing.F) {
	for _, text := range []string{"2026-01-15T00:00:00Z", "2026-01-15T08:00:00+08:00", "1768478400", "1768478400000", "2026-01-15", "0", ""} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		at, err := parseTime(text)
		if err != nil {
			return
		}
		if at.Unix() < 0 || at.Unix() > 9_999_999_999 || at.Nanosecond() != 0 || at.Location() != time.UTC {
			t.Errorf("%q is %s", text, at)
		}
		if again, err := parseTime(at.Format(time.RFC3339)); err != nil || !again.Equal(at) {
			t.Errorf("%q is %s, which reads as %s, %v", text, at, again, err)
		}
	})
}

// FuzzParseLookback reads any text: a duration that is accepted is positive, of whole seconds, and reads the same as
// Go writes it.
func FuzzParseLookback(f *testing.F) {
	for _, text := range []string{"24h", "168h", "7d", "1m30s", "0s", "-1h", "1.5h", "1ns", "24", ""} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		lookback, err := parseLookback(text)
		if err != nil {
			return
		}
		if lookback <= 0 || lookback%time.Second != 0 {
			t.Errorf("%q is %s", text, lookback)
		}
		if again, err := parseLookback(lookback.String()); err != nil || again != lookback {
			t.Errorf("%q is %s, which reads as %s, %v", text, lookback, again, err)
		}
	})
}
