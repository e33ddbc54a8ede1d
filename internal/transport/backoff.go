// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/cenkalti/backoff/v5"
)

const (
	initialBackoff = 500 * time.Millisecond
	maxBackoff     = 20 * time.Second
	maxRetryAfter  = 60 * time.Second
)

// newBackoff returns doubling intervals. The library's own jitter is off: it never goes below half an interval,
// and callers that failed together should spread over all of it.
func newBackoff(initial, longest time.Duration) *backoff.ExponentialBackOff {
	return &backoff.ExponentialBackOff{InitialInterval: initial, Multiplier: 2, MaxInterval: longest}
}

// fullJitter returns a random part of d.
func fullJitter(d time.Duration) time.Duration { return rand.N(d + 1) }

// halfJitter returns a random duration between half of d and d.
func halfJitter(d time.Duration) time.Duration { return d/2 + rand.N(d/2+1) }

// sleep waits for d, if it is positive. It returns at once when the context ends, or will end before d is over.
func sleep(ctx context.Context, d time.Duration) error {
	if ctx.Err() != nil {
		return contextError(ctx)
	}
	if d <= 0 {
		return nil
	}
	if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) < d {
		return fmt.Errorf("%w before the next attempt: %w", errReadTimeout, context.DeadlineExceeded)
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

// These tell the end of the whole call from the end of one attempt or connection, which may wrap the same error of
// package context.
var (
	errReadTimeout = errors.New("the read timeout is over")
	errCancelled   = errors.New("the read was cancelled")
)

// contextError says in words why the context ended.
func contextError(ctx context.Context) error {
	if errors.Is(context.Cause(ctx), context.DeadlineExceeded) {
		return fmt.Errorf("%w: %w", errReadTimeout, context.Cause(ctx))
	}
	return fmt.Errorf("%w: %w", errCancelled, context.Cause(ctx))
}
