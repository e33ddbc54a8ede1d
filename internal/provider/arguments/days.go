// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package arguments

import "time"

// Days is a range of whole days, First and Last inclusive. Each is the midnight at which the day begins, in the zone of
// the vendor's day. Zones are fixed offsets, so a day has 24 hours.
type Days struct{ First, Last time.Time }

// Window returns the range as a half-open window.
func (d *Days) Window() *Window { return &Window{Start: d.First, End: d.Last.AddDate(0, 0, 1)} }

// Days returns the days of a window of whole days.
func (w *Window) Days() *Days { return &Days{w.Start, w.End.AddDate(0, 0, -1)} }

// All returns every day of the range.
func (d *Days) All() []time.Time {
	var days []time.Time
	for day := d.First; !day.After(d.Last); day = day.AddDate(0, 0, 1) {
		days = append(days, day)
	}
	return days
}

// midnight returns the beginning of the day that t belongs to in the zone.
func midnight(t time.Time, zone *time.Location) time.Time {
	y, m, d := t.In(zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, zone)
}

// Date returns the day of a time in its own zone as yyyy-MM-dd.
func Date(t time.Time) string { return t.Format(time.DateOnly) }
