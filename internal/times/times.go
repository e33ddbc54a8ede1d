// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package times reads times, durations and offsets from UTC as users type them. Each error says what to write instead and
// continues a sentence that begins with the name of an argument: "must be …".
package times

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// form is how to write a time.
const form = `RFC 3339 with an offset, such as "2026-01-15T00:00:00Z"`

var (
	digits         = regexp.MustCompile(`^[0-9]+$`)
	fractionOfUnix = regexp.MustCompile(`^([0-9]{1,10})\.[0-9]+$`)
	shape          = regexp.MustCompile(`T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})$`)
	fraction       = regexp.MustCompile(`^[.,][0-9]+`)
)

// Parse reads RFC 3339 with an offset, or unix seconds, and returns the time in UTC. It accepts whole seconds only.
func Parse(text string) (time.Time, error) {
	if digits.MatchString(text) {
		return ParseUnix(text)
	}
	if part := fractionOfUnix.FindStringSubmatch(text); part != nil {
		return time.Time{}, fmt.Errorf("must be a whole second, got %.40q; write %s", text, part[1])
	}
	return parse(text, form+", or unix seconds")
}

// ParseRFC3339 reads RFC 3339 with an offset and returns the time in UTC. It accepts whole seconds only.
func ParseRFC3339(text string) (time.Time, error) { return parse(text, form) }

func parse(text, form string) (time.Time, error) {
	if problem := nearMiss(text); problem != nil {
		return time.Time{}, problem
	}
	t, err := time.Parse(time.RFC3339, text)
	if err != nil || !isStrict(text) {
		return time.Time{}, fmt.Errorf("must be %s, got %.40q%s", form, text, offsetProblem(text))
	}
	return t.UTC(), nil
}

// isStrict reports whether a time that time.Parse accepts is valid RFC 3339. time.Parse also accepts hours of one digit, a
// comma before a fraction, and "+24:00".
func isStrict(text string) bool {
	match := shape.FindStringSubmatch(text)
	if match == nil {
		return false
	}
	_, err := ParseOffset(match[1])
	return err == nil
}

// offsetProblem says what is wrong with the offset of a time, or returns "" if the offset is valid or the rest of the time
// is not.
func offsetProblem(text string) string {
	const layout = "2006-01-02T15:04:05"
	if len(text) < len(layout) {
		return ""
	}
	local, zone := strings.Replace(text[:len(layout)], " ", "T", 1), fraction.ReplaceAllString(text[len(layout):], "")
	if _, err := time.Parse(layout, local); err != nil {
		return ""
	}
	if _, err := ParseOffset(zone); err != nil {
		return ": the offset " + err.Error()
	}
	return ""
}

// ParseUnix reads 1 to 10 digits as unix seconds and returns the time in UTC. 13 digits are an error, because they look
// like milliseconds.
func ParseUnix(text string) (time.Time, error) {
	switch len(text) {
	default:
		return time.Time{}, fmt.Errorf("must be unix seconds of at most 10 digits, got %d digits", len(text))
	case 13:
		return time.Time{}, fmt.Errorf("must be unix seconds, got %s, which looks like milliseconds; write %s", text, text[:10])
	case 1, 2, 3, 4, 5, 6, 7, 8, 9, 10:
		seconds, err := strconv.ParseInt(text, 10, 64)
		return time.Unix(seconds, 0).UTC(), err
	}
}
