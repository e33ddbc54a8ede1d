// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package times reads times as users type them. Each error says what to write instead and fits behind the name of an argument:
// "must be …".
package times

import (
	"fmt"
	"regexp"
	"strconv"
	"time"
)

// form is how to write a time.
const form = `RFC 3339 with an offset, such as "2026-01-15T00:00:00Z"`

var digits = regexp.MustCompile(`^[0-9]+$`)

// Parse reads RFC 3339 with an offset, or unix seconds, and returns the time in UTC. It accepts whole seconds only.
func Parse(text string) (time.Time, error) {
	if digits.MatchString(text) {
		return ParseUnix(text)
	}
	return parse(text, form+", or unix seconds")
}

// ParseRFC3339 reads RFC 3339 with an offset and returns the time in UTC. It accepts whole seconds only.
func ParseRFC3339(text string) (time.Time, error) { return parse(text, form) }

// rfc3339 is stricter than time.Parse, which accepts the offset +24:00 and hours of one digit.
var rfc3339 = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$`)

func parse(text, form string) (time.Time, error) {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil || !rfc3339.MatchString(text) {
		return time.Time{}, fmt.Errorf("must be %s, got: %q", form, text)
	}
	if t.Nanosecond() != 0 {
		return time.Time{}, fmt.Errorf("must be a whole second, got: %q", text)
	}
	return t.UTC(), nil
}

// ParseUnix reads 1 to 10 digits as unix seconds and returns the time in UTC. 13 digits are refused as milliseconds.
func ParseUnix(text string) (time.Time, error) {
	switch len(text) {
	default:
		return time.Time{}, fmt.Errorf("must be unix seconds of at most 10 digits, got %d digits", len(text))
	case 13:
		return time.Time{}, fmt.Errorf("is %s, which looks like milliseconds; unix seconds would be %s", text, text[:10])
	case 1, 2, 3, 4, 5, 6, 7, 8, 9, 10:
		seconds, err := strconv.ParseInt(text, 10, 64)
		return time.Unix(seconds, 0).UTC(), err
	}
}
