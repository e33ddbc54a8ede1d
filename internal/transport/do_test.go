// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/time/rate"
)

// unlimited returns a limiter without a rate. Its pauses are at most a second, unless the vendor asks for more.
func unlimited() *Limiter {
	return &Limiter{rate: rate.NewLimiter(rate.Inf, 1), pauses: newBackoff(initialBackoff, time.Second)}
}

func unavailable(retryAfter time.Duration) error {
	return fmt.Errorf("wrapped: %w", &StatusError{Host: "api.example.com", Status: http.StatusServiceUnavailable, RetryAfter: retryAfter})
}

func tooMany(retryAfter time.Duration) error {
	return fmt.Errorf("wrapped: %w", &StatusError{Host: "api.example.com", Status: http.StatusTooManyRequests, RetryAfter: retryAfter})
}

// signAgainError is the error that a vendor package returns after it has learned the server's time.
type signAgainError struct{}

func (signAgainError) Error() string    { return "signature expired" }
func (signAgainError) Judge() Judgement { return Judgement{Verdict: SignAgain} }

// failing returns an attempt that returns one outcome after the other, and the last one from then on. It records the times
// of its calls.
func failing(calls *[]time.Time, outcomes ...error) func(context.Context) (string, error) {
	return func(context.Context) (string, error) {
		*calls = append(*calls, time.Now())
		return "answer", outcomes[min(len(*calls), len(outcomes))-1]
	}
}

// mustFail returns the error of Do.
func mustFail(t *testing.T, err error) *CallError {
	t.Helper()
	failure, ok := errors.AsType[*CallError](err)
	if !ok {
		t.Fatalf("error is %T (%v), want a *CallError", err, err)
	}
	return failure
}

func TestDoRetriesAsOftenAsAllowed(t *testing.T) {
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

func TestThrottlingUsesNoRetriesAndItsPausesGrow(t *testing.T) {
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

func TestTheFirstPauseAfterASuccessIsShort(t *testing.T) {
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

func TestThrottlingEndsWithTheReadTimeout(t *testing.T) {
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

func TestDoEndsEarlyIfTheNextAttemptWouldBeTooLate(t *testing.T) {
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
		"backoff":              {unlimited, fail(unavailable(time.Minute)), 1},
		"own pause":            {unlimited, fail(tooMany(time.Minute)), 1},
		"another call's pause": {paused, nil, 0},
		"rate":                 {spent, nil, 0},
		"calls in flight":      {full, nil, 0},
		"during the attempt":   {unlimited, inFlight, 1},
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

// ends are the contexts that end a read from outside.
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

func TestDoMakesNoAttemptAfterTheEndOfTheRead(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var calls []time.Time
	_, err := Do(ctx, Policy{Limiter: unlimited()}, failing(&calls, nil))
	if !IsCancelled(err) || len(calls) != 0 {
		t.Errorf("%v after %d calls", err, len(calls))
	}
}
