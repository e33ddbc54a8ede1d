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
	t, err := times.Parse(text)
	if err == nil && (t.Unix() < 0 || t.Unix() > maxUnix) {
		return time.Time{}, fmt.Errorf("must be from 1970 to 2286, got %.40q", text)
	}
	return t, err
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
	err = fmt.Errorf("%w, got %.40q", errNotADate, text)
	part := looseDate.FindStringSubmatch(text)
	if part == nil {
		return time.Time{}, err
	}
	right := part[1] + "-" + twoDigits(part[2]) + "-" + twoDigits(part[3])
	if _, wrong := time.Parse(time.DateOnly, right); wrong != nil {
		return time.Time{}, err
	}
	return time.Time{}, fmt.Errorf("%w, got %.40q; write %q", errNotADate, text, right)
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
