// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"context"
	"math"
	"time"
)

// CheckFits returns an error if the rate limit does not let this many calls start before the deadline of ctx. A read that
// cannot succeed then makes no call at all. The error is a *TooSlowError, or the read timeout if less than a second is left.
func (p Policy) CheckFits(ctx context.Context, calls int) error {
	needs := p.Limiter.duration(calls)
	if !giveUpBefore(ctx, time.Now().Add(needs)) {
		return nil
	}
	return tooSlow(ctx, calls, needs)
}

// tooSlow returns the error of calls that the rate limit would delay past the deadline of ctx.
func tooSlow(ctx context.Context, calls int, needs time.Duration) error {
	deadline, _ := deadlineOf(ctx)
	has := time.Until(deadline)
	if has < time.Second {
		return errNoTimeLeft()
	}
	return &TooSlowError{Calls: calls, Needs: needs, Has: has}
}

// duration returns the time until the rate limit lets the last of this many calls start.
func (l *Limiter) duration(calls int) time.Duration {
	waiting := calls - l.rate.Burst()
	if waiting <= 0 {
		return 0
	}
	nanoseconds := float64(waiting) / float64(l.rate.Limit()) * float64(time.Second)
	if nanoseconds >= math.MaxInt64 {
		return math.MaxInt64
	}
	return time.Duration(nanoseconds)
}
