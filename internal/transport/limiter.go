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

// Quota is the number of calls of one API that a vendor allows for one account.
type Quota struct {
	// Calls is the maximum number of calls that start in any Window.
	Calls  int
	Window time.Duration
	// Concurrent is the maximum number of concurrent calls, or zero for no limit.
	Concurrent int
}

// Unmetered is the quota of services without a documented limit. It is higher than any run needs.
var Unmetered = Quota{Calls: 1000, Window: time.Second}

// Limiter keeps the calls of one API within a share of its quota. When one call is throttled, it pauses all of them. It is
// safe for concurrent use.
type Limiter struct {
	rate  *rate.Limiter
	slots chan struct{} // One element per concurrent call; nil without a limit.

	mu          sync.Mutex
	pausedUntil time.Time
	pauses      *backoff.ExponentialBackOff
}

// NewLimiter returns a limiter for a share of the quota, above 0 up to 1.
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

// burstAndRate divides a share of the quota into a burst and a steady rate, so that no sliding window has more calls than
// the share: burst + rate × window. For a window of a minute or more, the burst is a quarter of the share, so that a single
// read of a few calls does not wait. For a share of less than two calls, the burst is one and the rate half of the share.
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

// wait waits for the end of the pause and then for the rate limit. If another pause has begun meanwhile, it starts over.
// Otherwise all calls that waited for the rate limit during that pause would start at its end.
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

// waitForRate waits until the rate limit allows a call. It fails at once if ctx would end first.
func (l *Limiter) waitForRate(ctx context.Context) error {
	reservation := l.rate.Reserve()
	delay := reservation.Delay()
	if giveUpBefore(ctx, time.Now().Add(delay)) {
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

// pause stops all calls for as long as the vendor asked, or for a time that doubles up to the quota's window. It returns
// the remaining time. If several concurrent calls are throttled, only the first doubles the time.
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

// succeeded resets the length of the next pause to the shortest.
func (l *Limiter) succeeded() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.pauses.Reset()
}
