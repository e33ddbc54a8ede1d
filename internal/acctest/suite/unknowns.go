// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package suite

import (
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

// UnknownWindow returns, for Unknowns, combinations of a window's arguments with these names, lookback and timeouts.
func UnknownWindow(start, end string) []acctest.Config {
	const unknown = acctest.Unknown
	return []acctest.Config{
		{start: unknown, end: unknown, "lookback": unknown},
		{start: unknown, end: unknown, "lookback": "24h"},
		{start: "2026-01-14T00:00:00Z", end: unknown, "lookback": unknown},
		{start: unknown, end: "2026-01-14T00:00:00Z", "lookback": nil},
		{"timeouts": unknown},
		{"timeouts": acctest.Config{"read": unknown}},
	}
}

// UnknownDates returns, for Unknowns, combinations of date_from, date_to and lookback_days, each with the same changes.
func UnknownDates(changes acctest.Config) []acctest.Config {
	const unknown = acctest.Unknown
	dates := func(from, to, lookbackDays any) acctest.Config {
		return acctest.Config{"date_from": from, "date_to": to, "lookback_days": lookbackDays}.With(changes)
	}
	return []acctest.Config{
		dates(unknown, unknown, unknown), dates(unknown, nil, 3), dates(unknown, "2026-01-14", nil), dates("2026-01-14", unknown, nil),
		dates(nil, unknown, nil),
	}
}

// An argument that is not known at plan may turn out to be null, so nothing can be said about it yet. Modules rely on
// that: Terraform validates them before their variables are known.
func (d Description) testUnknowns(t *testing.T) {
	t.Helper()
	e := acctest.Start(t, emulator.Options{})
	s := acctest.Configured(t, nil)
	changes := d.Unknowns
	for name := range d.Config {
		changes = append(changes, acctest.Config{name: acctest.Unknown})
	}
	for _, change := range changes {
		if problems := s.Validate(t, d.Name, d.Config.With(change)); len(problems) > 0 {
			t.Errorf("%q: %s", change, problems)
		}
	}
	expectCalls(t, e, 0)
}
