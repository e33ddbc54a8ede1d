// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package transport sends requests and decides when to try again.
//
// Do runs an attempt: it waits for the API's limiter, lets the vendor package build, sign, send and decode, and
// repeats the whole attempt where the error allows it. Every attempt is signed afresh, because signatures carry a
// timestamp and some a nonce, and because Tencent reports throttling inside HTTP 200: neither can be handled by a
// round tripper that sends a prepared request again.
//
// Client is the HTTP side of one attempt: one keep-alive pool, the user agent, a cap on the body, no redirects.
package transport

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/cenkalti/backoff/v5"
	"github.com/hashicorp/terraform-plugin-log/tflog"
)

// DefaultAttemptTimeout is how long one attempt may take, from sending to the last byte of the answer.
const DefaultAttemptTimeout = 60 * time.Second

// Policy says how often one API may be asked and how patiently.
type Policy struct {
	// API names the API in logs, and Account whose answers Memo holds.
	API, Account string
	// Prepare gets what an attempt needs, such as keys, and nil gets nothing. It runs before an attempt waits for its turn:
	// whoever waited for keys with a turn in hand would call together with everyone else who did.
	Prepare func(context.Context) error
	// Limiter is shared by all calls of the API under one provider configuration.
	Limiter *Limiter
	// MaxRetries is the number of tries after the first. Being throttled does not use them up.
	MaxRetries int
	// Memo holds the answers to questions that are asked through Ask; nil asks every time.
	Memo *Memo
	// AttemptTimeout bounds one attempt; zero means DefaultAttemptTimeout.
	AttemptTimeout time.Duration
}

// CallError is the error of Do: what ended it, after how many attempts, and how long it took.
type CallError struct {
	// Err is what ended the call: the last attempt's error, or the context's.
	Err error
	// Last is the error of the last attempt where Err is not that, and nil otherwise.
	Last     error
	Attempts int
	Elapsed  time.Duration
}

// Error returns the text of the error that ended the call, with the last attempt's where it is another.
func (e *CallError) Error() string {
	if e.Last == nil {
		return e.Err.Error()
	}
	return fmt.Sprintf("%v; the last attempt ended with: %v", e.Err, e.Last)
}

// Unwrap gives errors.Is and errors.As both errors.
func (e *CallError) Unwrap() []error {
	if e.Last == nil {
		return []error{e.Err}
	}
	return []error{e.Err, e.Last}
}

// Do runs attempt under the policy until it succeeds, fails for good, or the context ends.
// Its error is always a *CallError.
func Do[T any](ctx context.Context, p Policy, attempt func(context.Context) (T, error)) (T, error) {
	c := call{policy: p, started: time.Now(), backoff: newBackoff(initialBackoff, maxBackoff)}
	for {
		var result T
		err := c.once(ctx, func(ctx context.Context) (err error) {
			result, err = attempt(ctx)
			return err
		})
		if err == nil {
			return result, nil
		}
		if failure := c.next(ctx, err); failure != nil {
			var none T
			return none, failure
		}
	}
}

// call is the state of one Do.
type call struct {
	policy   Policy
	started  time.Time
	backoff  *backoff.ExponentialBackOff
	attempts int
	retries  int
	resigned bool
	last     error
}

// waitError marks an error of waiting, which is never tried again.
type waitError struct{ error }

func (e waitError) Unwrap() error { return e.error }

// once prepares, waits for the limiter and runs one attempt under its own timeout.
func (c *call) once(ctx context.Context, attempt func(context.Context) error) error {
	if c.policy.Prepare != nil {
		if err := c.policy.Prepare(ctx); err != nil {
			return err
		}
	}
	release, err := c.policy.Limiter.acquire(ctx)
	if err != nil {
		return waitError{err}
	}
	defer release()
	timeout := c.policy.AttemptTimeout
	if timeout == 0 {
		timeout = DefaultAttemptTimeout
	}
	attemptCtx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	c.attempts++
	err = attempt(attemptCtx)
	switch {
	case err == nil:
		c.policy.Limiter.succeeded()
	case ctx.Err() == nil && attemptCtx.Err() != nil && errors.Is(err, context.DeadlineExceeded):
		err = timedOut(err, timeout)
	}
	return err
}

// timedOut makes an error that may be tried again of one that comes from the attempt's own deadline.
func timedOut(err error, timeout time.Duration) *NetworkError {
	e := &NetworkError{Problem: fmt.Sprintf("no complete answer within %s", timeout), Verdict: Retry, Err: context.DeadlineExceeded}
	if cause, ok := errors.AsType[*NetworkError](err); ok {
		e.Host = cause.Host
	}
	return e
}

// next returns nil when another attempt should follow, after waiting for it, and the failure otherwise.
func (c *call) next(ctx context.Context, err error) *CallError {
	if wait, ok := errors.AsType[waitError](err); ok {
		return c.failed(wait.error, c.last)
	}
	if ctx.Err() != nil {
		return c.failed(contextError(ctx), err)
	}
	c.last = err
	judgement := judge(err)
	var wait time.Duration
	switch judgement.Verdict {
	case Throttled:
		wait = c.policy.Limiter.pause(judgement.RetryAfter)
	case Resign:
		if c.resigned {
			return c.failed(err, nil)
		}
		c.resigned = true
	case Retry:
		if c.retries >= c.policy.MaxRetries {
			return c.failed(err, nil)
		}
		c.retries++
		wait = max(fullJitter(c.backoff.NextBackOff()), judgement.RetryAfter)
	default:
		return c.failed(err, nil)
	}
	tflog.Warn(ctx, "Trying again", masked(ctx, map[string]any{
		"api": c.policy.API, "attempt": c.attempts, "wait": wait.String(), "reason": err.Error(),
	}))
	if judgement.Verdict == Throttled {
		return nil // The limiter makes this call wait, like every other.
	}
	if err := sleep(ctx, wait); err != nil {
		return c.failed(err, c.last)
	}
	return nil
}

func (c *call) failed(err, last error) *CallError {
	return &CallError{Err: err, Last: last, Attempts: c.attempts, Elapsed: time.Since(c.started)}
}
