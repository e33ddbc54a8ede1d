// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"context"
	"math"
	"time"
)

// CheckFits returns an error if the rate limit does not let this many calls start before the deadline of ctx, so that a
// read that cannot succeed makes no call. The error is a *TooSlowError, or the read timeout if under a second is left.
func (p Policy) CheckFits(ctx context.Context, calls int) error {
	needs := p.Limiter.duration(calls)
	if !endsBefore(ctx, time.Now().Add(needs)) {
		return nil
	}
	return tooSlow(ctx, calls, needs)
}

// tooSlow returns the error of calls that the rate limit delays past the deadline of ctx.
func tooSlow(ctx context.Context, calls int, needs time.Duration) error {
	deadline, _ := deadlineOf(ctx)
	has := time.Until(deadline)
	if has < time.Second {
		return errNoTimeLeft()
	}
	return &TooSlowError{Calls: calls, Needs: needs, Has: has}
}

// duration returns the shortest time in which the limit lets this many calls start.
func (l *Limiter) duration(calls int) time.Duration {
	late := calls - l.rate.Burst()
	if late <= 0 {
		return 0
	}
	nanoseconds := float64(late) / float64(l.rate.Limit()) * float64(time.Second)
	if nanoseconds >= math.MaxInt64 {
		return math.MaxInt64
	}
	return time.Duration(nanoseconds)
}
