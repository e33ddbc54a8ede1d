// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package stats

import "time"

// PeriodStart returns the start of the period that holds a time, in the zone of the periods. Zones have the same offset all year.
type PeriodStart func(time.Time) time.Time

const day = 24 * time.Hour

// Periods have a length of whole seconds, at least one. They are counted from 1970-01-01T00:00 in the zone, so those of an hour or a
// day begin at full hours and at midnight.
func Periods(length time.Duration, zone *time.Location) PeriodStart {
	return periodsSince(time.Date(1970, time.January, 1, 0, 0, 0, 0, zone), length)
}

// Weeks begin at midnight before a Monday in the zone.
func Weeks(zone *time.Location) PeriodStart {
	return periodsSince(time.Date(1970, time.January, 5, 0, 0, 0, 0, zone), 7*day)
}

// Months are those of the calendar and begin at midnight in the zone.
func Months(zone *time.Location) PeriodStart {
	return func(t time.Time) time.Time {
		year, month, _ := t.In(zone).Date()
		return time.Date(year, month, 1, 0, 0, 0, 0, zone)
	}
}

// periodsSince counts in seconds, because a time.Duration cannot hold the distance between times that are centuries apart.
func periodsSince(origin time.Time, length time.Duration) PeriodStart {
	step := int64(length / time.Second)
	return func(t time.Time) time.Time {
		elapsed := t.Unix() - origin.Unix()
		rest := elapsed % step
		if rest < 0 {
			rest += step
		}
		return time.Unix(origin.Unix()+elapsed-rest, 0).In(origin.Location())
	}
}
