// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package cdnetworks

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// items returns hourly items with the given traffic from an hour of the day on. "" is null.
func items(t *testing.T, hour int, traffic ...string) []Item {
	t.Helper()
	list := make([]Item, len(traffic))
	for i, text := range traffic {
		list[i] = Item{Time: hourOf(hour + i), Traffic: number(t, text)}
	}
	return list
}

func hourOf(n int) time.Time { return time.Date(2026, 1, 1, n, 0, 0, 0, shanghai) }

// expectMerged compares a merged report. The reports must not change, because other reads may share them.
func expectMerged(t *testing.T, reports func() []*RelayTrafficReport, merge func([]*RelayTrafficReport) *RelayTrafficReport, want []Group) {
	t.Helper()
	parts := reports()
	merged := merge(parts)
	if diff := cmp.Diff(want, merged.Groups); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if merged.Type != parts[0].Type || merged.Location != parts[0].Location {
		t.Errorf("type %q in %s", merged.Type, merged.Location)
	}
	sameLocation := cmp.Comparer(func(a, b *time.Location) bool { return a == b })
	if diff := cmp.Diff(reports(), parts, sameLocation); diff != "" {
		t.Errorf("merging changed a part:\n%s", diff)
	}
	for _, part := range parts {
		for _, g := range part.Groups {
			for _, item := range g.Items[len(g.Items):cap(g.Items)] {
				if item != (Item{}) {
					t.Errorf("merging wrote %v behind the items of a part", item)
				}
			}
		}
	}
}

// parts returns a function that creates reports with these groups. Their items have spare capacity, as after append.
func parts(t *testing.T, groups ...[]Group) func() []*RelayTrafficReport {
	t.Helper()
	return func() []*RelayTrafficReport {
		var reports []*RelayTrafficReport
		for _, list := range groups {
			r := &RelayTrafficReport{Type: "get-cdn-relay-traffic", Location: shanghai, Groups: []Group{}}
			for _, g := range list {
				g.Items = append(make([]Item, 0, 100), g.Items...)
				r.Groups = append(r.Groups, g)
			}
			reports = append(reports, r)
		}
		return reports
	}
}

func TestMergeDays(t *testing.T) {
	peak := func(domain, total, bandwidth string, hour int, list []Item) Group {
		return Group{Domain: domain, Total: number(t, total), PeakBandwidth: number(t, bandwidth), PeakTime: hourOf(hour), Items: list}
	}
	for name, test := range map[string]struct{ days, want []Group }{
		"totals, peaks and items": {
			[]Group{peak("a", "0.1", "9.9", 3, items(t, 0, "1", "")), peak("a", "0.2", "10", 25, items(t, 24, "2"))},
			[]Group{peak("a", "0.3", "10", 25, append(items(t, 0, "1", ""), items(t, 24, "2")...))},
		},
		"the earlier one of equal peaks": {
			[]Group{peak("a", "1", "10.0", 3, nil), peak("a", "1", "10", 25, nil)},
			[]Group{peak("a", "2", "10", 3, []Item{})},
		},
		"a peak of days without one": {
			[]Group{{Domain: "a", Total: number(t, "1")}, peak("a", "", "0", 25, nil)},
			[]Group{{Domain: "a", Total: number(t, "1"), PeakBandwidth: number(t, "0"), PeakTime: hourOf(25), Items: []Item{}}},
		},
		"nothing measured": {
			[]Group{{Domain: "a"}, {Domain: "a"}},
			[]Group{{Domain: "a", Items: []Item{}}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			expectMerged(t, parts(t, test.days[:1], test.days[1:]), mergeDays, test.want)
		})
	}
}

func TestMergeDaysKeepsGroupsApart(t *testing.T) {
	group := func(domain, total string, list []Item) Group {
		return Group{Domain: domain, Total: number(t, total), Items: list}
	}
	expectMerged(
		t, parts(
			t,
			[]Group{group("b", "1", items(t, 0, "1")), group("a", "2", items(t, 0, "2")), group("b", "3", items(t, 0, "3"))},
			nil,
			[]Group{group("c", "4", items(t, 24, "4")), group("b", "5", items(t, 24, "5")), group("b", "6", items(t, 24, "6"))},
			[]Group{group("c", "7", items(t, 48, "7"))},
		), mergeDays, []Group{
			group("b", "6", append(items(t, 0, "1"), items(t, 24, "5")...)), group("a", "2", items(t, 0, "2")),
			group("b", "9", append(items(t, 0, "3"), items(t, 24, "6")...)), group("c", "11", append(items(t, 24, "4"), items(t, 48, "7")...)),
		},
	)
	expectMerged(t, parts(t, nil, nil), mergeDays, []Group{})
}

// merging returns mergeDomains with the context of the test.
func merging(t *testing.T, grouped bool) func([]*RelayTrafficReport) *RelayTrafficReport {
	t.Helper()
	return func(r []*RelayTrafficReport) *RelayTrafficReport {
		merged, err := mergeDomains(t.Context(), r, grouped)
		if err != nil {
			t.Fatal(err)
		}
		return merged
	}
}

func TestMergeDomainsEndsWithTheContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	reports := parts(t, []Group{{Items: items(t, 0, "1")}}, []Group{{Items: items(t, 0, "1")}})()
	if merged, err := mergeDomains(ctx, reports, false); !errors.Is(err, context.Canceled) {
		t.Errorf("%+v, %v", merged, err)
	}
}

func TestMergeDomains(t *testing.T) {
	first := Group{Total: number(t, "0.1"), PeakBandwidth: number(t, "5"), PeakTime: hourOf(0), Items: items(t, 0, "0.1", "", "", "1")}
	second := Group{Total: number(t, "0.2"), PeakBandwidth: number(t, "6"), PeakTime: hourOf(1), Items: items(t, 0, "0.2", "5", "")}
	third := Group{Total: number(t, ""), Items: items(t, 2, "", "2", "3")}
	all := [][]Group{{first}, {second}, nil, {third}}
	ungrouped, grouped := merging(t, false), merging(t, true)

	expectMerged(t, parts(t, all...), grouped, []Group{first, second, third})
	expectMerged(t, parts(t, all...), ungrouped, []Group{{Total: number(t, "0.3"), Items: items(t, 0, "0.3", "5", "", "3", "3")}})
	expectMerged(t, parts(t, nil, nil), ungrouped, []Group{})
	expectMerged(t, parts(t, []Group{first}), ungrouped, []Group{first})
}

// If answers repeat a time, their first items are summed, and so are their second ones.
func TestMergeDomainsKeepsRepeatedTimes(t *testing.T) {
	twice := func(traffic ...string) []Group {
		return []Group{{Items: append(items(t, 1, traffic[0]), items(t, 1, traffic[1], traffic[2])...)}}
	}
	expectMerged(
		t, parts(t, twice("1", "10", "100"), []Group{{Items: items(t, 0, "7", "2")}}, twice("3", "30", "300")),
		merging(t, false),
		[]Group{{Items: append(items(t, 0, "7", "6"), items(t, 1, "40", "400")...)}},
	)
}
