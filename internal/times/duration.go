// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package times

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/common/model"
)

// ParseDuration reads a duration as Prometheus does, such as "30m", "24h", "7d", "2w" or "1d12h". Units go from the largest to the
// smallest; a day has 24 hours, a week 7 days and a year 365 days. The result is whole seconds, and zero for "0s" and "0".
//
// See https://prometheus.io/docs/prometheus/latest/querying/basics/#float-literals-and-time-durations.
func ParseDuration(text string) (time.Duration, error) {
	parsed, err := model.ParseDuration(text)
	if err != nil {
		return 0, durationError(text)
	}
	duration := time.Duration(parsed)
	if duration%time.Second != 0 {
		return 0, fmt.Errorf("must be whole seconds, got %.40q", text)
	}
	return duration, nil
}

// ParsePositiveDuration is like ParseDuration, but zero is an error.
func ParsePositiveDuration(text string) (time.Duration, error) {
	duration, err := ParseDuration(text)
	if err == nil && duration == 0 {
		return 0, errors.New(`must be greater than 0, such as "24h" or "7d"`)
	}
	return duration, err
}

// durationError returns an error that says what is wrong with a text that is not a Prometheus duration.
func durationError(text string) error {
	switch {
	case digits.MatchString(text):
		return fmt.Errorf("must have a unit, got %.40q; write %.40q for hours or %.40q for days", text, text+"h", text+"d")
	case strings.HasPrefix(text, "-"):
		return fmt.Errorf("must not be negative, got %.40q%s", text, durationAdvice(text[1:]))
	case isTooLong(text):
		return fmt.Errorf("must be at most 292 years, got %.40q", text)
	}
	return fmt.Errorf(`must be a duration such as "30m", "24h", "7d" or "1d12h", got %.40q%s`, text, durationAdvice(text))
}

var (
	// parts are numbers with the units of Prometheus.
	parts = regexp.MustCompile(`^(?:[0-9]+(?:ms|[smhdwy]))+$`)
	// loosePart is a number with a unit, as people write it in other places; the number may be missing.
	loosePart  = regexp.MustCompile(`([0-9]*\.?[0-9]*) *([a-zA-Z]+) *`)
	looseParts = regexp.MustCompile(`^(?:` + loosePart.String() + `)+$`)
)

// isTooLong reports whether a text that is not a valid duration is well formed. Then only its length is wrong.
func isTooLong(text string) bool {
	if !parts.MatchString(text) {
		return false
	}
	last := time.Duration(math.MaxInt64)
	for _, match := range loosePart.FindAllStringSubmatch(text, -1) {
		length, _ := unit(match[2])
		if length >= last {
			return false
		}
		last = length
	}
	return true
}

// durationAdvice says how to write a duration that is written in another common form: "7D", "P7D", "hour", "24 hours", "1.5h".
func durationAdvice(text string) string {
	const longest = 40
	text = withoutISO(strings.TrimSpace(text))
	if len(text) > longest || !looseParts.MatchString(text) {
		return ""
	}
	var joined strings.Builder
	var seconds float64
	for _, match := range loosePart.FindAllStringSubmatch(text, -1) {
		length, letter := unit(match[2])
		number := cmp.Or(match[1], "1")
		count, err := strconv.ParseFloat(number, 64)
		if length == 0 || err != nil {
			return ""
		}
		joined.WriteString(number + letter)
		seconds += count * length.Seconds()
	}
	plain, err := model.ParseDuration(joined.String())
	if err == nil && plain > 0 && time.Duration(plain)%time.Second == 0 {
		return fmt.Sprintf("; write %q", joined.String())
	}
	whole, fraction := math.Modf(seconds + 1e-6) // Rounding errors are smaller.
	if whole == 0 || whole > math.MaxInt32 || fraction > 2e-6 {
		return ""
	}
	return fmt.Sprintf("; write %q", model.Duration(whole)*model.Duration(time.Second))
}

// withoutISO converts an ISO 8601 duration such as "P1DT12H" to plain parts such as "1D12h". Months keep a capital M, which
// unit does not accept. Other texts are unchanged.
func withoutISO(text string) string {
	rest, found := strings.CutPrefix(text, "P")
	if !found {
		return text
	}
	date, clock, _ := strings.Cut(rest, "T")
	return date + strings.ToLower(clock)
}

// unit returns the length of a unit and its name in Prometheus, or zero for an unknown unit. A capital M is unknown,
// because it may be a month, which has no fixed length.
func unit(word string) (length time.Duration, letter string) {
	if word == "M" {
		return 0, ""
	}
	const day = 24 * time.Hour
	switch strings.ToLower(word) {
	case "ms":
		return time.Millisecond, "ms"
	case "s", "sec", "secs", "second", "seconds":
		return time.Second, "s"
	case "m", "min", "mins", "minute", "minutes":
		return time.Minute, "m"
	case "h", "hr", "hrs", "hour", "hours", "hourly":
		return time.Hour, "h"
	case "d", "day", "days", "daily":
		return day, "d"
	case "w", "wk", "wks", "week", "weeks", "weekly":
		return 7 * day, "w"
	case "y", "yr", "yrs", "year", "years", "yearly":
		return 365 * day, "y"
	}
	return 0, ""
}
