// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package cdnetworks

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/decimal"
	"github.com/edgestats/terraform-provider-edgestats/internal/split"
)

// maxItems is the most items that one call is made to answer. More would come near the cap on the size of a body.
const maxItems = 100_000

// parts cuts a request into requests that the vendor answers: first the domains, and the days of each list of them.
// Each inner list holds the days of one list of domains.
func (r RelayTrafficRequest) parts() ([][]RelayTrafficRequest, error) {
	if r.DateFrom == "" && r.DateTo == "" {
		return [][]RelayTrafficRequest{{r}}, nil
	}
	days, err := r.days()
	if err != nil {
		return nil, err
	}
	perDay := map[string]int{"5m": 288, "1h": 24}[r.Granularity]
	perDay = max(perDay, 1)
	atOnce := min(MaxDays, max(1, int(days.End.Sub(days.Start)/day)))
	domains := MaxDomains
	if r.grouped() {
		domains = min(MaxDomains, max(1, maxItems/(perDay*atOnce)))
	}
	var parts [][]RelayTrafficRequest
	for _, list := range split.List(r.Domains, domains) {
		var part []RelayTrafficRequest
		for _, window := range split.Windows(days, MaxDays*day) {
			p := r
			p.Domains = list
			p.DateFrom, p.DateTo = window.Start.Format(time.DateOnly), window.End.Add(-day).Format(time.DateOnly)
			part = append(part, p)
		}
		parts = append(parts, part)
	}
	return parts, nil
}

const day = 24 * time.Hour

// days returns the days of the request as a half-open window. Only their distance counts, so they are read as UTC.
func (r RelayTrafficRequest) days() (split.Window, error) {
	first, err := time.Parse(time.DateOnly, r.DateFrom)
	if err != nil {
		return split.Window{}, fmt.Errorf("date from: %w", err)
	}
	last, err := time.Parse(time.DateOnly, r.DateTo)
	if err != nil {
		return split.Window{}, fmt.Errorf("date to: %w", err)
	}
	return split.Window{Start: first, End: last.Add(day)}, nil
}

func (r RelayTrafficRequest) grouped() bool { return slices.Contains(r.GroupBy, "domain") }

// String names a part in an error.
func (r RelayTrafficRequest) String() string {
	name := r.DateFrom + " to " + r.DateTo
	switch n := len(r.Domains); {
	case n > 3:
		name += fmt.Sprintf(" of %d domains from %s to %s", n, r.Domains[0], r.Domains[n-1])
	case n > 0:
		name += " of " + strings.Join(r.Domains, ", ")
	}
	return name
}

// fetch asks for all parts together and merges them.
func (c *Client) fetch(ctx context.Context, r RelayTrafficRequest, parts [][]RelayTrafficRequest) (*RelayTrafficReport, error) {
	all := slices.Concat(parts...)
	if err := c.config.Policy.CheckFits(ctx, len(all)); err != nil {
		return nil, err
	}
	reports, err := split.Fetch(ctx, all, func(ctx context.Context, part RelayTrafficRequest) (*RelayTrafficReport, error) {
		report, err := c.part(ctx, part)
		if err != nil && len(all) > 1 {
			err = fmt.Errorf("part %s: %w", part, err)
		}
		return report, err
	})
	if err != nil {
		return nil, err
	}
	var byDomains []*RelayTrafficReport
	for _, days := range parts {
		byDomains = append(byDomains, mergeDays(reports[:len(days)]))
		reports = reports[len(days):]
	}
	return mergeDomains(byDomains, r.grouped()), nil
}

// mergeDays merges reports of neighbouring days about the same domains: totals are summed, the highest peak wins with
// its time (the earlier one of equals), items follow each other.
func mergeDays(reports []*RelayTrafficReport) *RelayTrafficReport {
	merged := *reports[0]
	index := make(map[string]int, len(merged.Groups))
	for i, group := range merged.Groups {
		index[group.Domain] = i
	}
	for _, report := range reports[1:] {
		for _, group := range report.Groups {
			i, known := index[group.Domain]
			if !known {
				index[group.Domain] = len(merged.Groups)
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

// mergeDomains merges reports of the same days about different domains. Groups of single domains stay what they are. A
// group of all domains becomes the sum of the parts; its peak is not known then, since the parts' peaks need not
// coincide.
func mergeDomains(reports []*RelayTrafficReport, grouped bool) *RelayTrafficReport {
	merged := *reports[0]
	if len(reports) == 1 {
		return &merged
	}
	var groups []Group
	for _, report := range reports {
		groups = append(groups, report.Groups...)
	}
	if !grouped && len(groups) > 0 {
		groups = []Group{sumGroups(groups)}
	}
	merged.Groups = groups
	return &merged
}

func sumGroups(groups []Group) Group {
	sum := Group{Domain: groups[0].Domain}
	// An answer may repeat a time: the first items of a time are added up, then the second ones.
	type place struct {
		second int64
		nth    int
	}
	index := make(map[place]int)
	for _, group := range groups {
		sum.Total = sum.Total.Add(group.Total)
		seen := make(map[int64]int)
		for _, item := range group.Items {
			at := place{item.Time.Unix(), seen[item.Time.Unix()]}
			seen[at.second]++
			i, known := index[at]
			if !known {
				index[at] = len(sum.Items)
				sum.Items = append(sum.Items, Item{Time: item.Time, Traffic: decimal.Decimal{}})
				i = index[at]
			}
			sum.Items[i].Traffic = sum.Items[i].Traffic.Add(item.Traffic)
		}
	}
	slices.SortStableFunc(sum.Items, func(a, b Item) int { return a.Time.Compare(b.Time) })
	return sum
}
