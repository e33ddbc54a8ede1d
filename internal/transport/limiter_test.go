// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// starts collects the start times of calls.
type starts struct {
	mu    sync.Mutex
	times []time.Time
}

func (s *starts) add() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.times = append(s.times, time.Now())
}

// most returns the largest number of calls that started within any window, excluding its end.
func (s *starts) most(window time.Duration) int {
	slices.SortFunc(s.times, time.Time.Compare)
	most := 0
	for i, from := range s.times {
		inside := 0
		for _, at := range s.times[i:] {
			if at.Sub(from) < window {
				inside++
			}
		}
		most = max(most, inside)
	}
	return most
}

// wave makes concurrent calls and returns when the last one has ended.
func (s *starts) wave(t *testing.T, l *Limiter, calls int, lasts time.Duration) {
	t.Helper()
	var group sync.WaitGroup
	for range calls {
		group.Go(func() {
			release, err := l.acquire(t.Context())
			if err != nil {
				t.Error(err)
				return
			}
			defer release()
			s.add()
			pass(lasts)
		})
	}
	group.Wait()
}

// pass lets virtual time pass.
func pass(d time.Duration) { <-time.After(d) }

var quotas = []Quota{
	{Calls: 20, Window: time.Second},
	{Calls: 100, Window: time.Minute},
	{Calls: 300, Window: 5 * time.Minute},
}

func TestNoWindowHasMoreCallsThanTheShare(t *testing.T) {
	for _, quota := range quotas {
		for _, share := range []float64{0.01, 0.1, 0.5, 0.8, 1} {
			t.Run(fmt.Sprintf("%d per %s at %v", quota.Calls, quota.Window, share), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					allowed := max(1, int(float64(quota.Calls)*share))
					limiter := NewLimiter(quota, share)
					var calls starts
					for _, idle := range []time.Duration{quota.Window / 3, 10 * quota.Window, 0} {
						calls.wave(t, limiter, 2*allowed+3, 0)
						pass(idle)
					}
					if got := calls.most(quota.Window); got > allowed {
						t.Errorf("%d calls started within %s, want at most %d", got, quota.Window, allowed)
					}
				})
			})
		}
	}
}

func TestBurstAndRate(t *testing.T) {
	for _, test := range []struct {
		quota       Quota
		share       float64
		burst       int
		inOneWindow float64
	}{
		{quotas[0], 1, 1, 20},
		{quotas[0], 0.8, 1, 16},
		{quotas[0], 0.1, 1, 2},
		{quotas[0], 0.01, 1, 1.1},
		{quotas[1], 1, 25, 100},
		{quotas[1], 0.8, 20, 80},
		{quotas[1], 0.01, 1, 1.5},
		{quotas[2], 1, 75, 300},
		{quotas[2], 0.5, 37, 150},
		{quotas[2], 0.01, 1, 3},
	} {
		perSecond, burst := burstAndRate(test.quota, test.share)
		if burst != test.burst {
			t.Errorf("%v of %+v: burst %d, want %d", test.share, test.quota, burst, test.burst)
		}
		inOneWindow := float64(burst) + float64(perSecond)*test.quota.Window.Seconds()
		if inOneWindow < test.inOneWindow-1e-9 || inOneWindow > test.inOneWindow+1e-9 {
			t.Errorf("%v of %+v: burst and rate give %v calls in a window, want %v", test.share, test.quota, inOneWindow, test.inOneWindow)
		}
	}
}

func TestLimiterUsesMostOfTheShare(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		started := time.Now()
		new(starts).wave(t, NewLimiter(quotas[0], 0.8), 120, 0)
		if perSecond := 120 / time.Since(started).Seconds(); perSecond < 13 {
			t.Errorf("%.1f calls per second of the 16 allowed, want 13 at least", perSecond)
		}
	})
}

func TestASingleReadDoesNotWait(t *testing.T) {
	for _, test := range []struct {
		quota Quota
		calls int
	}{
		{quotas[0], 1},
		{quotas[1], 20},
		{quotas[2], 60},
	} {
		synctest.Test(t, func(t *testing.T) {
			limiter, started := NewLimiter(test.quota, 0.8), time.Now()
			new(starts).wave(t, limiter, test.calls, 0)
			if waited := time.Since(started); waited != 0 {
				t.Errorf("%d calls of %+v waited %s, want none", test.calls, test.quota, waited)
			}
			new(starts).wave(t, limiter, 1, 0)
			if time.Since(started) == 0 {
				t.Errorf("call %d of %+v did not wait", test.calls+1, test.quota)
			}
		})
	}
}

func TestConcurrentCallsAreLimited(t *testing.T) {
	for share, want := range map[float64]int{0.05: 1, 0.5: 5, 0.8: 8, 1: 10} {
		synctest.Test(t, func(t *testing.T) {
			var calls starts
			lasts := 10 * time.Second
			calls.wave(t, NewLimiter(Quota{Calls: 1000, Window: time.Second, Concurrent: 10}, share), 50, lasts)
			if got := calls.most(lasts); got != want {
				t.Errorf("%d calls in flight at %v of 10, want %d", got, share, want)
			}
		})
	}
}

func TestPauseGrowsUpToTheWindow(t *testing.T) {
	for _, quota := range quotas {
		synctest.Test(t, func(t *testing.T) {
			limiter := NewLimiter(quota, 1)
			longest := initialBackoff
			jittered := false
			for range 15 {
				wait := limiter.pause(0)
				if wait < longest/2 || wait > longest {
					t.Errorf("pause of %s, want between %s and %s", wait, longest/2, longest)
				}
				jittered = jittered || wait < longest*9/10
				pass(wait)
				longest = min(2*longest, quota.Window)
			}
			if !jittered {
				t.Error("15 pauses have no jitter")
			}
			limiter.succeeded()
			if wait := limiter.pause(0); wait > initialBackoff {
				t.Errorf("pause of %s after a success, want %s at most", wait, initialBackoff)
			}
		})
	}
}

func TestConcurrentlyThrottledCallsShareOnePause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		limiter := NewLimiter(quotas[1], 1)
		first := limiter.pause(0)
		for range 20 {
			if wait := limiter.pause(0); wait != first {
				t.Errorf("pause of %s while one of %s is on", wait, first)
			}
		}
		pass(first)
		if wait := limiter.pause(0); wait > 2*initialBackoff {
			t.Errorf("second pause of %s, want %s at most", wait, 2*initialBackoff)
		}
	})
}

func TestPauseIsExtendedButNotShortened(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		limiter, started := NewLimiter(quotas[0], 1), time.Now()
		for _, retryAfter := range []time.Duration{time.Second, 30 * time.Second, 2 * time.Second, 0} {
			limiter.pause(retryAfter)
		}
		new(starts).wave(t, limiter, 1, 0)
		if waited := time.Since(started); waited != 30*time.Second {
			t.Errorf("waited %s, want 30s", waited)
		}
	})
}

func TestAPauseStopsAllCalls(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		limiter := NewLimiter(quotas[1], 1) // 25 of the calls start at once, the others wait for the rate limit.
		var calls starts
		done := make(chan struct{})
		go func() {
			defer close(done)
			calls.wave(t, limiter, 60, 0)
		}()
		pass(10 * time.Second)
		from := time.Now()
		until := from.Add(limiter.pause(50 * time.Second))
		<-done
		afterwards := 0
		for _, at := range calls.times {
			if at.After(from) && at.Before(until) {
				t.Errorf("a call started %s into the pause", at.Sub(from))
			}
			if at.Equal(until) {
				afterwards++
			}
		}
		if got := calls.most(time.Minute); got > 100 {
			t.Errorf("%d calls started within a minute", got)
		}
		if afterwards > 25 {
			t.Errorf("%d calls started at the end of the pause, more than the burst", afterwards)
		}
	})
}

func TestAcquireReturnsItsSlotWhenItFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		limiter := NewLimiter(Quota{Calls: 1000, Window: time.Second, Concurrent: 1}, 1)
		limiter.pause(time.Minute)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := limiter.acquire(ctx); !IsTimeout(err) {
			t.Errorf("acquire = %v, want the read timeout", err)
		}
		new(starts).wave(t, limiter, 1, 0)
	})
}
