// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package cdnetworks

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/excerpt"
)

// ErrZone is the error of an invalid time zone.
var ErrZone = errors.New("not of the form GMT±hh:mm with at most 14 hours")

var zonePattern = regexp.MustCompile(`^GMT([+-])(0[0-9]|1[0-4]):([0-5][0-9])$`)

// ParseZone reads a time zone such as GMT+08:00 as a fixed offset. Positive offsets are east of UTC. Hours are 00 to 14 and
// minutes 00 to 59. The error is ErrZone.
func ParseZone(name string) (*time.Location, error) {
	part := zonePattern.FindStringSubmatch(name)
	if part == nil {
		return nil, fmt.Errorf("%w: %s", ErrZone, excerpt.Quote(name))
	}
	// Both are two digits, so parsing cannot fail.
	hours, _ := strconv.Atoi(part[2])
	minutes, _ := strconv.Atoi(part[3])
	offset := hours*3600 + minutes*60
	if part[1] == "-" {
		offset = -offset
	}
	return time.FixedZone(name, offset), nil
}
