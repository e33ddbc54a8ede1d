// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

// The forecast is what the limiter does.
func TestForecastOfCalls(t *testing.T) {
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
			{time.Second, 27, "the rate limit holds 27 calls back for 2s, and the read timeout leaves 1s"},
			{time.Minute, 100, ""},
			{time.Minute, 101, "the rate limit holds 101 calls back for 1m1s, and the read timeout leaves 1m0s"},
			{10 * time.Minute, 775, ""},
			{10 * time.Minute, 776, "the rate limit holds 776 calls back for 10m1s, and the read timeout leaves 10m0s"},
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
