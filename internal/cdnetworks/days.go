// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package cdnetworks

import (
	"fmt"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/jsonread"
)

// checkDays refuses a report about other days than those asked for in the zone. The report's own zone may be another one:
// then a time may be of those days in either zone.
func (report *RelayTrafficReport) checkDays(r RelayTrafficRequest, zone *time.Location) error {
	if report.DateFrom != "" && report.DateFrom != r.DateFrom {
		return jsonread.At("dateFrom", fmt.Errorf("%.40q instead of %q", report.DateFrom, r.DateFrom))
	}
	if report.DateTo != "" && report.DateTo != r.DateTo {
		return jsonread.At("dateTo", fmt.Errorf("%.40q instead of %q", report.DateTo, r.DateTo))
	}
	for i, group := range report.Groups {
		for j, item := range group.Items {
			if !r.covers(item.Time, zone, r.labelsEnds()) {
				return jsonread.At(fmt.Sprintf("groups[%d].item[%d].time", i, j), r.otherDay(item.Time))
			}
		}
		if !group.PeakTime.IsZero() && !r.covers(group.PeakTime, zone, true) {
			return jsonread.At(fmt.Sprintf("groups[%d].peakTime", i), r.otherDay(group.PeakTime))
		}
	}
	return nil
}

// labelsEnds reports whether a label may be the end of its period, which for the last one is the midnight after the last day.
func (r RelayTrafficRequest) labelsEnds() bool {
	return r.TimeRounding != "down" && (r.Granularity == "5m" || r.Granularity == "1h")
}

// covers reports whether a time is of the days of the request, in the zone asked for or in its own. The end is the midnight
// after the last day.
func (r RelayTrafficRequest) covers(t time.Time, zone *time.Location, end bool) bool {
	for _, location := range []*time.Location{zone, t.Location()} {
		first, errFirst := time.ParseInLocation(time.DateOnly, r.DateFrom, location)
		last, errLast := time.ParseInLocation(time.DateOnly, r.DateTo, location)
		after := last.Add(day)
		if errFirst == nil && errLast == nil && !t.Before(first) && (t.Before(after) || end && t.Equal(after)) {
			return true
		}
	}
	return false
}

func (r RelayTrafficRequest) otherDay(t time.Time) error {
	return fmt.Errorf("%s is not within the requested days, %s to %s", t.Format(time.RFC3339), r.DateFrom, r.DateTo)
}
