// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package times

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"
)

// ErrZone is the error of a text that is not a time zone of the form GMT±hh:mm.
var ErrZone = errors.New(`must be a fixed offset GMT±hh:mm, such as "GMT+08:00" or "GMT-05:30"`)

var (
	zonePattern = regexp.MustCompile(`^GMT([+-])(0[0-9]|1[0-4]):([0-5][0-9])$`)
	// looseZone is an offset as people write it in other places: "UTC+8", "GMT+8", "+08:00", "+0800", "UTC".
	looseZone = regexp.MustCompile(`^(?i:UTC|GMT|Z)? ?(?:([+-])([0-9]{1,2})(?::?([0-9]{2}))?)?$`)
)

// namedZones maps common names of time zones, in lower case, to their offset. These zones have the same offset all year.
var namedZones = map[string]string{
	"asia/shanghai": "GMT+08:00", "asia/chongqing": "GMT+08:00", "asia/hong_kong": "GMT+08:00", "asia/taipei": "GMT+08:00",
	"asia/singapore": "GMT+08:00", "asia/kuala_lumpur": "GMT+08:00", "asia/manila": "GMT+08:00", "prc": "GMT+08:00",
	"asia/tokyo": "GMT+09:00", "asia/seoul": "GMT+09:00", "jst": "GMT+09:00", "asia/bangkok": "GMT+07:00",
	"asia/ho_chi_minh": "GMT+07:00", "asia/jakarta": "GMT+07:00", "asia/kolkata": "GMT+05:30", "asia/calcutta": "GMT+05:30",
	"asia/dubai": "GMT+04:00", "america/sao_paulo": "GMT-03:00", "etc/utc": "GMT+00:00",
}

// ParseZone reads a time zone with a fixed offset such as GMT+08:00, which is 8 hours ahead of UTC. The maximum offset is
// 14 hours and 59 minutes. The error wraps ErrZone and, for common mistakes, says what to write instead.
func ParseZone(text string) (*time.Location, error) {
	part := zonePattern.FindStringSubmatch(text)
	if part == nil {
		return nil, fmt.Errorf("%w, got %.40q%s", ErrZone, text, zoneAdvice(text))
	}
	offset := twoDigits(part[2])*3600 + twoDigits(part[3])*60
	if part[1] == "-" {
		offset = -offset
	}
	return time.FixedZone(text, offset), nil
}

// zoneAdvice says what to write instead of a text, or returns "" if it does not recognize the text.
func zoneAdvice(text string) string {
	name := strings.ToLower(text)
	if zone := namedZones[name]; zone != "" {
		return fmt.Sprintf("; write %q", zone)
	}
	if name == "cst" {
		return `; CST is "GMT+08:00" in China and "GMT-06:00" in America`
	}
	part := looseZone.FindStringSubmatch(text)
	if part == nil || text == "" {
		if strings.Contains(text, "/") {
			return "; names of time zones are not accepted, because their offset can change"
		}
		return ""
	}
	right := "GMT+00:00"
	if part[2] != "" {
		right = fmt.Sprintf("GMT%s%02d:%02d", part[1], twoDigits(part[2]), twoDigits(part[3]))
	}
	if !zonePattern.MatchString(right) {
		return ""
	}
	return fmt.Sprintf("; write %q", right)
}
