// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package times

import (
	"fmt"
	"regexp"
	"strings"
	"time"
)

// looseTime is a time as people write it in other places: a day, then perhaps a clock with seconds and fractions, then
// perhaps an offset.
var looseTime = regexp.MustCompile(
	`^([0-9]{4}-[0-9]{2}-[0-9]{2})(?:([Tt ])([0-9]{2}:[0-9]{2})(:[0-9]{2})?([.,][0-9]+)?)? ?([Zz]|[+-][0-9]{2}(?::?[0-9]{2})?)?$`)

// nearMiss returns an error that says what to write instead of a time that is nearly RFC 3339 or has a fraction of a
// second. It returns nil for all other texts, valid or not.
func nearMiss(text string) error {
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
	got := fmt.Sprintf("got %.60q; write %q", text, right)
	switch {
	case part[3] == "":
		return fmt.Errorf("must be a time, not a date, %s for the start of that day", got)
	case hasFraction:
		return fmt.Errorf("must be a whole second, %s", got)
	case offset == "":
		return fmt.Errorf("must have an offset from UTC, %s for the vendor's time, or %q for UTC", got, strings.TrimSuffix(right, "+08:00")+"Z")
	case wellFormedOffset(offset) != strings.ToUpper(offset):
		return fmt.Errorf("must have an offset of the form +08:00, got %.60q; write %s instead of %s", text, wellFormedOffset(offset), offset)
	}
	return fmt.Errorf("must be RFC 3339, %s", got)
}

// exists reports whether a text in the form of RFC 3339 is a real time. February 30, for example, does not exist.
func exists(text string) bool {
	_, err := time.Parse(time.RFC3339, text)
	return err == nil
}

// wellFormedOffset returns an offset in the form of RFC 3339. An empty offset becomes +08:00, which the vendors use.
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
