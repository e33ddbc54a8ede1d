// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package cdnetworks

import (
	"context"
	"slices"

	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

// Reports may be shared with other reads, so merging changes none of them.

// mergeDays merges reports of consecutive days about the same domains: it sums totals, keeps the highest peak (of equal
// ones the earlier) and appends items.
func mergeDays(reports []*RelayTrafficReport) *RelayTrafficReport {
	merged := *reports[0]
	merged.DateTo = reports[len(reports)-1].DateTo
	merged.Groups = make([]Group, 0, len(merged.Groups))
	var same matcher[string]
	for _, report := range reports {
		same.next()
		for _, group := range report.Groups {
			i, known := same.match(group.Domain)
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

// mergeDomains merges reports of the same days about different domains. Groups of single domains stay separate. Groups
// of all domains are summed; the peak of the sum is null, because the peaks may be at different times. The error is the
// context's.
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

// sum adds up groups, time by time. The error is the context's.
func sum(ctx context.Context, groups []Group) (Group, error) {
	total := Group{Domain: groups[0].Domain}
	var same matcher[int64]
	for _, group := range groups {
		same.next()
		total.Total = total.Total.Add(group.Total)
		for _, item := range group.Items {
			if err := transport.Ended(ctx); err != nil {
				return total, err
			}
			i, known := same.match(item.Time.Unix())
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

// matcher matches the elements of several lists by key. If a list repeats a key, its first element matches the first
// ones of the other lists, its second the second ones, and so on.
type matcher[K comparable] struct {
	places map[occurrence[K]]int
	seen   map[K]int
}

type occurrence[K comparable] struct {
	key K
	nth int
}

// next starts the next list.
func (m *matcher[K]) next() { m.seen = make(map[K]int) }

// match returns the index of the key among all distinct keys, in order of appearance, and whether it was seen before.
func (m *matcher[K]) match(key K) (place int, known bool) {
	at := occurrence[K]{key, m.seen[key]}
	m.seen[key]++
	place, known = m.places[at]
	if !known {
		if m.places == nil {
			m.places = make(map[occurrence[K]]int)
		}
		place = len(m.places)
		m.places[at] = place
	}
	return place, known
}
