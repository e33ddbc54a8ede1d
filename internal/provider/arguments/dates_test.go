// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package arguments

import (
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest/expect"
)

// dates are arguments for days; empty ones are null, and so is a lookback of zero.
func dates(date, from, to string, lookback int64) DateArguments {
	a := DateArguments{DateRules{MaxBack: 730}, NullText(date), NullText(from), NullText(to), types.Int64Null()}
	if lookback != 0 {
		a.LookbackDays = types.Int64Value(lookback)
	}
	return a
}

func TestDatesResolve(t *testing.T) {
	// Still the 15th in UTC, already the 16th in UTC+8.
	const now = "2026-01-15T20:00:00Z"
	newYork := time.FixedZone("GMT-05:00", -5*60*60)
	tests := []struct {
		name            string
		arguments       DateArguments
		zone            *time.Location
		first, last     string
		points, problem string
	}{
		{name: "today", arguments: dates("", "", "", 0), first: "2026-01-16", last: "2026-01-16"},
		{name: "today elsewhere", zone: newYork, arguments: dates("", "", "", 0), first: "2026-01-15", last: "2026-01-15"},
		{name: "yesterday", arguments: dates("", "", "", 1), first: "2026-01-15", last: "2026-01-15"},
		{name: "a week until yesterday", arguments: dates("", "", "", 7), first: "2026-01-09", last: "2026-01-15"},
		{name: "one day", arguments: dates("2025-02-28", "", "", 0), first: "2025-02-28", last: "2025-02-28"},
		{name: "over the end of February", arguments: dates("", "2024-02-28", "2024-03-01", 0), first: "2024-02-28", last: "2024-03-01"},
		{name: "until after today", arguments: dates("", "2026-01-10", "2030-01-01", 0), first: "2026-01-10", last: "2026-01-16"},
		{name: "the earliest day", arguments: dates("", "2024-01-17", "2024-01-17", 0), first: "2024-01-17", last: "2024-01-17"},
		{name: "too early", arguments: dates("", "2024-01-16", "2024-01-17", 0), points: "date_from", problem: "within the last 730 days, so 2024-01-17 or later"},
		{name: "tomorrow", arguments: dates("2026-01-17", "", "", 0), points: "date", problem: "must not be after today, which is 2026-01-16 in GMT+08:00"},
		{name: "tomorrow elsewhere", zone: newYork, arguments: dates("", "2026-01-16", "2026-01-16", 0), points: "date_from", problem: "which is 2026-01-15 in GMT-05:00"},
		{name: "reversed", arguments: dates("", "2026-01-02", "2026-01-01", 0), points: "date_from", problem: "date_from is 2026-01-02 and must not be after date_to, which is 2026-01-01"},
		{name: "no date", arguments: dates("", "today", "2026-01-01", 0), points: "date_from", problem: "date_from must be a date"},
		{name: "no last date", arguments: dates("", "2026-01-01", "2026-13-01", 0), points: "date_to", problem: "date_to must be a date"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			zone := Beijing
			if test.zone != nil {
				zone = test.zone
			}
			days, problem := test.arguments.resolve(at(t, now), zone)
			if test.problem != "" {
				expect.Diagnostic(t, problem, test.points, test.problem)
				return
			}
			if problem != nil {
				t.Fatal(problem)
			}
			if first, last := Date(days.First), Date(days.Last); first != test.first || last != test.last {
				t.Errorf("%s to %s, want %s to %s", first, last, test.first, test.last)
			}
			all := days.All()
			if !all[0].Equal(days.First) || !all[len(all)-1].Equal(days.Last) {
				t.Errorf("the days are %v", all)
			}
			if hour := days.First.In(zone).Hour(); hour != 0 {
				t.Errorf("the first day begins at %d o'clock", hour)
			}
		})
	}
}

func TestDatesWithoutALimit(t *testing.T) {
	a := dates("2016-11-20", "", "", 0)
	a.Rules.MaxBack = 7300
	days, problem := a.resolve(at(t, "2026-01-15T12:00:00Z"), Beijing)
	if problem != nil || Date(days.First) != "2016-11-20" {
		t.Errorf("%v, %v", days, problem)
	}
}

func TestDayRange(t *testing.T) {
	a := dates("", "2024-02-28", "2024-03-01", 0)
	a.Rules.MaxBack = 7300
	days, problem := a.resolve(at(t, "2024-06-01T00:00:00Z"), Beijing)
	if problem != nil {
		t.Fatal(problem)
	}
	if n := len(days.All()); n != 3 {
		t.Errorf("%d days, want 3", n)
	}
	w := days.Window()
	expectTime(t, "start", w.Start, "2024-02-28T00:00:00+08:00")
	expectTime(t, "end", w.End, "2024-03-02T00:00:00+08:00")
	expectTime(t, "last second", w.LastSecond(), "2024-03-01T23:59:59+08:00")
}

func TestDatesValidator(t *testing.T) {
	unknown := types.StringUnknown()
	tests := []struct {
		name            string
		single          bool
		arguments       DateArguments
		points, problem string
	}{
		{name: "none", arguments: dates("", "", "", 0)},
		{name: "none where one is needed", single: true, arguments: dates("", "", "", 0), points: "date", problem: "exactly one of date"},
		{name: "range", arguments: dates("", "2026-01-01", "2026-01-01", 0)},
		{name: "lookback", single: true, arguments: dates("", "", "", 3)},
		{name: "date", single: true, arguments: dates("2026-01-01", "", "", 0)},
		{name: "range and lookback", arguments: dates("", "2026-01-01", "2026-01-02", 3), problem: "more than one way"},
		{name: "half a range and lookback", arguments: dates("", "", "2026-01-02", 3), problem: "more than one way"},
		{name: "date and lookback", single: true, arguments: dates("2026-01-01", "", "", 3), problem: "more than one way"},
		{name: "from alone", arguments: dates("", "2026-01-01", "", 0), points: "date_to", problem: "date_to is missing"},
		{name: "to alone", arguments: dates("", "", "2026-01-01", 0), points: "date_from", problem: "date_from is missing"},
		{name: "reversed", arguments: dates("", "2026-01-02", "2026-01-01", 0), points: "date_from", problem: "must not be after date_to"},
		{name: "unknown from", arguments: DateArguments{From: unknown, To: NullText("2026-01-01"), LookbackDays: types.Int64Null()}},
		{name: "unknown lookback", single: true, arguments: DateArguments{LookbackDays: types.Int64Unknown()}},
		{name: "unknown lookback beside a range", arguments: DateArguments{DateRules{}, NullText(""), NullText("2026-01-01"), NullText("2026-01-02"), types.Int64Unknown()}},
		{name: "unknown date beside lookback", single: true, arguments: DateArguments{DateRules{}, unknown, NullText(""), NullText(""), types.Int64Value(1)}},
		{name: "unknown to alone", arguments: DateArguments{DateRules{}, NullText(""), NullText(""), unknown, types.Int64Null()}},
		{name: "a malformed date is another validator's", arguments: dates("", "today", "2026-01-01", 0)},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			problem := datesValidator{DateRules{Single: test.single}}.check(t.Context(), test.arguments)
			if test.problem != "" {
				expect.Diagnostic(t, problem, test.points, test.problem)
			} else if problem != nil {
				t.Error(problem)
			}
		})
	}
}
