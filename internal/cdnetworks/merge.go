// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package cdnetworks

import (
	"context"
	"slices"

	"github.com/edgestats/terraform-provider-edgestats/internal/split"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

// mergeDays merges reports of consecutive days about the same domains. It sums totals, keeps the highest peak (the earliest
// of equal ones) and appends items. It does not change the reports, because other reads may share them.
func mergeDays(reports []*RelayTrafficReport) *RelayTrafficReport {
	merged := *reports[0]
	merged.DateTo = reports[len(reports)-1].DateTo
	merged.Groups = make([]Group, 0, len(merged.Groups))
	var groups split.Matcher[string]
	for _, report := range reports {
		groups.Next()
		for _, group := range report.Groups {
			i, known := groups.Match(group.Domain)
			if !known {
				group.Items = slices.Clip(group.Items)
				merged.Groups = append(merged.Groups, group)
				continue
			}
			into := &merged.Groups[i]
			into.Total = into.Total.Add(group.Total)
			into.Items = append(into.Items, group.Items...)
			if into.PeakBandwidth.Cmp(group.PeakBandwidth) < 0 {
				into.PeakBandwidth, into.PeakTime = group.PeakBandwidth, group.PeakTime
			}
		}
	}
	return &merged
}

// mergeDomains merges reports of the same days about different domains. Groups of single domains stay separate. Groups of
// all domains are summed, and the peak of the sum is null, because their peaks may be at different times. The only error is
// that of ctx.
func mergeDomains(ctx context.Context, reports []*RelayTrafficReport, grouped bool) (*RelayTrafficReport, error) {
	merged := *reports[0]
	if len(reports) == 1 {
		return &merged, nil
	}
	merged.Groups = []Group{}
	for _, report := range reports {
		merged.Groups = append(merged.Groups, report.Groups...)
	}
	if !grouped && len(merged.Groups) > 0 {
		total, err := sum(ctx, merged.Groups)
		if err != nil {
			return nil, err
		}
		merged.Groups = []Group{total}
	}
	return &merged, nil
}

// sum adds up groups time by time. The only error is that of ctx.
func sum(ctx context.Context, groups []Group) (Group, error) {
	total := Group{Domain: groups[0].Domain}
	var times split.Matcher[int64]
	for _, group := range groups {
		times.Next()
		total.Total = total.Total.Add(group.Total)
		for _, item := range group.Items {
			if err := transport.Ended(ctx); err != nil {
				return total, err
			}
			i, known := times.Match(item.Time.Unix())
			if !known {
				total.Items = append(total.Items, item)
				continue
			}
			total.Items[i].Traffic = total.Items[i].Traffic.Add(item.Traffic)
		}
	}
	slices.SortStableFunc(total.Items, func(a, b Item) int { return a.Time.Compare(b.Time) })
	return total, nil
}
