// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package cdnetworks

import (
	"fmt"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/jsonread"
)

// checkDays returns an error if the report names other days than the request or contains a time outside of them. If the
// report's zone is not the requested one, a time may be within the days of either zone.
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

// labelsEnds reports whether times may be the ends of periods. The last one is then the midnight after the last day.
func (r RelayTrafficRequest) labelsEnds() bool {
	return r.TimeRounding != "down" && (r.Granularity == "5m" || r.Granularity == "1h")
}

// covers reports whether a time is within the requested days, in the requested zone or in its own. If end is true, the
// midnight after the last day counts as within.
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
