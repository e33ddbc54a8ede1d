// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package suite

import (
	"math/big"
	"regexp"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

// Sums describes windows of a data source and the values that add up over them.
type Sums struct {
	// Config contains changes to Description.Config.
	Config acctest.Config
	// Start and End are the names of the window's arguments.
	Start, End string
	// Dates says that these arguments are days, both inclusive, instead of times.
	Dates bool
	// Granularities are all granularities of the data source.
	Granularities []Granularity
	// Varies are additional attributes that are different in each read, like Description.Varies.
	Varies []string
	// Values are regular expressions that match names in the state. For each expression, the sum of the matching values
	// must not be zero in any window.
	Values []string
}

// Granularity is a granularity and the length of its periods.
type Granularity struct {
	Name string
	// Changes are made to Sums.Config.
	Changes acctest.Config
	// Length is the length of a period, or zero for months. If Sums.Dates is set, it is 24 hours, because a window consists
	// of whole days.
	Length time.Duration
}

var (
	beijing = time.FixedZone("", 8*60*60)
	// india is UTC+5:30, whose hours begin in the middle of the vendors' hours.
	india = time.FixedZone("", 5*60*60+30*60)
)

// add returns the border n periods after another border.
func (g Granularity) add(border time.Time, n int) time.Time {
	if g.Length == 0 {
		return border.AddDate(0, n, 0)
	}
	return border.Add(time.Duration(n) * g.Length)
}

// inside returns a time in the period that begins at a border: midnight UTC for days and months, a full hour at +05:30 for
// hours, and the middle of other periods.
func (g Granularity) inside(border time.Time) time.Time {
	if g.Length == 0 || g.Length == 24*time.Hour {
		return border.Add(8 * time.Hour).UTC()
	}
	if g.Length == time.Hour {
		return border.Add(30 * time.Minute).In(india)
	}
	return border.Add(g.Length / 2).UTC()
}

// borders returns the start and end of a window of the given number of periods, and the border after the first cut periods.
// The window contains midnight, or New Year for months.
func (g Granularity) borders(periods, cut int) (start, middle, end time.Time) {
	from := time.Date(2026, time.January, 8, 0, 0, 0, 0, beijing)
	if g.Length == 0 {
		from = time.Date(2025, time.January, 1, 0, 0, 0, 0, beijing)
	}
	start = g.add(from, 1-cut)
	return start, g.add(start, cut), g.add(start, periods)
}

// read reads a window and returns the warnings. An error fails the test.
func (s Sums) read(t *testing.T, d Description, g Granularity, start, end string) (acctest.State, acctest.Problems) {
	t.Helper()
	config := d.Config.With(acctest.Config{"lookback": nil}).With(s.Config).With(g.Changes)
	config = config.With(acctest.Config{s.Start: start, s.End: end})
	state, problems := acctest.Configured(t, nil).Read(t.Context(), t, d.Name, config)
	if problems.HasErrors() {
		t.Fatalf("%s to %s: %s", start, end, problems)
	}
	return state, problems
}

// readWhole reads the periods between two borders. It expects exactly that window and no warning.
func (s Sums) readWhole(t *testing.T, d Description, g Granularity, start, end time.Time) acctest.State {
	t.Helper()
	first, last := start.Format(time.RFC3339), end.Format(time.RFC3339)
	if s.Dates {
		first, last = start.Format(time.DateOnly), end.AddDate(0, 0, -1).Format(time.DateOnly)
	}
	state, problems := s.read(t, d, g, first, last)
	if len(problems) > 0 {
		t.Errorf("%s to %s: %s", first, last, problems)
	}
	expectWindow(t, state, start, end)
	return state
}

func expectWindow(t *testing.T, state acctest.State, start, end time.Time) {
	t.Helper()
	for name, want := range map[string]time.Time{"window.start": start, "window.end": end} {
		if got, err := time.Parse(time.RFC3339, state[name]); err != nil || !got.Equal(want) {
			t.Errorf("%s is %s, want %s", name, state[name], want)
		}
	}
}

// sum adds up all values of the states whose names match.
func sum(t *testing.T, states []acctest.State, names string) *big.Rat {
	t.Helper()
	pattern := regexp.MustCompile("^(?:" + names + ")$")
	total := new(big.Rat)
	for _, state := range states {
		for name, text := range state {
			if !pattern.MatchString(name) {
				continue
			}
			value, ok := new(big.Rat).SetString(text)
			if !ok {
				t.Fatalf("%s is not a number: %q", name, text)
			}
			total.Add(total, value)
		}
	}
	return total
}

// expectSums fails the test unless all values have the same sums in both lists of states.
func (s Sums) expectSums(t *testing.T, got, want []acctest.State) {
	t.Helper()
	for _, names := range s.Values {
		parts, whole := sum(t, got, names), sum(t, want, names)
		if parts.Cmp(whole) != 0 || whole.Sign() == 0 {
			t.Errorf("%s is %s in the parts together, want %s", names, parts.RatString(), whole.RatString())
		}
	}
}

// expectSame fails the test unless the states are equal except for the arguments of the window.
func (s Sums) expectSame(t *testing.T, d Description, want, got acctest.State) {
	t.Helper()
	own := slices.Concat([]string{s.Start, s.End}, s.Varies, d.Varies)
	if diff := cmp.Diff(want.Without(own...), got.Without(own...)); diff != "" {
		t.Errorf("%s to %s (-want +got)\n%s", got[s.Start], got[s.End], diff)
	}
}

// testSums splits windows in two at every border, and at times inside periods.
func (d Description) testSums(t *testing.T) {
	t.Helper()
	if d.Sums == nil {
		return // The data source has no window.
	}
	for _, g := range d.Sums.Granularities {
		t.Run(g.Name, func(t *testing.T) {
			acctest.Start(t, emulator.Options{Limits: &emulator.Limits{}})
			for periods := 2; periods <= 4; periods++ {
				for cut := 1; cut < periods; cut++ {
					start, middle, end := g.borders(periods, cut)
					d.Sums.expectPartsThatMeet(t, d, g, start, middle, end)
					if !d.Sums.Dates {
						d.Sums.expectPartsThatOverlap(t, d, g, start, middle, end)
					}
				}
			}
		})
	}
}

// Two parts of a window that meet at a border have no period in common, and together they have all periods.
func (s Sums) expectPartsThatMeet(t *testing.T, d Description, g Granularity, start, middle, end time.Time) {
	t.Helper()
	whole := s.readWhole(t, d, g, start, end)
	first, second := s.readWhole(t, d, g, start, middle), s.readWhole(t, d, g, middle, end)
	s.expectSums(t, []acctest.State{first, second}, []acctest.State{whole})
	if s.Dates {
		return
	}
	// A window that starts at the window.end of the first part is the same as the second part.
	chained, problems := s.read(t, d, g, first["window.end"], whole["window.end"])
	if len(problems) > 0 {
		t.Errorf("chained to %s: %s", first["window.end"], problems)
	}
	s.expectSame(t, d, second, chained)
}

// If the ends of a part are inside periods, the result is that of the whole periods, with a warning for each end. Two such
// parts have the period in which they meet in common.
func (s Sums) expectPartsThatOverlap(t *testing.T, d Description, g Granularity, start, middle, end time.Time) {
	t.Helper()
	moved := func(from, to time.Time) acctest.State {
		given, problems := s.read(t, d, g, g.inside(from).Format(time.RFC3339), g.inside(to).Format(time.RFC3339))
		if len(problems) != 2 {
			t.Errorf("%s to %s: %d warnings, want one for each end: %s", g.inside(from), g.inside(to), len(problems), problems)
		}
		s.expectSame(t, d, s.readWhole(t, d, g, from, g.add(to, 1)), given)
		return given
	}
	shared := s.readWhole(t, d, g, middle, g.add(middle, 1))
	whole := s.readWhole(t, d, g, start, g.add(end, 1))
	s.expectSums(t, []acctest.State{moved(start, middle), moved(middle, end)}, []acctest.State{whole, shared})
}
