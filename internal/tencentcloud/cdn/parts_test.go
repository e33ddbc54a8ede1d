// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package cdn

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
	"github.com/edgestats/terraform-provider-edgestats/internal/decimal"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

func deadline(t *testing.T, after time.Duration) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), after)
	t.Cleanup(cancel)
	return ctx
}

// domains returns n names.
func domains(n int) []string {
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprintf("d%02d.example.com", i)
	}
	return list
}

func TestParts(t *testing.T) {
	const day = "2026-03-10 "
	for _, test := range []struct {
		name       string
		start, end string // times of the day in UTC+8
		interval   Interval
		domains    int
		want       []string // "start end domains offset"
		periods    int
	}{
		{"a whole call", "07:00:00", "09:59:59", FiveMinutes, 20, []string{"07:00:00 09:59:59 20 0"}, 36},
		{"with the period at the end", "07:00:00", "10:00:00", FiveMinutes, 1, []string{"07:00:00 10:00:00 1 0"}, 37},
		{"a second more", "07:00:00", "10:00:01", FiveMinutes, 1, []string{"07:00:00 09:59:59 1 0", "10:00:00 10:00:01 1 36"}, 37},
		{"two calls", "07:00:00", "12:59:59", FiveMinutes, 1, []string{"07:00:00 09:59:59 1 0", "10:00:00 12:59:59 1 36"}, 72},
		{"two calls and the end", "07:00:00", "13:00:00", FiveMinutes, 1, []string{"07:00:00 09:59:59 1 0", "10:00:00 13:00:00 1 36"}, 73},
		{"a start within a period", "06:58:00", "10:00:00", FiveMinutes, 1, []string{"07:00:00 10:00:00 1 0"}, 37},
		{"one period", "07:00:00", "07:00:00", FiveMinutes, 1, []string{"07:00:00 07:00:00 1 0"}, 1},
		{"one period at the end", "06:58:00", "07:00:00", FiveMinutes, 1, []string{"07:00:00 07:00:00 1 0"}, 1},
		{
			"minutes", "07:00:30", "07:25:59", Minute, 1,
			[]string{"07:01:00 07:10:59 1 0", "07:11:00 07:20:59 1 10", "07:21:00 07:25:59 1 20"},
			25,
		},
		{
			"domains", "07:00:00", "11:00:00", FiveMinutes, 41,
			[]string{
				"07:00:00 09:59:59 20 0", "10:00:00 11:00:00 20 36", "07:00:00 09:59:59 20 0", "10:00:00 11:00:00 20 36",
				"07:00:00 09:59:59 1 0", "10:00:00 11:00:00 1 36",
			},
			49,
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := DistrictISPDataRequest{Domains: domains(test.domains), Interval: test.interval}
			var errStart, errEnd error
			r.Start, errStart = time.ParseInLocation(time.DateTime, day+test.start, zone)
			r.End, errEnd = time.ParseInLocation(time.DateTime, day+test.end, zone)
			if errStart != nil || errEnd != nil {
				t.Fatal(errStart, errEnd)
			}
			var got []string
			for _, p := range r.parts() {
				got = append(got, fmt.Sprintf("%s %s %d %d", p.Start.Format(time.TimeOnly), p.End.In(zone).Format(time.TimeOnly), len(p.Domains), p.offset))
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
			if r.calls() != len(got) || r.Periods() != test.periods {
				t.Errorf("%d calls and %d periods, want %d and %d", r.calls(), r.Periods(), len(got), test.periods)
			}
		})
	}
}

func TestAWindowWithoutTheStartOfAPeriod(t *testing.T) {
	r := DistrictISPDataRequest{Start: noon.Add(time.Second), End: noon.Add(4 * time.Minute), Interval: FiveMinutes}
	if n := r.Periods(); n != 0 {
		t.Errorf("%d periods, want none", n)
	}
}

// Values that a part omits are null at their place. Order and names are those of the first appearance.
func TestPartsKeepTheirPlaces(t *testing.T) {
	const first, second, third = "2026-03-10 03:00:00", "2026-03-10 06:00:00", "2026-03-10 09:00:00"
	v := &vendor{answer: func(a asked) string {
		switch a.StartTime {
		case first: // A series twice, and a short one.
			return response(info("b.example.com", first, "[1,2]"), info("b.example.com", first, "[11]"))
		case second: // A new series with nulls, and an empty one.
			return strings.Replace(response(info("a.example.com", second, "[null,3]"), info("b.example.com", second, "[4]")), "r-1", "r-2", 1)
		default:
			return strings.Replace(response(info("b.example.com", third, "[5]"), info("b.example.com", third, "[]"),
				strings.Replace(info("a.example.com", third, "[6]"), "广东", "Guangdong", 1)), "r-1", "r-3", 1)
		}
	}}
	r := request
	r.Domains, r.Start = []string{"a.example.com", "b.example.com"}, noon.Add(-9*time.Hour)
	got, err := newClient(t, v).DistrictISPData(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, s := range got.Series {
		var values []string
		for i, value := range s.Values {
			if !value.IsNull() {
				values = append(values, fmt.Sprintf("%d=%s", i, value))
			}
		}
		lines = append(lines, fmt.Sprintf("%s %s %s of %d: %s",
			s.Domain, s.DistrictName, s.Start.Format(time.RFC3339), len(s.Values), strings.Join(values, " ")))
	}
	want := []string{
		"b.example.com 广东 2026-03-10T03:00:00+08:00 of 108: 0=1 1=2 36=4 72=5",
		"b.example.com 广东 2026-03-10T03:00:00+08:00 of 108: 0=11",
		"a.example.com 广东 2026-03-10T03:00:00+08:00 of 108: 37=3 72=6",
	}
	if diff := cmp.Diff(want, lines); diff != "" || got.RequestID != "r-3" {
		t.Errorf("request %s %s", got.RequestID, diff)
	}
}

// The reference is read in the smallest possible parts: one domain and one second.
func TestAnySplitEqualsTheWhole(t *testing.T) {
	e := emulator.New(emulator.Options{Clock: clock.At(noon), Limits: &emulator.Limits{}})
	client := newClient(t, e)
	random := rand.New(rand.NewPCG(1, 2))
	for _, interval := range []Interval{Minute, FiveMinutes} {
		length := interval.Duration()
		names := domains(45)
		names[7], names[30] = "idle-a.example.com", "idle-b.example.com"
		reference := func(domain string, start time.Time, periods int) []decimal.Decimal {
			var values []decimal.Decimal
			for i := range periods {
				at := start.Add(time.Duration(i) * length)
				r := DistrictISPDataRequest{Domains: []string{domain}, Start: at, End: at, Metric: "flux", Districts: []int64{4}, ISPs: []int64{2}, Interval: interval}
				data, err := client.DistrictISPData(t.Context(), r)
				if err != nil {
					t.Fatal(err)
				}
				values = append(values, data.Series[0].Values...)
			}
			return values
		}
		for range 12 {
			start := noon.Add(-time.Duration(random.Int64N(int64(50*24*time.Hour/time.Second))) * time.Second)
			r := DistrictISPDataRequest{
				Domains: names[random.IntN(20):], Start: start, End: start.Add(time.Duration(1+random.IntN(150)) * length), Metric: "flux",
				Districts: []int64{4}, ISPs: []int64{2}, Interval: interval,
			}
			data, err := client.DistrictISPData(t.Context(), r)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, s := range data.Series {
				got = append(got, s.Domain)
			}
			want := slices.DeleteFunc(slices.Clone(r.Domains), func(d string) bool { return strings.HasPrefix(d, "idle") })
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("%s to %s: %s", r.Start, r.End, diff)
			}
			for _, i := range []int{0, len(data.Series) - 1} {
				s := data.Series[i]
				if diff := cmp.Diff(reference(s.Domain, s.Start, r.Periods()), s.Values); diff != "" {
					t.Fatalf("%s to %s of %s: %s", r.Start, r.End, s.Domain, diff)
				}
			}
		}
	}
}
