// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package endtoend_test

import (
	"regexp"
	"slices"
	"testing"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

const manyReads = `
data "edgestats_mna_flow_statistic" "test" {
  count            = 120
  device_id        = "mna-dev${count.index}"
  type             = "total"
  time_granularity = "hour"
  lookback         = "24h"
}
`

// The vendor allows 20 calls a second, and the provider takes 80 % of them. They are counted over five seconds here:
// where the machine halts for a moment, calls arrive together that were to leave one by one. If it halts for longer, they
// are slow, so one plan out of three has to do.
func TestFault_40_ManyReads(t *testing.T) {
	t.Parallel()
	const seconds, leastRate = 5, 13
	limits := emulator.DocumentedLimits()
	limits.Tencent.Calls *= seconds
	limits.Tencent.Period *= seconds
	var refused int
	var rate float64
	for range 3 {
		e := acctest.Serve(t, emulator.Options{Limits: &limits})
		newWorkspace(t, manyReads, acctest.Variables(e.URL)).plan(t, "-parallelism=50").expect(t, 0)
		if refused, rate = flow(e.CallsTo(emulator.MNA)); refused == 0 && rate >= leastRate {
			return
		}
	}
	t.Errorf("%d calls were refused at %.1f calls a second, want none at %d or more", refused, rate, leastRate)
}

// flow returns how many calls the vendor refused, and how many came in a second.
func flow(calls []emulator.Call) (refused int, rate float64) {
	for _, call := range calls {
		if call.Code != "" {
			refused++
		}
	}
	byTime := func(a, b emulator.Call) int { return a.Time.Compare(b.Time) }
	took := slices.MaxFunc(calls, byTime).Time.Sub(slices.MinFunc(calls, byTime).Time)
	return refused, float64(len(calls)-1) / took.Seconds()
}

var spent = regexp.MustCompile(`1 attempt in ([0-9.]+s)\.`)

func TestFault_66_ReadTimeout(t *testing.T) {
	t.Parallel()
	e := acctest.Serve(t, emulator.Options{Faults: []emulator.Fault{{Kind: emulator.FaultStall}}})
	w := newWorkspace(t, `
data "edgestats_mna_flow_statistic" "test" {
  device_id        = "mna-dev1"
  type             = "total"
  time_granularity = "hour"
  lookback         = "24h"
  timeouts         = { read = "5s" }
}
`, acctest.Variables(e.URL))
	problem := w.plan(t, "-json").problem(t)
	problem.expect(t, "the read timeout is over", "Raise timeouts.read")
	match := spent.FindStringSubmatch(problem.Detail)
	if match == nil {
		t.Fatalf("the error does not say how long it took\n%s", problem.Detail)
	}
	took, err := time.ParseDuration(match[1])
	if err != nil {
		t.Fatal(err)
	}
	if off := (took - 5*time.Second).Abs(); off > 500*time.Millisecond {
		t.Errorf("the read stopped after %s, want 5s", took)
	}
}
