// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package suite

import (
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider"
)

// bubbleClock is the time in a bubble, which begins at acctest.Now. outside returns the time of the last call of Now in the
// bubble. For a request, this is when it was signed, and no time passes in the bubble until the response.
type bubbleClock struct{ asked atomic.Int64 }

func (c *bubbleClock) Now() time.Time {
	elapsed := time.Since(time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)) // Every bubble begins then.
	c.asked.Store(int64(elapsed))
	return acctest.Now.Add(elapsed)
}

func (c *bubbleClock) outside() time.Time { return acctest.Now.Add(time.Duration(c.asked.Load())) }

// bubble is a test in a synctest bubble with a configured provider.
type bubble struct {
	*testing.T

	server *acctest.Server
}

func (b bubble) read(dataSource string, c acctest.Config) (acctest.State, acctest.Problems) {
	b.Helper()
	return b.server.Read(b.Context(), b.T, dataSource, c)
}

// inBubble starts an emulator with faults and calls test in a synctest bubble with a provider that retries maxRetries
// times. Waiting takes no real time there. Connections are closed after each response, because a bubble with an open
// connection waits for the network forever.
func inBubble(t *testing.T, maxRetries int, faults []emulator.Fault, test func(b bubble)) *acctest.Emulator {
	t.Helper()
	var c bubbleClock
	e := acctest.Start(t, emulator.Options{Clock: clock.Func(c.outside), Faults: faults})
	server := httptest.NewUnstartedServer(e)
	server.Config.SetKeepAlivesEnabled(false)
	server.Start()
	t.Cleanup(server.Close)
	t.Setenv("EDGESTATS_ENDPOINT_URL", server.URL)
	synctest.Test(t, func(t *testing.T) {
		test(bubble{t, acctest.Configured(t, acctest.Config{"max_retries": maxRetries}, provider.WithClock(&c))})
	})
	return e
}

// Throttling does not count as a retry, so reads succeed although no retries are allowed. No read makes a call during the
// pause that the vendor asks for.
func (d Description) testThrottlingPauses(t *testing.T) {
	t.Helper()
	throttled := emulator.Fault{API: d.API, Kind: emulator.FaultThrottled, Count: 2, Header: map[string]string{"Retry-After": "30"}}
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
	if want := 3 * d.calls(); len(calls) != want+2 {
		t.Errorf("%d calls, want %d and 2 that were throttled", len(calls), want)
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

// The vendor may not say how long to wait.
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

// A read that is throttled forever ends at its timeout, and the error advises on the quota.
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
