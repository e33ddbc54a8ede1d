// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package times

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

var (
	offset = regexp.MustCompile(`^([+-])([0-9]{2}):([0-9]{2})$`)
	// looseOffset is an offset as people write it in other places: "+0800", "+8", "UTC+8", "GMT+08:00", "UTC".
	looseOffset = regexp.MustCompile(`^ *(?i:UTC|GMT|Z)? *(?:([+-]?)([0-9]{1,2}):?([0-9]{2})?)?$`)
	zoneName    = regexp.MustCompile(`^[A-Za-z]+[A-Za-z0-9/_+-]*$`)
)

// ParseOffset reads an offset from UTC in the form of RFC 3339, such as "+08:00" or "Z", and returns a time zone with this
// fixed offset.
func ParseOffset(text string) (*time.Location, error) {
	const form = `must be hours and minutes such as "+08:00", or "Z" for UTC`
	if text == "Z" {
		return time.UTC, nil
	}
	if match := offset.FindStringSubmatch(text); match != nil {
		hours, minutes := twoDigits(match[2]), twoDigits(match[3])
		if hours > 23 || minutes > 59 {
			return nil, fmt.Errorf(`must be from "-23:59" to "+23:59", got %q`, text)
		}
		seconds := (hours*60 + minutes) * 60
		if match[1] == "-" {
			seconds = -seconds
		}
		return time.FixedZone(text, seconds), nil
	}
	if advice := offsetAdvice(text); advice != "" {
		return nil, fmt.Errorf("%s, got %.40q; write %q", form, text, advice)
	}
	if zoneName.MatchString(text) {
		return nil, fmt.Errorf("%s, got %.40q; names of time zones are not accepted, because their offset can change", form, text)
	}
	return nil, fmt.Errorf("%s, got %.40q", form, text)
}

// offsetAdvice returns the RFC 3339 form of an offset in another common form, or "" if it does not recognize the offset.
func offsetAdvice(text string) string {
	match := looseOffset.FindStringSubmatch(text)
	switch {
	case match == nil || strings.TrimSpace(text) == "":
		return ""
	case match[2] == "":
		return "Z"
	}
	sign := match[1]
	if sign == "" {
		sign = "+"
	}
	advice := fmt.Sprintf("%s%02d:%02d", sign, twoDigits(match[2]), twoDigits(match[3]))
	if _, err := ParseOffset(advice); err != nil {
		return ""
	}
	return advice
}

// twoDigits converts up to two digits to a number. "" is zero.
func twoDigits(text string) int {
	n, _ := strconv.Atoi(text)
	return n
}
