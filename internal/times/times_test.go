// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package times_test

import (
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
		{text: "1768478400123", problem: "is 1768478400123, which looks like milliseconds; unix seconds would be 1768478400"},
		{text: strings.Repeat("1", 40), problem: "got 40 digits"},
		{text: "2026-01-15T12:00:00.5Z", problem: `must be a whole second, got: "2026-01-15T12:00:00.5Z"`},
		{text: "2026-02-30T12:00:00Z", problem: form},
		{text: "1768478400.5", problem: form + ", or unix seconds"},
		{text: "-1", problem: form + `, or unix seconds, got: "-1"`},
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
