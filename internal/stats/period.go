// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package stats

import "time"

// PeriodStart returns the start of the period that contains a time, in the time zone of the periods. The zone must have the
// same offset all year.
type PeriodStart func(time.Time) time.Time

const day = 24 * time.Hour

// Periods returns periods of a fixed length in whole seconds, at least one. The first one begins at 1970-01-01T00:00 in the
// zone, so that hours begin on the hour and days at midnight.
func Periods(length time.Duration, zone *time.Location) PeriodStart {
	return periodsSince(time.Date(1970, time.January, 1, 0, 0, 0, 0, zone), length)
}

// Weeks returns periods that begin on Mondays at midnight in the zone.
func Weeks(zone *time.Location) PeriodStart {
	return periodsSince(time.Date(1970, time.January, 5, 0, 0, 0, 0, zone), 7*day)
}

// Months returns calendar months, which begin at midnight in the zone.
func Months(zone *time.Location) PeriodStart {
	return func(t time.Time) time.Time {
		year, month, _ := t.In(zone).Date()
		return time.Date(year, month, 1, 0, 0, 0, 0, zone)
	}
}

// periodsSince returns periods of which one begins at origin. It counts in seconds, because a time.Duration cannot hold the
// distance between times that are centuries apart.
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
