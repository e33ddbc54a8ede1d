// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package arguments

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/times"
)

// maxUnix is the greatest time that 10 digits of unix seconds hold.
const maxUnix = 9_999_999_999

// isTime accepts what parseTime reads.
func isTime() TextRule {
	return Text("RFC 3339 with an offset, or unix seconds", func(text string) error {
		if isBeforePlan(text) {
			return nil
		}
		_, err := parseTime(text)
		return err
	})
}

// isBeforePlan reports whether a time, unix seconds or a date is computed of plantimestamp() without a plan. Where there
// is none, in validation, Terraform before 1.10 and OpenTofu before 1.9.1 let that be the first second of year 1 instead
// of unknown.
func isBeforePlan(text string) bool {
	const endOfYear1 = -62_104_060_800
	if seconds, err := strconv.ParseInt(text, 10, 64); err == nil {
		return seconds < endOfYear1
	}
	if day, err := time.Parse(time.DateOnly, text); err == nil {
		return day.Year() <= 1
	}
	t, err := time.Parse(time.RFC3339, text)
	return err == nil && t.Year() <= 1
}

// parseTime reads RFC 3339 with an offset, or unix seconds, from 1970 to 2286. The result is in UTC.
func parseTime(text string) (time.Time, error) {
	if problem := strangeTime(text); problem != nil {
		return time.Time{}, problem
	}
	t, err := times.Parse(text)
	if err == nil && (t.Unix() < 0 || t.Unix() > maxUnix) {
		return time.Time{}, fmt.Errorf("must be from 1970 to 2286, got: %.40q", text)
	}
	return t, err
}

// looseTime is a time as people write it in other places: a day, then perhaps a clock with seconds and fractions, then
// perhaps an offset.
var looseTime = regexp.MustCompile(
	`^([0-9]{4}-[0-9]{2}-[0-9]{2})(?:([Tt ])([0-9]{2}:[0-9]{2})(:[0-9]{2})?([.,][0-9]+)?)? ?([Zz]|[+-][0-9]{2}(?::?[0-9]{2})?)?$`)

// strangeTime says what to write instead of a time that is nearly RFC 3339. It is nil for all other texts, right or wrong.
func strangeTime(text string) error {
	part := looseTime.FindStringSubmatch(text)
	if part == nil {
		return nil
	}
	clock, seconds, fraction, offset := part[3], part[4], part[5], part[6]
	if clock == "" {
		clock = "00:00"
	}
	if seconds == "" {
		seconds = ":00"
	}
	right := part[1] + "T" + clock + seconds + wellFormedOffset(offset)
	hasFraction := strings.Trim(fraction, ".0") != ""
	isRight := !hasFraction && strings.Replace(text, fraction, "", 1) == right
	if isRight || !exists(right) {
		return nil
	}
	got := fmt.Sprintf("got: %.60q", text)
	switch {
	case part[3] == "":
		return fmt.Errorf("must be a time and not a day only: write %q for its beginning, %s", right, got)
	case hasFraction:
		return fmt.Errorf("must be a whole second: write %q, %s", right, got)
	case offset == "":
		return fmt.Errorf("has no offset from UTC: write %q for the vendor's time, or %q for UTC, %s",
			right, strings.TrimSuffix(right, "+08:00")+"Z", got)
	case wellFormedOffset(offset) != strings.ToUpper(offset):
		return fmt.Errorf("has the offset %s: write %s, %s", offset, wellFormedOffset(offset), got)
	}
	return fmt.Errorf("must be RFC 3339: write %q, %s", right, got)
}

// exists reports whether RFC 3339 names a time that there is: not the 30th of February.
func exists(text string) bool {
	_, err := time.Parse(time.RFC3339, text)
	return err == nil
}

// wellFormedOffset returns an offset of RFC 3339 as it is and others with a colon. Without one it is that of the vendors.
func wellFormedOffset(offset string) string {
	switch len(offset) {
	case len(""):
		return "+08:00"
	case len("+08"):
		return offset + ":00"
	case len("+0800"):
		return offset[:3] + ":" + offset[3:]
	}
	return strings.ToUpper(offset)
}

// errNotADate is the reason to refuse a date that no better one is known for.
var errNotADate = errors.New(`must be a date such as "2026-01-15"`)

// isDate accepts what parseDate reads.
func isDate() TextRule {
	return Text("a date, yyyy-MM-dd", func(text string) error {
		_, err := parseDate(text, time.UTC)
		return err
	})
}

// looseDate is a date as people write it in other places, perhaps with a time after it.
var looseDate = regexp.MustCompile(`^([0-9]{4})[-/.]?([0-9]{1,2})[-/.]?([0-9]{1,2})(?:[Tt ][0-9:.,Zz+-]*)?$`)

// parseDate reads yyyy-MM-dd and returns the midnight at which the day begins in the zone.
func parseDate(text string, zone *time.Location) (time.Time, error) {
	day, err := time.ParseInLocation(time.DateOnly, text, zone)
	if err == nil {
		return day, nil
	}
	err = fmt.Errorf("%w, got: %.40q", errNotADate, text)
	part := looseDate.FindStringSubmatch(text)
	if part == nil {
		return time.Time{}, err
	}
	right := part[1] + "-" + twoDigits(part[2]) + "-" + twoDigits(part[3])
	if _, wrong := time.Parse(time.DateOnly, right); wrong != nil {
		return time.Time{}, err
	}
	return time.Time{}, fmt.Errorf("must be a date: write %q, got: %.40q", right, text)
}

// twoDigits puts a zero before a single digit, and two in place of none.
func twoDigits(digits string) string { return strings.Repeat("0", max(0, 2-len(digits))) + digits }

// Zone returns a validator of time zones that are a fixed offset GMT±hh:mm.
func Zone() TextRule {
	return Text("a zone GMT±hh:mm", func(text string) error {
		_, err := times.ParseZone(text)
		return err
	})
}
