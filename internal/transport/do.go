// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package transport sends HTTP requests within rate limits and retries them.
//
// Do makes one call in one or more attempts. Each attempt waits for the API's limiter and then builds, signs, sends and
// decodes one request. Do repeats the whole attempt, because a signature contains a timestamp and sometimes a nonce, and
// because Tencent Cloud reports throttling with HTTP 200.
//
// Ask is like Do, but shares the result between equal calls. Client sends the request of an attempt. Secrets masks secrets
// in logs and errors, and Clean makes vendors' texts safe to show.
package transport

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/cenkalti/backoff/v5"
	"github.com/hashicorp/terraform-plugin-log/tflog"
)

// minAttemptTimeout is the minimum time limit of an attempt, unless the call's deadline comes earlier.
const minAttemptTimeout = 60 * time.Second

// Policy sets the limits and retries of one API.
type Policy struct {
	// API is the name of the API in logs. In Memo, it distinguishes equal questions to different APIs.
	API string
	// Prepare fetches what an attempt needs, such as keys. It runs before the wait for the limiter, so that calls that
	// waited for the same keys do not all start at the same time. It may be nil.
	Prepare func(context.Context) error
	// Limiter is shared by all calls of the API from one provider instance.
	Limiter *Limiter
	// MaxRetries is the maximum number of retries, not counting those after throttling.
	MaxRetries int
	// Memo keeps the answers of Ask. If it is nil, nothing is shared.
	Memo *Memo
}

// CallError is the error of Do.
type CallError struct {
	// Err is the reason: the last attempt's error, the end of the context, or the rate limit.
	Err error
	// Last is the error of the last attempt, or nil if that is Err or no attempt failed.
	Last error
	// Attempts is the number of attempts that were started.
	Attempts int
	Elapsed  time.Duration
}

// Error returns the text of Err, followed by that of Last. If Last is a refused connection, it comes first, because it is
// why the call ran out of time. If Last is a call for keys that ended with the read, its text alone says so.
func (e *CallError) Error() string {
	switch {
	case e.Last == nil:
		return e.Err.Error()
	case IsTimeout(e.Last), IsCancelled(e.Last):
		return e.Last.Error()
	}
	if _, refused := ConnectionRefused(e.Last); refused {
		return fmt.Sprintf("%v, until %v", e.Last, e.Err)
	}
	return fmt.Sprintf("%v; the last attempt failed: %v", e.Err, e.Last)
}

// Unwrap returns Err and Last.
func (e *CallError) Unwrap() []error {
	if e.Last == nil {
		return []error{e.Err}
	}
	return []error{e.Err, e.Last}
}

// Do runs attempt until it succeeds, its error is final, the policy allows no more retries, or ctx ends. The time limit of
// an attempt is its equal share of the time until the deadline, but at least 60 seconds. So the last attempt has all the
// time that is left. The error is always a *CallError.
func Do[T any](ctx context.Context, p Policy, attempt func(context.Context) (T, error)) (T, error) {
	return doTracked(ctx, p, new(progress), attempt)
}

// doTracked is like Do, and records the attempts in tracked, which other goroutines can read.
func doTracked[T any](ctx context.Context, p Policy, tracked *progress, attempt func(context.Context) (T, error)) (T, error) {
	c := call{policy: p, started: time.Now(), progress: tracked, backoff: newBackoff(initialBackoff, maxBackoff)}
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

// progress records the attempts of a call. It is safe for concurrent use.
type progress struct {
	mu       sync.Mutex
	attempts int
	last     error // The error of the last attempt that ended.
}

func (p *progress) start() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.attempts++
}

func (p *progress) fail(err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.last = err
}

func (p *progress) count() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.attempts
}

// failure returns the error of a caller that has waited since the given time.
func (p *progress) failure(err error, started time.Time) *CallError {
	p.mu.Lock()
	defer p.mu.Unlock()
	return &CallError{Err: err, Last: p.last, Attempts: p.attempts, Elapsed: time.Since(started)}
}

// call is the state of one Do.
type call struct {
	policy      Policy
	started     time.Time
	progress    *progress
	backoff     *backoff.ExponentialBackOff
	retries     int
	signedAgain bool
}

// waitError marks an error of waiting for the limiter, which ends the call.
type waitError struct{ error }

func (e waitError) Unwrap() error { return e.error }

// once prepares, waits for the limiter and runs one attempt within its time limit.
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
	started := time.Now()
	attemptCtx, cancel := c.attemptContext(ctx, started)
	defer cancel()
	c.progress.start()
	err = attempt(attemptCtx)
	switch {
	case err == nil:
		c.policy.Limiter.succeeded()
	case ctx.Err() == nil && attemptCtx.Err() != nil && isContextError(err):
		err = timedOut(err, time.Since(started))
	}
	return err
}

var errAttemptTimeout = fmt.Errorf("the attempt timed out: %w", context.DeadlineExceeded)

// attemptContext returns a context that ends with ctx or at the attempt's time limit. When the limit is reached, it is
// computed again, because new readers may have moved the deadline of a shared call.
func (c *call) attemptContext(ctx context.Context, started time.Time) (context.Context, context.CancelFunc) {
	attempts := max(1, c.policy.MaxRetries-c.retries+1)
	attemptCtx, cancel := context.WithCancelCause(ctx)
	go func() {
		for {
			left := attemptLimit(ctx, started, attempts) - time.Since(started)
			if left <= 0 {
				cancel(errAttemptTimeout)
				return
			}
			select {
			case <-time.After(left):
			case <-attemptCtx.Done():
				return
			}
		}
	}()
	return attemptCtx, func() { cancel(nil) }
}

// attemptLimit returns the time limit of an attempt. attempts is the number of attempts that are left, including this one.
func attemptLimit(ctx context.Context, started time.Time, attempts int) time.Duration {
	deadline, ok := deadlineOf(ctx)
	if !ok {
		return minAttemptTimeout
	}
	left := deadline.Sub(started)
	if limit := max(minAttemptTimeout, left/time.Duration(attempts)); limit < left {
		return limit
	}
	return left + time.Second // After the deadline of ctx, so that the attempt ends with ctx.
}

// timedOut returns the transient error of an attempt that reached its time limit.
func timedOut(err error, took time.Duration) *NetworkError {
	problem := "no complete response within " + human(took)
	e := &NetworkError{Problem: problem, Verdict: Retry, Err: context.DeadlineExceeded}
	if cause, ok := errors.AsType[*NetworkError](err); ok {
		e.Host = cause.Host
	}
	return e
}

// next handles the error of an attempt. It returns nil when the next attempt should start, or else the failure of the call.
func (c *call) next(ctx context.Context, err error) *CallError {
	if wait, ok := errors.AsType[waitError](err); ok {
		return c.progress.failure(wait.error, c.started)
	}
	c.progress.fail(err)
	if ctx.Err() != nil {
		return c.progress.failure(contextError(ctx), c.started)
	}
	judgement := judge(err)
	var wait time.Duration
	switch {
	case judgement.Verdict == Throttled:
		wait = c.policy.Limiter.pause(judgement.RetryAfter)
	case judgement.Verdict == SignAgain && !c.signedAgain:
		c.signedAgain = true
	case judgement.Verdict == Retry && c.retries < c.policy.MaxRetries:
		c.retries++
		wait = max(fullJitter(c.backoff.NextBackOff()), judgement.RetryAfter)
	default:
		failure := c.progress.failure(err, c.started)
		failure.Last = nil // It is the same error.
		return failure
	}
	tflog.Warn(ctx, "Retrying", masked(ctx, map[string]any{
		"api": c.policy.API, "attempt": c.progress.count(), "wait": wait.String(), "reason": err.Error(),
	}))
	if judgement.Verdict == Throttled {
		return nil // The limiter makes every call wait, including this one.
	}
	if err := sleep(ctx, wait); err != nil {
		return c.progress.failure(err, c.started)
	}
	return nil
}
