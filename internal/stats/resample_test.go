// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package stats

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/decimal"
)

var (
	beijing = time.FixedZone("+08:00", 8*60*60)
	kolkata = time.FixedZone("+05:30", 5*60*60+30*60)
	newYork = time.FixedZone("-05:00", -5*60*60)
)

func TestPeriodStarts(t *testing.T) {
	tests := []struct {
		name, time string
		start      PeriodStart
		want       string
	}{
		{"hour", "2026-01-15T12:34:56Z", Periods(time.Hour, beijing), "2026-01-15T20:00:00+08:00"},
		{"hour at half an hour", "2026-01-15T12:15:00Z", Periods(time.Hour, kolkata), "2026-01-15T17:00:00+05:30"},
		{"day before midnight", "2026-01-15T15:59:59Z", Periods(day, beijing), "2026-01-15T00:00:00+08:00"},
		{"day at midnight", "2026-01-15T16:00:00Z", Periods(day, beijing), "2026-01-16T00:00:00+08:00"},
		{"week on Monday", "2026-01-12T00:00:00+08:00", Weeks(beijing), "2026-01-12T00:00:00+08:00"},
		{"week on Sunday", "2026-01-18T23:59:59+08:00", Weeks(beijing), "2026-01-12T00:00:00+08:00"},
		{"week of the first day", "1970-01-01T00:00:00Z", Weeks(time.UTC), "1969-12-29T00:00:00Z"},
		{"seven days", "2026-01-14T23:59:59Z", Periods(7*day, time.UTC), "2026-01-08T00:00:00Z"},
		{"month", "2026-02-28T15:59:59Z", Months(beijing), "2026-02-01T00:00:00+08:00"},
		{"month at midnight", "2026-02-28T16:00:00Z", Months(beijing), "2026-03-01T00:00:00+08:00"},
		{"leap day", "2024-02-29T12:00:00Z", Months(time.UTC), "2024-02-01T00:00:00Z"},
		{"odd length", "1970-01-01T00:01:46Z", Periods(7*time.Second, time.UTC), "1970-01-01T00:01:45Z"},
		{"from the first midnight in the zone", "1970-01-01T06:00:00Z", Periods(5*time.Hour, newYork), "1970-01-01T00:00:00-05:00"},
		{"before the first midnight", "1970-01-01T04:59:59Z", Periods(5*time.Hour, newYork), "1969-12-31T19:00:00-05:00"},
		{"longer than time", "2026-01-15T00:00:00Z", Periods(292*365*day, time.UTC), "1970-01-01T00:00:00Z"},
		{"year 1", "0001-01-01T00:00:00Z", Periods(day, time.UTC), "0001-01-01T00:00:00Z"},
		{"year 9999", "9999-12-31T23:59:59Z", Weeks(time.UTC), "9999-12-27T00:00:00Z"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			at, err := time.Parse(time.RFC3339, test.time)
			if err != nil {
				t.Fatal(err)
			}
			if got := test.start(at).Format(time.RFC3339); got != test.want {
				t.Errorf("the period of %s starts at %s, want %s", test.time, got, test.want)
			}
		})
	}
}

func TestResample(t *testing.T) {
	tests := map[string]struct{ series, sum, max, min, average, count, last string }{
		"one":               {"5=7", "0=7", "0=7", "0=7", "0=7", "0=1", "0=7"},
		"two periods":       {"0=1 59=2 60=4", "0=3 60=4", "0=2 60=4", "0=1 60=4", "0=1.5 60=4", "0=2 60=1", "0=2 60=4"},
		"a gap":             {"0=1 120=2", "0=1 120=2", "0=1 120=2", "0=1 120=2", "0=1 120=2", "0=1 120=1", "0=1 120=2"},
		"out of order":      {"60=4 10=2 0=1", "0=3 60=4", "0=2 60=4", "0=1 60=4", "0=1.5 60=4", "0=2 60=1", "0=2 60=4"},
		"nulls":             {"0=1 1=null 60=null 2=3", "0=4", "0=3", "0=1", "0=2", "0=2", "0=3"},
		"null is not last":  {"0=1 1=2 2=null", "0=3", "0=2", "0=1", "0=1.5", "0=2", "0=2"},
		"the same time":     {"5=1 5=3 5=2", "0=6", "0=3", "0=1", "0=2", "0=3", "0=2"},
		"rounded average":   {"0=1 1=1 2=2", "0=4", "0=2", "0=1", "0=1.333333", "0=3", "0=2"},
		"exact":             {"0=0.1 1=9007199254740993", "0=9007199254740993.1", "0=9007199254740993", "0=0.1", "0=4503599627370496.55", "0=2", "0=9007199254740993"},
		"negative":          {"0=-1 1=-2", "0=-3", "0=-1", "0=-2", "0=-1.5", "0=2", "0=-2"},
		"the day before":    {"-1=1 0=2", "-60=1 0=2", "-60=1 0=2", "-60=1 0=2", "-60=1 0=2", "-60=1 0=1", "-60=1 0=2"},
		"nothing":           {"", "", "", "", "", "", ""},
		"nothing but nulls": {"0=null 60=null", "", "", "", "", "", ""},
	}
	for name, test := range tests {
		for aggregate, want := range map[Aggregate]string{
			Sum: test.sum, Max: test.max, Min: test.min, Average: test.average, Count: test.count, Last: test.last,
		} {
			t.Run(name+" "+string(aggregate), func(t *testing.T) {
				series := samples(t, test.series)
				unchanged := slices.Clone(series)
				var got []string
				for _, sample := range Resample(t.Context(), series, Periods(time.Hour, midnight.Location()), aggregate) {
					got = append(got, fmt.Sprintf("%.0f=%s", sample.Time.Sub(midnight).Minutes(), sample.Value))
				}
				if text := strings.Join(got, " "); text != want {
					t.Errorf("Resample = %q, want %q", text, want)
				}
				if !slices.Equal(series, unchanged) {
					t.Error("the samples were changed")
				}
			})
		}
	}
}

func TestResampleKeepsTheZone(t *testing.T) {
	got := Resample(t.Context(), samples(t, "0=1"), Months(beijing), Sum)
	if want := "2025-03-01T00:00:00+08:00"; got[0].Time.Format(time.RFC3339) != want {
		t.Errorf("the period starts at %s, want %s", got[0].Time.Format(time.RFC3339), want)
	}
}

// Whatever the periods, nothing is lost or counted twice, and every value is in its period.
func TestResampleAddsUp(t *testing.T) {
	random := rand.New(rand.NewPCG(9, 10))
	for range 300 {
		zone := time.FixedZone("", (random.IntN(2*24*60-1)-24*60+1)*60)
		length := time.Duration(1+random.IntN(100_000)) * time.Second
		for _, start := range []PeriodStart{Periods(length, zone), Periods(day, zone), Weeks(zone), Months(zone)} {
			checkResample(t, random, start)
		}
	}
}

func checkResample(t *testing.T, random *rand.Rand, start PeriodStart) {
	t.Helper()
	series := make([]Sample, random.IntN(40))
	expected := make(map[int64]decimal.Decimal)
	for i := range series {
		series[i] = Sample{time.Unix(random.Int64N(20_000_000)-10_000_000, 0), randomValue(t, random)}
		begin := start(series[i].Time)
		if begin.After(series[i].Time) || !start(begin).Equal(begin) {
			t.Fatalf("the period of %s starts at %s, and that of this at %s", series[i].Time, begin, start(begin))
		}
		if !series[i].Value.IsNull() {
			expected[begin.Unix()] = expected[begin.Unix()].Add(series[i].Value)
		}
	}
	periods := Resample(t.Context(), series, start, Sum)
	if len(periods) != len(expected) || !slices.IsSortedFunc(periods, func(a, b Sample) int { return a.Time.Compare(b.Time) }) {
		t.Fatalf("%d periods, want %d in order: %v", len(periods), len(expected), periods)
	}
	for _, period := range periods {
		if !period.Value.Equal(expected[period.Time.Unix()]) {
			t.Errorf("%s has %s, want %s", period.Time, period.Value, expected[period.Time.Unix()])
		}
	}
}
