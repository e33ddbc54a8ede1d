// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"context"
	"math/rand/v2"
	"time"

	"github.com/cenkalti/backoff/v5"
)

const (
	initialBackoff = 500 * time.Millisecond
	maxBackoff     = 20 * time.Second
	maxRetryAfter  = 60 * time.Second
)

// newBackoff returns intervals that double. The library's jitter is off, because callers add their own with fullJitter or
// halfJitter.
func newBackoff(initial, longest time.Duration) *backoff.ExponentialBackOff {
	return &backoff.ExponentialBackOff{InitialInterval: initial, Multiplier: 2, MaxInterval: longest}
}

// fullJitter returns a random duration between zero and d.
func fullJitter(d time.Duration) time.Duration { return rand.N(d + 1) }

// halfJitter returns a random duration between half of d and d.
func halfJitter(d time.Duration) time.Duration { return d/2 + rand.N(d/2+1) }

// sleep waits for d. It returns an error at once if ctx has ended or would end first. The caller must then end the call.
func sleep(ctx context.Context, d time.Duration) error {
	if ctx.Err() != nil {
		return contextError(ctx)
	}
	if d <= 0 {
		return nil
	}
	if giveUpBefore(ctx, time.Now().Add(d)) {
		return errNoTimeLeft()
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return contextError(ctx)
	case <-timer.C:
		return nil
	}
}
