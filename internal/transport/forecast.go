// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"context"
	"time"
)

// CheckFits returns a *TooSlowError if so many calls cannot start before the context's deadline, so that a read
// that is bound to fail does so before its first call.
func (p Policy) CheckFits(ctx context.Context, calls int) error {
	deadline, ok := ctx.Deadline()
	if !ok {
		return nil
	}
	needs, has := p.Limiter.duration(calls), time.Until(deadline)
	if needs <= has {
		return nil
	}
	return &TooSlowError{Calls: calls, Needs: needs, Has: has}
}

// duration returns how long the limit makes so many calls take at least.
func (l *Limiter) duration(calls int) time.Duration {
	late := float64(calls - l.rate.Burst())
	return time.Duration(max(0, late) / float64(l.rate.Limit()) * float64(time.Second))
}
