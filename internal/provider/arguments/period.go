// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package arguments

import (
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

const beijingOffset = 8 * time.Hour

// Beijing is the zone of the vendors' day: UTC+8 all year.
var Beijing = time.FixedZone("GMT+08:00", int(beijingOffset/time.Second))

// epoch is a border of all periods: unix time 0 means "from the beginning", and nothing before it can be asked for.
var epoch = time.Unix(0, 0).In(Beijing)

// Period is one step of a time granularity. Periods follow each other without a gap, from border to border.
type Period struct {
	noun string
	// length is zero for months, which vary.
	length time.Duration
}

// The periods of the vendors. Days and months begin at midnight UTC+8.
var (
	Minute      = Period{"minute", time.Minute}
	FiveMinutes = Period{"5-minute period", 5 * time.Minute}
	Hour        = Period{"hour", time.Hour}
	Day         = Period{"day", 24 * time.Hour}
	Month       = Period{"month", 0}
)

// String names one period, such as "hour".
func (p Period) String() string { return p.noun }

// Floor returns the border at or before t, in UTC+8. The first border is 1970-01-01T00:00:00Z.
func (p Period) Floor(t time.Time) time.Time {
	t = t.In(Beijing)
	border := time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, Beijing)
	if p.length > 0 {
		border = t.Add(beijingOffset).Truncate(p.length).Add(-beijingOffset)
	}
	if border.Before(epoch) {
		return epoch
	}
	return border
}

// Ceil returns the border at or after t, in UTC+8.
func (p Period) Ceil(t time.Time) time.Time {
	border := p.Floor(t)
	if border.Before(t) {
		return p.next(border)
	}
	return border
}

// next returns the border after a border.
func (p Period) next(border time.Time) time.Time {
	if p.length == 0 {
		return time.Date(border.Year(), border.Month()+1, 1, 0, 0, 0, 0, Beijing)
	}
	return p.Floor(border.Add(p.length))
}

// isBorder reports whether a period begins at t.
func (p Period) isBorder(t time.Time) bool { return p.Floor(t).Equal(t) }

// Seconds returns the length, null for months.
func (p Period) Seconds() types.Int64 {
	if p.length == 0 {
		return types.Int64Null()
	}
	return types.Int64Value(int64(p.length / time.Second))
}

// PeriodSecondsAttribute describes period_seconds.
func PeriodSecondsAttribute() schema.Int64Attribute {
	return ComputedInteger("Length of a period in seconds.")
}
