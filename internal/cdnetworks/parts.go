// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package cdnetworks

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/limit"
	"github.com/edgestats/terraform-provider-edgestats/internal/split"
)

// maxItems is the maximum number of items in one response, so that the response stays well below transport.MaxBody.
const maxItems = 100_000

const day = 24 * time.Hour

// parts splits a request into requests that the vendor accepts. Each inner list covers all days for one list of domains.
func (r RelayTrafficRequest) parts() ([][]RelayTrafficRequest, error) {
	windows, err := r.windows()
	if err != nil {
		return nil, err
	}
	var parts [][]RelayTrafficRequest
	for _, domains := range split.List(r.Domains, r.domainsAtOnce(windows[0])) {
		days := make([]RelayTrafficRequest, len(windows))
		for i, window := range windows {
			days[i] = r
			days[i].Domains = domains
			days[i].DateFrom, days[i].DateTo = window.Start.Format(time.DateOnly), window.End.Add(-day).Format(time.DateOnly)
		}
		parts = append(parts, days)
	}
	return parts, nil
}

// windows splits the days of the request into windows of at most MaxDays. It parses them as UTC, because only the number of
// days matters.
func (r RelayTrafficRequest) windows() ([]split.Window, error) {
	first, err := time.Parse(time.DateOnly, r.DateFrom)
	if err != nil {
		return nil, fmt.Errorf("date from: %w", err)
	}
	last, err := time.Parse(time.DateOnly, r.DateTo)
	if err != nil {
		return nil, fmt.Errorf("date to: %w", err)
	}
	if last.Before(first) {
		return nil, fmt.Errorf("date to: %s is before %s", r.DateTo, r.DateFrom)
	}
	return split.Windows(split.Window{Start: first, End: last.Add(day)}, MaxDays*day), nil
}

// domainsAtOnce returns the maximum number of domains in one call for a window.
func (r RelayTrafficRequest) domainsAtOnce(window split.Window) int {
	if !r.grouped() {
		return MaxDomains
	}
	itemsPerDay := max(1, map[string]int{"5m": 288, "1h": 24}[r.Granularity])
	items := itemsPerDay * int(window.End.Sub(window.Start)/day)
	return min(MaxDomains, maxItems/items)
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

// fetch requests the parts concurrently and merges them.
func (c *Client) fetch(ctx context.Context, r RelayTrafficRequest, parts [][]RelayTrafficRequest) (*RelayTrafficReport, error) {
	all := slices.Concat(parts...)
	if err := c.config.Policy.CheckFits(ctx, len(all)); err != nil {
		return nil, err
	}
	summands := 1
	if !r.grouped() {
		summands = len(parts) // Each item is a sum over all lists of domains.
	}
	total := r.Limits.Read(summands)
	reports, err := split.Fetch(ctx, all, func(ctx context.Context, part RelayTrafficRequest) (*RelayTrafficReport, error) {
		report, err := c.part(ctx, part)
		if err == nil {
			err = total.Add(report.Size())
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
	return mergeDomains(ctx, byDomains, r.grouped())
}

// Size returns the numbers of groups and items.
func (report *RelayTrafficReport) Size() limit.Size {
	size := limit.Size{Series: len(report.Groups)}
	for _, group := range report.Groups {
		size.Points += len(group.Items)
	}
	return size
}
