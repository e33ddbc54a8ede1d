// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"context"
	"math"
	"sync"
	"time"

	"github.com/cenkalti/backoff/v5"
	"golang.org/x/time/rate"
)

// Quota is how many calls of one API a vendor documents as allowed for one account.
type Quota struct {
	// Calls is the maximum number of calls that start in any Window.
	Calls  int
	Window time.Duration
	// Concurrent is the maximum number of calls in flight; zero means no limit.
	Concurrent int
}

// Unmetered is the quota of services without a documented limit. It is more than a run needs.
var Unmetered = Quota{Calls: 1000, Window: time.Second}

// Limiter keeps the calls of one API within a share of its quota. When one call is throttled, it pauses them all. It is
// safe for concurrent use.
type Limiter struct {
	rate  *rate.Limiter
	slots chan struct{} // One element per call in flight; nil if their number is not limited.

	mu          sync.Mutex
	pausedUntil time.Time
	pauses      *backoff.ExponentialBackOff
}

// NewLimiter returns a limiter for the share (above 0, up to 1) of the quota.
func NewLimiter(q Quota, share float64) *Limiter {
	perSecond, burst := burstAndRate(q, share)
	l := &Limiter{
		rate:   rate.NewLimiter(perSecond, burst),
		pauses: newBackoff(min(initialBackoff, q.Window), q.Window),
	}
	if q.Concurrent > 0 {
		l.slots = make(chan struct{}, max(1, int(float64(q.Concurrent)*share)))
	}
	return l
}

// burstAndRate divides a share of the quota into a burst and a steady rate, so that any sliding window has at most the
// share: burst + rate × window. For a window of a minute or more, the burst is a quarter of the share, so that a single
// read of a few calls does not wait. A share of fewer than two calls is a burst of one and half of the share as rate.
func burstAndRate(q Quota, share float64) (perSecond rate.Limit, burst int) {
	allowed := float64(q.Calls) * share
	burst = 1
	if q.Window >= time.Minute {
		burst = max(1, int(allowed/4))
	}
	steady := math.Max(allowed-float64(burst), allowed/2)
	return rate.Limit(steady / q.Window.Seconds()), burst
}

// acquire waits until one call may start. The caller must call release when the call has ended.
func (l *Limiter) acquire(ctx context.Context) (release func(), err error) {
	release = func() {}
	if l.slots != nil {
		select {
		case l.slots <- struct{}{}:
			release = func() { <-l.slots }
		case <-ctx.Done():
			return nil, contextError(ctx)
		}
	}
	if err := l.wait(ctx); err != nil {
		release()
		return nil, err
	}
	return release, nil
}

// wait waits for the end of the pause and then for the rate limit. If another pause began meanwhile, it starts over;
// otherwise all calls that waited for the rate limit during a pause would start at its end.
func (l *Limiter) wait(ctx context.Context) error {
	for {
		if err := sleep(ctx, l.pauseLeft()); err != nil {
			return err
		}
		if err := l.waitForRate(ctx); err != nil {
			return err
		}
		if l.pauseLeft() <= 0 {
			return nil
		}
	}
}

// waitForRate waits until the rate allows a call. It fails at once if ctx ends before that.
func (l *Limiter) waitForRate(ctx context.Context) error {
	reservation := l.rate.Reserve()
	delay := reservation.Delay()
	if endsBefore(ctx, time.Now().Add(delay)) {
		reservation.Cancel()
		return tooSlow(ctx, 1, delay)
	}
	if err := sleep(ctx, delay); err != nil {
		reservation.Cancel()
		return err
	}
	return nil
}

func (l *Limiter) pauseLeft() time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	return time.Until(l.pausedUntil)
}

// pause stops all calls for as long as the vendor asked, or for a time that doubles up to the quota's window. It
// returns how long. If calls in flight together are all throttled, only the first makes the time double.
func (l *Limiter) pause(retryAfter time.Duration) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	if left := time.Until(l.pausedUntil); left > 0 && left >= retryAfter {
		return left
	}
	wait := retryAfter
	if wait <= 0 {
		wait = halfJitter(l.pauses.NextBackOff())
	}
	l.pausedUntil = time.Now().Add(wait)
	return wait
}

// succeeded makes the next pause a short one.
func (l *Limiter) succeeded() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.pauses.Reset()
}
