// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package cdnetworks_test

import (
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/acctest/suite"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

func TestRelayTrafficOfFourHundredDays(t *testing.T) {
	e := acctest.Start(t, emulator.Options{})
	state := acctest.MustRead(t, relayTraffic, acctest.Config{
		"lookback_days": 400, "domains": []any{"www.example.com", "static.example.com"}, "group_by": []any{"domain"},
	})
	if n := len(e.Calls()); n != 14 {
		t.Errorf("%d calls, want 14", n)
	}
	want := map[string]string{
		"window.start": "2024-12-11T00:00:00+08:00", "window.end": "2026-01-15T00:00:00+08:00",
		"groups.#": "2", "groups.0.domain": "www.example.com", "groups.1.domain": "static.example.com", "missing_domains.#": "0",
	}
	for _, group := range []string{"groups.0.", "groups.1."} {
		want[group+"items.#"], want[group+"summary.count"], want[group+"summary.largest_gap_seconds"] = "400", "400", "86400"
		want[group+"summary.total"] = state[group+"total_relay_traffic"]
		want[group+"items.0.time"], want[group+"items.399.time"] = "2024-12-11T00:00:00+08:00", "2026-01-14T00:00:00+08:00"
	}
	acctest.ExpectState(t, state, want)
	if state["groups.0.peak_bandwidth"] == "" || state["groups.0.peak_time"] == "" {
		t.Errorf("peak is %q at %q", state["groups.0.peak_bandwidth"], state["groups.0.peak_time"])
	}
}

func TestRelayTrafficOfManyDomains(t *testing.T) {
	e := acctest.Start(t, emulator.Options{})
	state := acctest.MustRead(t, relayTraffic, acctest.Config{"lookback_days": 1, "domains": suite.Listed("www%d.example.com", 2001)})
	acctest.ExpectState(t, state, map[string]string{
		"groups.#": "1", "groups.0.domain": "", "groups.0.items.#": "1", "groups.0.items.0.relay_traffic": state["groups.0.total_relay_traffic"],
		// The peaks of two parts need not be at one time.
		"groups.0.peak_bandwidth": "", "groups.0.peak_time": "",
	})
	if n := len(e.Calls()); n != 2 || state["groups.0.total_relay_traffic"] == "" {
		t.Errorf("%d calls, total %q", n, state["groups.0.total_relay_traffic"])
	}
}

// An account that has too many domains has to name them.
func TestRelayTrafficOfALargeAccount(t *testing.T) {
	acctest.Start(t, emulator.Options{AccountDomains: make([]string, 2001)})
	problems := acctest.ReadProblems(t, relayTraffic, acctest.Config{"lookback_days": 31})
	acctest.ExpectProblem(t, problems, "domains", "24001125", "has to list them in domains")
}
