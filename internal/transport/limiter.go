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

// Quota is what a vendor's documentation allows one account to ask of one API.
type Quota struct {
	// Calls may start in any Window.
	Calls  int
	Window time.Duration
	// Concurrent calls may be in flight; zero means any number.
	Concurrent int
}

// Unmetered is for services that no documented limit protects: it is beyond what a run asks of them.
var Unmetered = Quota{Calls: 1000, Window: time.Second}

// Limiter keeps the calls of one API within a share of its quota and pauses all of them when one is throttled.
type Limiter struct {
	rate   *rate.Limiter
	flight chan struct{} // nil where any number may be in flight

	mu          sync.Mutex
	pausedUntil time.Time
	pauses      *backoff.ExponentialBackOff
}

// NewLimiter returns a limiter for the share (above 0, up to 1) of the quota.
func NewLimiter(q Quota, share float64) *Limiter {
	perSecond, burst := spend(q, share)
	l := &Limiter{
		rate:   rate.NewLimiter(perSecond, burst),
		pauses: newBackoff(min(initialBackoff, q.Window), q.Window),
	}
	if q.Concurrent > 0 {
		l.flight = make(chan struct{}, max(1, int(float64(q.Concurrent)*share)))
	}
	return l
}

// spend divides a share of the quota into a burst and a steady rate, so that burst + rate × window stays within the
// share in every sliding window. Quotas of a minute and more have a quarter of it as burst: a lone read of several
// calls does not wait. A share of fewer than two calls becomes one call every two windows' worth.
func spend(q Quota, share float64) (perSecond rate.Limit, burst int) {
	allowed := float64(q.Calls) * share
	burst = 1
	if q.Window >= time.Minute {
		burst = max(1, int(allowed/4))
	}
	steady := math.Max(allowed-float64(burst), allowed/2)
	return rate.Limit(steady / q.Window.Seconds()), burst
}

// acquire waits for the limiter's leave to start one call. The caller calls release when the call has ended.
func (l *Limiter) acquire(ctx context.Context) (release func(), err error) {
	release = func() {}
	if l.flight != nil {
		select {
		case l.flight <- struct{}{}:
			release = func() { <-l.flight }
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

// wait waits for the end of a pause and then for a token. A pause that begins meanwhile makes it start over: tokens
// saved up during a pause would all be spent at its end.
func (l *Limiter) wait(ctx context.Context) error {
	for {
		if err := sleep(ctx, l.pauseLeft()); err != nil {
			return err
		}
		if err := l.token(ctx); err != nil {
			return err
		}
		if l.pauseLeft() <= 0 {
			return nil
		}
	}
}

// token waits for its turn under the rate, unless that comes after the context's deadline.
func (l *Limiter) token(ctx context.Context) error {
	turn := l.rate.Reserve()
	delay := turn.Delay()
	if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) < delay {
		turn.Cancel()
		return &TooSlowError{Calls: 1, Needs: delay, Has: time.Until(deadline)}
	}
	if err := sleep(ctx, delay); err != nil {
		turn.Cancel()
		return err
	}
	return nil
}

func (l *Limiter) pauseLeft() time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	return time.Until(l.pausedUntil)
}

// pause stops everyone for as long as the vendor said, or for a time that grows up to the quota's window, and
// returns how long. Answers to calls that were under way together count as one.
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

// succeeded lets the next pause start small again.
func (l *Limiter) succeeded() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.pauses.Reset()
}
