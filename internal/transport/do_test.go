// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/time/rate"
)

// unlimited returns a limiter that only pauses, for at most a second unless it is told how long.
func unlimited() *Limiter {
	return &Limiter{rate: rate.NewLimiter(rate.Inf, 1), pauses: newBackoff(initialBackoff, time.Second)}
}

func unavailable(retryAfter time.Duration) error {
	return fmt.Errorf("wrapped: %w", &StatusError{Host: "api.example.com", Status: http.StatusServiceUnavailable, RetryAfter: retryAfter})
}

func tooMany(retryAfter time.Duration) error {
	return fmt.Errorf("wrapped: %w", &StatusError{Host: "api.example.com", Status: http.StatusTooManyRequests, RetryAfter: retryAfter})
}

// signAgainError is what a vendor package returns when it has learnt the server's time.
type signAgainError struct{}

func (signAgainError) Error() string    { return "signature expired" }
func (signAgainError) Judge() Judgement { return Judgement{Verdict: SignAgain} }

// failing returns an attempt that fails with the errors in turn, where nil is a success, and then with the last one.
// It notes when it was called.
func failing(calls *[]time.Time, outcomes ...error) func(context.Context) (string, error) {
	return func(context.Context) (string, error) {
		*calls = append(*calls, time.Now())
		return "answer", outcomes[min(len(*calls), len(outcomes))-1]
	}
}

// mustFail returns the failure of a Do.
func mustFail(t *testing.T, err error) *CallError {
	t.Helper()
	failure, ok := errors.AsType[*CallError](err)
	if !ok {
		t.Fatalf("error is %T (%v), want a *CallError", err, err)
	}
	return failure
}

func TestDoTriesAgainAsOftenAsAllowed(t *testing.T) {
	for _, retries := range []int{0, 1, 4, 20} {
		synctest.Test(t, func(t *testing.T) {
			policy := Policy{Limiter: unlimited(), MaxRetries: retries}
			var calls []time.Time
			_, err := Do(t.Context(), policy, failing(&calls, unavailable(0)))
			if failure := mustFail(t, err); failure.Attempts != retries+1 || len(calls) != retries+1 {
				t.Errorf("%d attempts after %d calls, want %d", failure.Attempts, len(calls), retries+1)
			}
			calls = nil
			outcomes := append(slices.Repeat([]error{unavailable(0)}, retries), nil)
			if answer, err := Do(t.Context(), policy, failing(&calls, outcomes...)); answer != "answer" || err != nil {
				t.Errorf("%q, %v on the last attempt allowed", answer, err)
			}
		})
	}
}

func TestDoDoesNotRepeatFinalErrors(t *testing.T) {
	unknown := errors.New("of unknown kind")
	for name, final := range map[string]error{
		"unknown":   unknown,
		"forbidden": &StatusError{Status: http.StatusForbidden},
		"content":   &ContentError{Problem: "malformed"},
		"network":   &NetworkError{Problem: "TLS", Verdict: Final},
	} {
		var calls []time.Time
		_, err := Do(t.Context(), Policy{Limiter: unlimited(), MaxRetries: 4}, failing(&calls, final))
		if failure := mustFail(t, err); len(calls) != 1 || failure.Attempts != 1 || !errors.Is(err, final) {
			t.Errorf("%s: %v after %d calls", name, err, len(calls))
		}
	}
}

func TestDoBacksOffWithFullJitter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var least, most float64 = 1, 0
		for range 20 {
			var calls []time.Time
			_, err := Do(t.Context(), Policy{Limiter: unlimited(), MaxRetries: 20}, failing(&calls, unavailable(0)))
			if failure := mustFail(t, err); failure.Attempts != 21 {
				t.Fatalf("%d attempts, want 21", failure.Attempts)
			}
			longest := 500 * time.Millisecond
			for i, at := range calls[1:] {
				part := float64(at.Sub(calls[i])) / float64(longest)
				if part > 1 {
					t.Errorf("waited %s before attempt %d, want %s at most", at.Sub(calls[i]), i+2, longest)
				}
				least, most = min(least, part), max(most, part)
				longest = min(2*longest, 20*time.Second)
			}
		}
		if least > 0.1 || most < 0.9 {
			t.Errorf("400 waits between %.2f and %.2f of the longest, want all of it used", least, most)
		}
	})
}

func TestDoWaitsAsLongAsTheVendorAsks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, err := range []error{unavailable(45 * time.Second), tooMany(45 * time.Second)} {
			var calls []time.Time
			if _, err := Do(t.Context(), Policy{Limiter: unlimited(), MaxRetries: 1}, failing(&calls, err, nil)); err != nil {
				t.Fatal(err)
			}
			if waited := calls[1].Sub(calls[0]); waited != 45*time.Second {
				t.Errorf("waited %s after %v, want 45s", waited, err)
			}
		}
	})
}

func TestFault_12_ThrottlingUsesUpNoRetriesAndGrows(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var calls []time.Time
		policy := Policy{Limiter: NewLimiter(Quota{Calls: 100, Window: time.Minute}, 1), MaxRetries: 0}
		outcomes := append(slices.Repeat([]error{tooMany(0)}, 30), nil)
		if _, err := Do(t.Context(), policy, failing(&calls, outcomes...)); err != nil {
			t.Fatal(err)
		}
		longest := initialBackoff
		for i, at := range calls[1:] {
			if wait := at.Sub(calls[i]); wait < longest/2 || wait > longest {
				t.Errorf("waited %s before attempt %d, want between %s and %s", wait, i+2, longest/2, longest)
			}
			longest = min(2*longest, time.Minute)
		}
	})
}

func TestDoStartsWithASmallPauseAfterASuccess(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		policy := Policy{Limiter: NewLimiter(Quota{Calls: 100, Window: time.Minute}, 1)}
		for range 2 {
			var calls []time.Time
			outcomes := append(slices.Repeat([]error{tooMany(0)}, 5), nil)
			if _, err := Do(t.Context(), policy, failing(&calls, outcomes...)); err != nil {
				t.Fatal(err)
			}
			if wait := calls[1].Sub(calls[0]); wait > initialBackoff {
				t.Errorf("first pause of %s, want %s at most", wait, initialBackoff)
			}
		}
	})
}

func TestDoThrottledEndsWithTheReadTimeout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Minute)
		defer cancel()
		var calls []time.Time
		_, err := Do(ctx, Policy{Limiter: unlimited()}, failing(&calls, tooMany(0)))
		failure := mustFail(t, err)
		if status, ok := errors.AsType[*StatusError](failure.Last); !ok || status.Status != http.StatusTooManyRequests || !IsTimeout(err) {
			t.Errorf("failure %v, want the read timeout and the last answer", failure)
		}
		if failure.Elapsed < 9*time.Minute || failure.Elapsed > 10*time.Minute || len(calls) < 500 {
			t.Errorf("%d calls in %s, want one or two a second for 10 minutes", len(calls), failure.Elapsed)
		}
	})
}

func TestDoSignsAgainOnce(t *testing.T) {
	for name, test := range map[string]struct {
		outcomes []error
		attempts int
	}{
		"helps":                    {[]error{signAgainError{}, nil}, 2},
		"does not help":            {[]error{signAgainError{}}, 2},
		"helps after other errors": {[]error{unavailable(0), signAgainError{}, unavailable(0), nil}, 4},
		"not twice":                {[]error{signAgainError{}, unavailable(0), signAgainError{}, nil}, 3},
	} {
		synctest.Test(t, func(t *testing.T) {
			var calls []time.Time
			_, err := Do(t.Context(), Policy{Limiter: unlimited(), MaxRetries: 2}, failing(&calls, test.outcomes...))
			if len(calls) != test.attempts {
				t.Errorf("%s: %d attempts, want %d", name, len(calls), test.attempts)
			}
			if wantError := test.outcomes[min(test.attempts, len(test.outcomes))-1]; !errors.Is(err, wantError) {
				t.Errorf("%s: error %v, want %v", name, err, wantError)
			}
		})
	}
	var calls []time.Time
	if _, err := Do(t.Context(), Policy{Limiter: unlimited()}, failing(&calls, signAgainError{}, nil)); err != nil {
		t.Errorf("signing again used up a retry: %v", err)
	}
}

// stalling returns an attempt that only ends with its context, and notes how long each lasted.
func stalling(lasted *[]time.Duration) func(context.Context) (string, error) {
	return func(ctx context.Context) (string, error) {
		started := time.Now()
		<-ctx.Done()
		*lasted = append(*lasted, time.Since(started))
		return "", &NetworkError{Host: "api.example.com", Problem: "no complete answer", Err: ctx.Err()}
	}
}

func TestDoRetriesAfterTheTimeLimitOfAnAttempt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var lasted []time.Duration
		_, err := Do(t.Context(), Policy{Limiter: unlimited(), MaxRetries: 2}, stalling(&lasted))
		if !slices.Equal(lasted, slices.Repeat([]time.Duration{time.Minute}, 3)) {
			t.Errorf("attempts lasted %v, want three times a minute", lasted)
		}
		if want := "api.example.com: no complete answer within 1m0s"; err == nil || err.Error() != want {
			t.Errorf("error %q, want %q", err, want)
		}
		if IsTimeout(err) || IsCancelled(err) {
			t.Error("the end of an attempt is taken for the end of the read")
		}
	})
}

// The attempts that the policy allows share the time until the deadline, and none has less than a minute.
func TestAttemptsShareTheReadTimeout(t *testing.T) {
	for _, test := range []struct {
		timeout time.Duration
		retries int
		least   int // Backoff takes time from the attempts, so their number varies if it is not the maximum.
	}{
		{30 * time.Second, 4, 1},
		{90 * time.Second, 4, 2},
		{10 * time.Minute, 0, 1},
		{10 * time.Minute, 1, 2},
		{10 * time.Minute, 4, 5},
		{10 * time.Minute, 20, 7},
	} {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), test.timeout)
			defer cancel()
			deadline := time.Now().Add(test.timeout)
			attempts := 0
			_, err := Do(ctx, Policy{Limiter: unlimited(), MaxRetries: test.retries}, func(ctx context.Context) (string, error) {
				started := time.Now()
				left := deadline.Sub(started)
				want := min(left, max(time.Minute, left/time.Duration(test.retries+1-attempts)))
				attempts++
				<-ctx.Done()
				if lasted := time.Since(started); lasted != want {
					t.Errorf("%s and %d retries: attempt %d lasted %s, want %s", test.timeout, test.retries, attempts, lasted, want)
				}
				return "", &NetworkError{Problem: "no complete answer", Err: ctx.Err()}
			})
			if !IsTimeout(err) || attempts < test.least {
				t.Errorf("%s and %d retries: %v after %d attempts, want at least %d", test.timeout, test.retries, err, attempts, test.least)
			}
		})
	}
}

func TestASlowLastAttemptMaySucceed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Minute)
		defer cancel()
		answer, err := Do(ctx, Policy{Limiter: unlimited()}, func(ctx context.Context) (string, error) {
			select {
			case <-time.After(9 * time.Minute):
				return "answer", nil
			case <-ctx.Done():
				return "", ctx.Err()
			}
		})
		if answer != "answer" || err != nil {
			t.Errorf("%q, %v", answer, err)
		}
	})
}

func TestDoKeepsTheErrorOfAnAttemptThatEndsLate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		calls := 0
		_, err := Do(t.Context(), Policy{Limiter: unlimited(), MaxRetries: 2}, func(ctx context.Context) (string, error) {
			calls++
			<-ctx.Done()
			return "", &ContentError{Host: "api.example.com", Problem: "malformed"}
		})
		if _, ok := errors.AsType[*ContentError](err); !ok || calls != 1 {
			t.Errorf("error %v after %d calls, want the first answer's", err, calls)
		}
	})
}

func TestDoEndsEarlyWhereTheNextAttemptWouldBeTooLate(t *testing.T) {
	for name, test := range map[string]struct {
		limiter func() *Limiter
		outcome error
	}{
		"backoff": {unlimited, unavailable(30 * time.Second)},
		"pause":   {unlimited, tooMany(30 * time.Second)},
		"rate":    {func() *Limiter { return NewLimiter(Quota{Calls: 2, Window: time.Minute}, 1) }, unavailable(time.Millisecond)},
	} {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
			defer cancel()
			var calls []time.Time
			_, err := Do(ctx, Policy{Limiter: test.limiter(), MaxRetries: 4}, failing(&calls, test.outcome))
			failure := mustFail(t, err)
			if failure.Elapsed > time.Second || len(calls) != 1 {
				t.Errorf("%s: %d calls in %s, want one and no waiting", name, len(calls), failure.Elapsed)
			}
			if !IsTimeout(err) || IsCancelled(err) || !errors.Is(err, context.DeadlineExceeded) || !errors.Is(failure.Last, test.outcome) {
				t.Errorf("%s: error %v, want the read timeout and the last error", name, err)
			}
		})
	}
}

func TestDoEndsAtOnceWhenCancelled(t *testing.T) {
	full := func() *Limiter {
		l := NewLimiter(Quota{Calls: 1000, Window: time.Second, Concurrent: 1}, 1)
		l.slots <- struct{}{}
		return l
	}
	paused := func() *Limiter {
		l := unlimited()
		l.pause(time.Hour)
		return l
	}
	spent := func() *Limiter {
		l := NewLimiter(Quota{Calls: 1, Window: time.Hour}, 1)
		l.rate.Allow()
		return l
	}
	fail := func(err error) func(context.Context) error { return func(context.Context) error { return err } }
	inFlight := func(ctx context.Context) error {
		<-ctx.Done()
		return ctx.Err()
	}
	for name, test := range map[string]struct {
		limiter  func() *Limiter
		attempt  func(context.Context) error
		attempts int
	}{
		"backoff":          {unlimited, fail(unavailable(time.Minute)), 1},
		"own pause":        {unlimited, fail(tooMany(time.Minute)), 1},
		"someone's pause":  {paused, nil, 0},
		"rate":             {spent, nil, 0},
		"calls in flight":  {full, nil, 0},
		"in flight itself": {unlimited, inFlight, 1},
	} {
		for end, ended := range ends {
			t.Run(name+" "+end, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					ctx, cancel := ended.after(t.Context(), 10*time.Second)
					defer cancel()
					attempts := 0
					_, err := Do(ctx, Policy{Limiter: test.limiter(), MaxRetries: 4}, func(ctx context.Context) (string, error) {
						attempts++
						return "", test.attempt(ctx)
					})
					failure := mustFail(t, err)
					if !ended.is(err) || failure.Elapsed > 10*time.Second || end == "cancelled" && failure.Elapsed < 10*time.Second {
						t.Errorf("%v after %s", err, failure.Elapsed)
					}
					pass(2 * time.Hour)
					if attempts != test.attempts || failure.Attempts != attempts {
						t.Errorf("%d attempts, counted as %d, want %d", attempts, failure.Attempts, test.attempts)
					}
				})
			})
		}
	}
}

// ends are what can end a read from outside.
var ends = map[string]struct {
	after func(context.Context, time.Duration) (context.Context, context.CancelFunc)
	is    func(error) bool
}{
	"timeout":   {context.WithTimeout, IsTimeout},
	"cancelled": {cancelAfter, IsCancelled},
}

func cancelAfter(ctx context.Context, d time.Duration) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	time.AfterFunc(d, cancel)
	return ctx, cancel
}

func TestDoMakesNoAttemptWhereTheReadIsOver(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var calls []time.Time
	_, err := Do(ctx, Policy{Limiter: unlimited()}, failing(&calls, nil))
	if !IsCancelled(err) || len(calls) != 0 {
		t.Errorf("%v after %d calls", err, len(calls))
	}
}

func TestFailureText(t *testing.T) {
	answer := &StatusError{Host: "api.example.com", Status: http.StatusTooManyRequests, Text: "slow down"}
	only := &CallError{Err: answer, Attempts: 2}
	if got, want := only.Error(), "api.example.com answered HTTP 429 Too Many Requests: slow down"; got != want {
		t.Errorf("text %q, want %q", got, want)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	both := &CallError{Err: contextError(ctx), Last: answer}
	want := "the read was cancelled: context canceled; the last attempt failed: api.example.com answered HTTP 429 Too Many Requests: slow down"
	if got := both.Error(); got != want {
		t.Errorf("text %q, want %q", got, want)
	}
	if got, ok := errors.AsType[*StatusError](error(both)); !ok || got != answer || !IsCancelled(both) || !errors.Is(both, context.Canceled) {
		t.Errorf("%v does not unwrap to both of its errors", both)
	}
}

func TestStatusErrorWithoutStandardText(t *testing.T) {
	if got, want := (&StatusError{Host: "api.example.com", Status: 446}).Error(), "api.example.com answered HTTP 446"; got != want {
		t.Errorf("text %q, want %q", got, want)
	}
}

func TestJudgeStatus(t *testing.T) {
	want := map[int]Verdict{429: Throttled, 408: Retry, 500: Retry, 502: Retry, 503: Retry, 504: Retry}
	for status := 100; status < 600; status++ {
		if got := JudgeStatus(status); got != want[status] {
			t.Errorf("%d: verdict %d, want %d", status, got, want[status])
		}
	}
}

func TestContentErrorIsClean(t *testing.T) {
	quoted := errors.New(strings.Repeat("1 ", 500) + "\x1b[31m")
	got := (&ContentError{Host: "api.example.com", Problem: "not\x00 JSON", Err: quoted}).Error()
	if want := "malformed answer from api.example.com: not JSON: " + strings.Repeat("1 ", 250) + "…"; got != want {
		t.Errorf("text %q, want %q", got, want)
	}
}
