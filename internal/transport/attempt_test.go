// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"context"
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"
)

// stalling returns an attempt that ends with its context. It records how long each attempt lasted.
func stalling(lasted *[]time.Duration) func(context.Context) (string, error) {
	return func(ctx context.Context) (string, error) {
		started := time.Now()
		<-ctx.Done()
		*lasted = append(*lasted, time.Since(started))
		return "", &NetworkError{Host: "api.example.com", Problem: "no complete response", Err: ctx.Err()}
	}
}

func TestDoRetriesAfterTheTimeLimitOfAnAttempt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var lasted []time.Duration
		_, err := Do(t.Context(), Policy{Limiter: unlimited(), MaxRetries: 2}, stalling(&lasted))
		if !slices.Equal(lasted, slices.Repeat([]time.Duration{time.Minute}, 3)) {
			t.Errorf("attempts lasted %v, want three times a minute", lasted)
		}
		if want := "api.example.com: no complete response within 1m"; err == nil || err.Error() != want {
			t.Errorf("error %q, want %q", err, want)
		}
		if IsTimeout(err) || IsCancelled(err) {
			t.Error("the end of an attempt counts as the end of the read")
		}
	})
}

// The allowed attempts share the time until the deadline, and each has at least a minute.
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
				return "", &NetworkError{Problem: "no complete response", Err: ctx.Err()}
			})
			if !IsTimeout(err) || attempts < test.least {
				t.Errorf("%s and %d retries: %v after %d attempts, want at least %d", test.timeout, test.retries, err, attempts, test.least)
			}
		})
	}
}

func TestASlowLastAttemptCanSucceed(t *testing.T) {
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
