// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestTheForecastAgreesWithTheLimiter(t *testing.T) {
	for name, q := range map[string]Quota{
		"a second":     {Calls: 20, Window: time.Second},
		"a minute":     {Calls: 100, Window: time.Minute},
		"five minutes": {Calls: 300, Window: 5 * time.Minute, Concurrent: 10},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				for _, calls := range []int{1, 14, 75, 250} {
					limiter := NewLimiter(q, 1)
					started, forecast := time.Now(), limiter.duration(calls)
					for range calls {
						release, err := limiter.acquire(t.Context())
						if err != nil {
							t.Fatal(err)
						}
						release()
					}
					if took := time.Since(started); (took - forecast).Abs() > time.Millisecond {
						t.Errorf("%d calls took %s, the forecast was %s", calls, took, forecast)
					}
				}
			})
		})
	}
}

func TestCheckFits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		// 25 calls start at once, and then 75 a minute.
		p := Policy{Limiter: NewLimiter(Quota{Calls: 100, Window: time.Minute}, 1)}
		for _, test := range []struct {
			timeout time.Duration
			calls   int
			want    string
		}{
			{time.Second, 0, ""},
			{time.Second, 25, ""},
			{time.Second, 27, "the rate limit delays the last of 27 calls by 2s, but the read times out in 1s"},
			{time.Minute, 100, ""},
			{time.Minute, 101, "the rate limit delays the last of 101 calls by 1m1s, but the read times out in 1m"},
			{10 * time.Minute, 775, ""},
			{10 * time.Minute, 776, "the rate limit delays the last of 776 calls by 10m1s, but the read times out in 10m"},
		} {
			ctx, cancel := context.WithTimeout(t.Context(), test.timeout)
			err := p.CheckFits(ctx, test.calls)
			cancel()
			if err == nil && test.want == "" {
				continue
			}
			refused, ok := errors.AsType[*TooSlowError](err)
			if !ok || err.Error() != test.want || refused.Calls != test.calls {
				t.Errorf("%d calls: %v, want %q", test.calls, err, test.want)
			}
		}
		if err := p.CheckFits(t.Context(), 1_000_000); err != nil {
			t.Errorf("without a deadline: %v", err)
		}
	})
}

// The time until the next call may be years. It must not overflow, or any number of calls would be allowed at once.
func TestCheckFitsWithATinyShare(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Minute)
		defer cancel()
		for _, share := range []float64{1e-3, 1e-9, 1e-12, 1e-300, 5e-324} {
			for _, q := range quotas {
				p := Policy{Limiter: NewLimiter(q, share)}
				if err := p.CheckFits(ctx, 1); err != nil {
					t.Errorf("share %g of %v: one call: %v", share, q, err)
				}
				refused, ok := errors.AsType[*TooSlowError](p.CheckFits(ctx, 1_000_000))
				if !ok || refused.Needs <= refused.Has {
					t.Errorf("share %g of %v: many calls: %v", share, q, refused)
				}
				release, err := p.Limiter.acquire(ctx)
				if err != nil {
					t.Fatal(err)
				}
				release()
			}
			limiter := NewLimiter(quotas[0], share)
			for range 2 {
				release, err := limiter.acquire(ctx)
				if err == nil {
					release()
				} else if _, ok := errors.AsType[*TooSlowError](err); !ok {
					t.Errorf("share %g: %v", share, err)
				}
			}
		}
	})
}

func TestTooSlowErrorShowsDifferentDurations(t *testing.T) {
	const text = "the rate limit delays the next call by %s, but the read times out in %s"
	for _, test := range []struct {
		needs, has time.Duration
		want       string
	}{
		{90 * time.Second, time.Minute, fmt.Sprintf(text, "1m30s", "1m")},
		{time.Minute + 400*time.Millisecond, time.Minute, fmt.Sprintf(text, "1m1s", "1m")},
		{1400 * time.Millisecond, time.Second, fmt.Sprintf(text, "2s", "1s")},
		{12*time.Hour + 51*time.Minute + 40*time.Second, 10 * time.Minute, fmt.Sprintf(text, "12h51m40s", "10m")},
		{2 * time.Hour, time.Hour + time.Second, fmt.Sprintf(text, "2h", "1h0m1s")},
		{48 * time.Hour, 24 * time.Hour, fmt.Sprintf(text, "48h", "24h")},
		{48*time.Hour + time.Second, 24 * time.Hour, fmt.Sprintf(text, "more than 2 days", "24h")},
		{100_000_000 * time.Second, 10 * time.Minute, fmt.Sprintf(text, "more than 1157 days", "10m")},
		{math.MaxInt64, 10 * time.Minute, fmt.Sprintf(text, "more than 106751 days", "10m")},
	} {
		if got := (&TooSlowError{Calls: 1, Needs: test.needs, Has: test.has}).Error(); got != test.want {
			t.Errorf("%q, want %q", got, test.want)
		}
	}
}

// With less than a second left, the error is the read timeout, because "leaves 0s" would confuse.
func TestUnderASecondLeftIsAReadTimeout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const left = 200 * time.Millisecond
		p := Policy{Limiter: NewLimiter(quotas[1], 1)}
		for range 25 {
			p.Limiter.rate.Allow() // The burst; the next call is in 0.8 s.
		}
		ctx, cancel := context.WithTimeout(t.Context(), left)
		defer cancel()
		_, err := Do(ctx, p, func(context.Context) (int, error) { return 0, nil })
		for _, err := range []error{err, p.CheckFits(ctx, 26)} {
			if !IsTimeout(err) || err.Error() != "the read timed out before the next attempt" {
				t.Errorf("%v", err)
			}
		}
		// The readers' deadline has passed, but they have not left yet.
		passed := time.Now()
		c, shared := newSharedCall(t.Context(), &callReader{deadline: func() (time.Time, bool) { return passed, true }})
		defer c.finish()
		pass(time.Millisecond)
		err = p.Limiter.waitForRate(shared)
		if !IsTimeout(err) || strings.Contains(err.Error(), "0s") {
			t.Errorf("%v", err)
		}
	})
}
