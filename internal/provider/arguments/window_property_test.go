// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package arguments

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// granularity is a period with what a test needs to know of it independently.
type granularity struct {
	period Period
	// reach is how long windows of the test are at most.
	reach time.Duration
	// begins reports whether a period begins at a whole second.
	begins func(time.Time) bool
}

func every(seconds int64) func(time.Time) bool {
	return func(t time.Time) bool { return (t.Unix()+8*60*60)%seconds == 0 }
}

var granularities = []granularity{
	{Minute, time.Hour, every(60)},
	{FiveMinutes, 3 * time.Hour, every(300)},
	{Hour, 12 * time.Hour, every(3600)},
	{Day, 4 * 24 * time.Hour, every(86400)},
	{Month, 100 * 24 * time.Hour, func(t time.Time) bool { return every(86400)(t) && t.In(Beijing).Day() == 1 }},
}

// starts lists when the periods begin that share a second with [from, to).
func (g granularity) starts(from, to time.Time) []string {
	step := time.Second
	if g.period != Minute {
		from, to, step = from.Truncate(time.Minute), to.Add(time.Minute-time.Second).Truncate(time.Minute), time.Minute
	}
	for !g.begins(from) {
		from = from.Add(-step)
	}
	var starts []string
	for ; from.Before(to); from = from.Add(step) {
		if g.begins(from) {
			starts = append(starts, from.UTC().Format(time.RFC3339))
		}
	}
	return starts
}

// randomTime is a second within 2025, and random notation of it.
func randomTime(r *rand.Rand) time.Time {
	zones := []int{0, 8 * 3600, 5*3600 + 1800, -3*3600 - 1800, 14 * 3600, -12 * 3600, 5*3600 + 2700}
	t := time.Unix(1735689600+r.Int64N(365*86400), 0).In(time.FixedZone("", zones[r.IntN(len(zones))]))
	if r.IntN(2) == 0 { // Times that people write.
		t = t.Truncate(30 * time.Minute)
	}
	return t
}

func notation(r *rand.Rand, t time.Time) types.String {
	if r.IntN(4) == 0 {
		return types.StringValue(strconv.FormatInt(t.Unix(), 10))
	}
	return types.StringValue(t.Format(time.RFC3339))
}

// resolved resolves arguments and returns the window and on how many of them there was a warning.
func resolved(t *testing.T, a WindowArguments, now time.Time, p Period) (w *Window, warnings int) {
	t.Helper()
	a.Names = begin
	w, diags := a.Resolve(now, p)
	if diags.HasError() {
		t.Fatalf("%+v by %s: %s", a, p, said(diags))
	}
	return w, diags.WarningsCount()
}

const rounds = 100

func eachGranularity(t *testing.T, f func(t *testing.T, g granularity, r *rand.Rand)) {
	t.Helper()
	for _, g := range granularities {
		t.Run(g.period.String(), func(t *testing.T) {
			r := rand.New(rand.NewPCG(1, 2)) // The same times in every run.
			for range rounds {
				f(t, g, r)
				if t.Failed() {
					return
				}
			}
		})
	}
}

var farLater = time.Date(2026, 6, 15, 1, 2, 3, 0, time.UTC)

// A window of any two times is the periods that they share a second with, and says so where that is more than was given.
func TestWindowsCoverThePeriodsOfTheirTimes(t *testing.T) {
	eachGranularity(t, func(t *testing.T, g granularity, r *rand.Rand) {
		t.Helper()
		from := randomTime(r)
		to := from.Add(time.Second * time.Duration(2+r.Int64N(int64(g.reach/time.Second)))).In(randomTime(r).Location())
		w, warnings := resolved(t, WindowArguments{Start: notation(r, from), End: notation(r, to)}, farLater, g.period)
		want := g.starts(from, to)
		if diff := cmp.Diff(want, g.starts(w.Start, w.End)); diff != "" {
			t.Errorf("%s to %s became %s: %s", from, to, w, diff)
		}
		if !g.begins(w.Start) || !g.begins(w.End) || w.Periods(g.period) != len(want) {
			t.Errorf("%s to %s became %s, of %d periods, want %d whole ones", from, to, w, w.Periods(g.period), len(want))
		}
		moved := 0
		if !g.begins(from) {
			moved++
		}
		if !g.begins(to) && !g.begins(to.Add(time.Second)) {
			moved++
		}
		if warnings != moved {
			t.Errorf("%s to %s became %s with %d warnings, want %d", from, to, w, warnings, moved)
		}
	})
}

// Two windows that meet at any border have the periods of the whole, each once: by explicit times and by chaining.
func TestWindowsThatMeetLoseNothing(t *testing.T) {
	eachGranularity(t, func(t *testing.T, g granularity, r *rand.Rand) {
		t.Helper()
		from := randomTime(r)
		to := from.Add(time.Second * time.Duration(2+r.Int64N(int64(g.reach/time.Second))))
		whole, _ := resolved(t, WindowArguments{Start: notation(r, from), End: notation(r, to)}, farLater, g.period)
		all := g.starts(whole.Start, whole.End)
		border := at(t, all[r.IntN(len(all))]).In(randomTime(r).Location())
		parts := make([]string, 0, len(all))
		if border.After(whole.Start) {
			end := border
			if last := border.Add(-time.Second); r.IntN(3) == 0 && last.After(from) {
				end = last // …T23:59:59 is the same border.
			}
			first, _ := resolved(t, WindowArguments{Start: notation(r, from), End: notation(r, end)}, farLater, g.period)
			parts = append(parts, g.starts(first.Start, first.End)...)
		}
		second, _ := resolved(t, WindowArguments{Start: notation(r, border), End: whole.Model().End}, farLater, g.period)
		parts = append(parts, g.starts(second.Start, second.End)...)
		if diff := cmp.Diff(all, parts); diff != "" {
			t.Errorf("%s cut at %s: %s", whole, border, diff)
		}
	})
}

// This week and the one before are the same by chaining, by offset and by explicit times.
func TestLookbackAndOffsetAgreeWithChaining(t *testing.T) {
	eachGranularity(t, func(t *testing.T, g granularity, r *rand.Rand) {
		t.Helper()
		if g.period == Month {
			return // Durations are refused by month.
		}
		now, length := randomTime(r), time.Duration(1+r.IntN(8))*g.period.length
		lookback := types.StringValue(fmt.Sprintf("%ds", length/time.Second))
		this, _ := resolved(t, WindowArguments{Lookback: lookback}, now, g.period)
		chained, _ := resolved(t, WindowArguments{Lookback: lookback, End: this.Model().Start}, now, g.period)
		shifted, _ := resolved(t, WindowArguments{Lookback: lookback, Offset: lookback}, now, g.period)
		explicit, _ := resolved(t, WindowArguments{Start: chained.Model().Start, End: chained.Model().End}, now, g.period)
		both, _ := resolved(t, WindowArguments{Start: chained.Model().Start, End: this.Model().End}, now, g.period)
		if *chained != *shifted || *chained != *explicit || !chained.End.Equal(this.Start) {
			t.Errorf("now is %s: this is %s, before it are %s, %s and %s", now, this, chained, shifted, explicit)
		}
		parts := append(g.starts(chained.Start, chained.End), g.starts(this.Start, this.End)...)
		if diff := cmp.Diff(g.starts(both.Start, both.End), parts); diff != "" {
			t.Errorf("now is %s: %s", now, diff)
		}
		if this.End.After(now) || !this.End.Add(g.period.length).After(now) {
			t.Errorf("now is %s: the last whole period ends at %s", now, this.End)
		}
	})
}
