// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package cdnetworks

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

// domains returns n names.
func domains(n int) []string {
	names := make([]string, n)
	for i := range names {
		names[i] = fmt.Sprintf("www%d.example.com", i)
	}
	return names
}

// dayOf returns the date n days after 2024-01-01.
func dayOf(n int) string { return time.Date(2024, 1, 1+n, 0, 0, 0, 0, time.UTC).Format(time.DateOnly) }

// days returns the number of days of a part.
func days(t *testing.T, part RelayTrafficRequest) int {
	t.Helper()
	first, errFirst := time.Parse(time.DateOnly, part.DateFrom)
	last, errLast := time.Parse(time.DateOnly, part.DateTo)
	if errFirst != nil || errLast != nil {
		t.Fatal(errFirst, errLast)
	}
	return int(last.Sub(first)/day) + 1
}

func TestPartsCoverEveryDayOfEveryDomainOnce(t *testing.T) {
	random := rand.New(rand.NewPCG(53, 54))
	for range 300 {
		r := RelayTrafficRequest{
			Granularity: []string{"", "1d", "1h", "5m"}[random.IntN(4)], Domains: domains(random.IntN(5000)),
			Timezone: "GMT-03:30", TimeRounding: "down", ServiceTypes: []string{"web"}, BillingRegions: []string{"cn"},
		}
		if random.IntN(2) == 0 {
			r.GroupBy = []string{"domain"}
		}
		first, length := random.IntN(400), 1+random.IntN(330)
		r.DateFrom, r.DateTo = dayOf(first), dayOf(first+length-1)
		parts, err := r.parts()
		if err != nil {
			t.Fatal(err)
		}
		var covered []string
		for _, list := range parts {
			covered = append(covered, list[0].Domains...)
			next := first
			for _, part := range list {
				expectAnswerable(t, part)
				if part.DateFrom != dayOf(next) || !slices.Equal(part.Domains, list[0].Domains) {
					t.Fatalf("part %s does not follow the one that ends before %s", part, dayOf(next))
				}
				next += days(t, part)
				rest, whole := part, r
				rest.Domains, rest.DateFrom, rest.DateTo = nil, r.DateFrom, r.DateTo
				whole.Domains = nil
				if !reflect.DeepEqual(rest, whole) {
					t.Fatalf("part %+v of %+v", rest, whole)
				}
			}
			if next != first+length {
				t.Fatalf("the parts of %s end before %s", r, dayOf(next))
			}
		}
		if !slices.Equal(covered, r.Domains) {
			t.Fatalf("%d of %d domains are in the parts", len(covered), len(r.Domains))
		}
	}
}

// expectAnswerable fails if a part exceeds a limit of the vendor or of a body.
func expectAnswerable(t *testing.T, part RelayTrafficRequest) {
	t.Helper()
	items := days(t, part)
	switch part.Granularity {
	case "1h":
		items *= 24
	case "5m":
		items *= 288
	}
	if part.grouped() {
		items *= max(1, len(part.Domains))
	}
	if n := days(t, part); n < 1 || n > 30 || len(part.Domains) > 2000 || items > 100_000 {
		t.Fatalf("part %s has %d days, %d domains and %d items", part, n, len(part.Domains), items)
	}
}

func TestThereAreNoMorePartsThanNeeded(t *testing.T) {
	for _, test := range []struct {
		request RelayTrafficRequest
		want    int
	}{
		{RelayTrafficRequest{DateFrom: dayOf(0), DateTo: dayOf(0)}, 1},
		{RelayTrafficRequest{DateFrom: dayOf(0), DateTo: dayOf(0), Domains: domains(2000)}, 1},
		{RelayTrafficRequest{DateFrom: dayOf(0), DateTo: dayOf(0), Domains: domains(2001)}, 2},
		{RelayTrafficRequest{DateFrom: dayOf(0), DateTo: dayOf(0), Domains: domains(348), Granularity: "5m", GroupBy: []string{"domain"}}, 2},
		{RelayTrafficRequest{DateFrom: dayOf(0), DateTo: dayOf(29)}, 1},
		{RelayTrafficRequest{DateFrom: dayOf(0), DateTo: dayOf(30)}, 2},
		{RelayTrafficRequest{DateFrom: dayOf(0), DateTo: dayOf(399), Domains: domains(2)}, 14},
		{RelayTrafficRequest{DateFrom: dayOf(0), DateTo: dayOf(729), Domains: domains(2000), Granularity: "5m"}, 25},
		{RelayTrafficRequest{DateFrom: dayOf(0), DateTo: dayOf(29), Domains: domains(12), Granularity: "5m", GroupBy: []string{"domain"}}, 2},
		{RelayTrafficRequest{DateFrom: dayOf(0), DateTo: dayOf(29), Domains: domains(2001), GroupBy: []string{"domain"}}, 2},
	} {
		parts, err := test.request.parts()
		if n := len(slices.Concat(parts...)); err != nil || n != test.want {
			t.Errorf("%s: %d parts, %v; want %d", test.request, n, err, test.want)
		}
	}
}

func TestInvalidDatesAreErrors(t *testing.T) {
	for want, r := range map[string]RelayTrafficRequest{
		`date from: parsing time "" as "2006`:           {},
		"date from: ":                                   {DateTo: dayOf(0)},
		"date to: ":                                     {DateFrom: dayOf(0)},
		"date to: 2024-01-01 is before 2024-01-02":      {DateFrom: dayOf(1), DateTo: dayOf(0)},
		`date from: parsing time "today" as "2006-01-0`: {DateFrom: "today", DateTo: dayOf(0)},
	} {
		if _, err := r.parts(); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%+v: error %v, want %s", r, err, want)
		}
	}
}

func TestPartsAreNamed(t *testing.T) {
	for want, r := range map[string]RelayTrafficRequest{
		"2024-01-01 to 2024-01-02": {DateFrom: dayOf(0), DateTo: dayOf(1)},
		"2024-01-01 to 2024-01-01 of www0.example.com, www1.example.com, www2.example.com": {DateFrom: dayOf(0), DateTo: dayOf(0), Domains: domains(3)},
		"2024-01-01 to 2024-01-01 of 4 domains from www0.example.com to www3.example.com":  {DateFrom: dayOf(0), DateTo: dayOf(0), Domains: domains(4)},
	} {
		if got := r.String(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
