// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package endtoend_test

import (
	"regexp"
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

// The vendor allows 20 calls per second, and the provider uses 80 % of them. On a busy machine, delayed calls can arrive
// together, so one good plan out of three is enough. The minimum rate distinguishes seconds from minutes.
func TestManyReadsStayWithinTheQuota(t *testing.T) {
	t.Parallel()
	const minRate = 2
	var refused int
	var rate float64
	for range 3 {
		e := acctest.Serve(t, emulator.Options{Limits: acctest.LimitsOverFiveSeconds()})
		newWorkspace(t, manyReads, acctest.Variables(e.URL)).plan(t, "-parallelism=50").expect(t, 0)
		calls := e.CallsTo(emulator.MNA)
		if refused, rate = refusals(calls), acctest.Rate(calls); refused == 0 && rate >= minRate {
			return
		}
	}
	t.Errorf("%d calls were refused at %.1f calls a second, want none at %d or more", refused, rate, minRate)
}

// refusals returns the number of calls that the vendor refused.
func refusals(calls []emulator.Call) (refused int) {
	for _, call := range calls {
		if call.Code != "" {
			refused++
		}
	}
	return refused
}

var spent = regexp.MustCompile(`1 attempt in ([0-9.]+s)\.`)

func TestTheReadTimeoutEndsARead(t *testing.T) {
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
	problem.expect(t, "the read timed out", "Raise timeouts.read")
	match := spent.FindStringSubmatch(problem.Detail)
	if match == nil {
		t.Fatalf("the error does not say how long it took\n%s", problem.Detail)
	}
	took, err := time.ParseDuration(match[1])
	if err != nil {
		t.Fatal(err)
	}
	// Without the timeout, the attempt would take a minute. The call starts a moment after the read.
	if took < time.Second || took > 30*time.Second {
		t.Errorf("the read stopped after %s, want about 5s", took)
	}
}
