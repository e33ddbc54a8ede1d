// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package suite

import (
	"sync"
	"testing"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

// Throttling counts as no retry, of which there are none here, and no read calls during the pause that the vendor asks for.
func (d Description) testThrottlingPauses(t *testing.T) {
	t.Helper()
	throttled := emulator.Fault{
		API: d.API, Kind: emulator.FaultThrottled, Count: 2, Header: map[string]string{"Retry-After": "30"},
	}
	e := inBubble(t, 0, []emulator.Fault{throttled}, func(b bubble) {
		var group sync.WaitGroup
		for i := range 3 {
			group.Go(func() {
				if _, problems := b.read(d.Name, d.Config.With(d.Another(i))); len(problems) > 0 {
					b.Error(problems)
				}
			})
		}
		group.Wait()
	})
	calls := e.CallsTo(d.API)
	if len(calls) != 5 {
		t.Errorf("%d calls, want 3 and 2 that were throttled", len(calls))
	}
	for _, paused := range calls {
		for _, call := range calls {
			into := call.Time.Sub(paused.Time)
			if paused.Fault == emulator.FaultThrottled && into > 0 && into < 30*time.Second {
				t.Errorf("a call %s into a pause of 30s", into)
			}
		}
	}
}

// The vendor need not say how long to wait.
func (d Description) testThrottlingWithoutRetryAfter(t *testing.T) {
	t.Helper()
	throttled := emulator.Fault{API: d.API, Kind: emulator.FaultThrottled, Count: 2}
	inBubble(t, 0, []emulator.Fault{throttled}, func(b bubble) {
		started := time.Now()
		if _, problems := b.read(d.Name, d.Config); len(problems) > 0 {
			b.Error(problems)
		}
		if took := time.Since(started); took < 750*time.Millisecond || took > 2*time.Second {
			b.Errorf("took %s, want pauses of up to half a second and up to one", took)
		}
	})
}

// A read that is throttled forever ends with its timeout, and the error says what uses up the quota.
func (d Description) testThrottlingTimeout(t *testing.T) {
	t.Helper()
	throttled := emulator.Fault{API: d.API, Kind: emulator.FaultThrottled}
	inBubble(t, 0, []emulator.Fault{throttled}, func(b bubble) {
		started := time.Now()
		_, problems := b.read(d.Name, d.Config.With(acctest.Config{"timeouts": acctest.Config{"read": "1m"}}))
		acctest.ExpectProblem(b, problems, "", "the read timed out", "Too many requests", " attempts in ", "quota_share", "timeouts.read")
		if took := time.Since(started); took < 20*time.Second || took > time.Minute {
			b.Errorf("took %s, want as long as the next attempt fits into a minute", took)
		}
	})
}
