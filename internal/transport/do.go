// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package transport sends HTTP requests within rate limits and retries them.
//
// Do makes one call, which is a series of attempts. Each attempt waits for the API's limiter and then builds, signs,
// sends and decodes one request. Do repeats the whole attempt, because a signature holds a timestamp and sometimes a
// nonce, and because Tencent Cloud reports throttling with HTTP 200.
//
// Ask is Do for calls whose result can be shared. Client sends the one request of an attempt.
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

// minAttemptTimeout is how long any attempt may take if the call's deadline allows it.
const minAttemptTimeout = 60 * time.Second

// Policy sets the limits and retries of one API.
type Policy struct {
	// API names the API in logs and tells its questions from those of other APIs in Memo.
	API string
	// Prepare fetches what an attempt needs, such as keys. It runs before the attempt waits for the limiter, so that
	// calls that waited for keys together do not start together. It may be nil.
	Prepare func(context.Context) error
	// Limiter is shared by all calls of the API from one provider instance.
	Limiter *Limiter
	// MaxRetries is the maximum number of retries. Retries after throttling do not count.
	MaxRetries int
	// Memo keeps the answers of Ask. If it is nil, Ask makes every call.
	Memo *Memo
}

// CallError is the error of Do. It says why the call ended, after how many attempts, and how long it took.
type CallError struct {
	// Err is why the call ended: the last attempt's error, the end of the context, or the rate limit.
	Err error
	// Last is the error of the last attempt if Err is a different one. It may be nil.
	Last error
	// Attempts counts the attempts that were started.
	Attempts int
	Elapsed  time.Duration
}

// Error returns the text of Err, followed by that of Last. A refused connection is why a call took all its time, so it
// comes first.
func (e *CallError) Error() string {
	if e.Last == nil {
		return e.Err.Error()
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

// Do runs attempt until it succeeds, its error is final, the policy allows no more retries, or ctx ends. An attempt
// may take 60 seconds, or an equal share of the time until the deadline if that is longer; so the last attempt may use
// all the time that is left. The error is always a *CallError.
func Do[T any](ctx context.Context, p Policy, attempt func(context.Context) (T, error)) (T, error) {
	return doCounted(ctx, p, new(progress), attempt)
}

// doCounted is Do for a caller that follows the progress.
func doCounted[T any](ctx context.Context, p Policy, made *progress, attempt func(context.Context) (T, error)) (T, error) {
	c := call{policy: p, started: time.Now(), progress: made, backoff: newBackoff(initialBackoff, maxBackoff)}
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

// progress is what a call has done so far. It is safe for concurrent use.
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

// failure returns the error of a caller that started to wait at the given time.
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

// attemptContext returns the context of an attempt. It ends with ctx, and at the attempt's time limit. That limit is
// computed again when it is reached, because a shared call may have got a later deadline.
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

// attemptLimit returns how long an attempt may take if it and those after it may be so many.
func attemptLimit(ctx context.Context, started time.Time, attempts int) time.Duration {
	deadline, ok := deadlineOf(ctx)
	if !ok {
		return minAttemptTimeout
	}
	left := deadline.Sub(started)
	if limit := max(minAttemptTimeout, left/time.Duration(attempts)); limit < left {
		return limit
	}
	return left + time.Second // Later than the end of ctx, so that the attempt ends with that.
}

func isContextError(err error) bool {
	return errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled)
}

// timedOut returns the transient error of an attempt that reached its time limit.
func timedOut(err error, took time.Duration) *NetworkError {
	problem := fmt.Sprintf("no complete answer within %s", took.Round(time.Second))
	e := &NetworkError{Problem: problem, Verdict: Retry, Err: context.DeadlineExceeded}
	if cause, ok := errors.AsType[*NetworkError](err); ok {
		e.Host = cause.Host
	}
	return e
}

// next decides what follows an error. It returns nil after waiting for another attempt, or the failure of the call.
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
		failure.Last = nil // It is err.
		return failure
	}
	tflog.Warn(ctx, "Retrying", masked(ctx, map[string]any{
		"api": c.policy.API, "attempt": c.progress.count(), "wait": wait.String(), "reason": err.Error(),
	}))
	if judgement.Verdict == Throttled {
		return nil // The limiter makes every call wait, this one too.
	}
	if err := sleep(ctx, wait); err != nil {
		return c.progress.failure(err, c.started)
	}
	return nil
}
