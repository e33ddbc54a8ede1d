// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package limit_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/edgestats/terraform-provider-edgestats/internal/limit"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

func TestCounters(t *testing.T) {
	size := func(series, points int) limit.Size { return limit.Size{Series: series, Points: points} }
	own := limit.Limits{Series: 10, Points: 100}
	for name, test := range map[string]struct {
		counter *limit.Counter
		fits    limit.Size
		more    limit.Size
		want    string
	}{
		"points of an answer":        {own.Answer(), size(4, 96), size(0, 1), "more than 100 points"},
		"a series counts as a point": {own.Answer(), size(4, 96), size(1, 0), "more than 100 points"},
		"series of an answer":        {own.Answer(), size(10, 5), size(1, 0), "more than 10 series"},
		"hard limit on points":       {limit.Limits{}.Answer(), size(0, 500_000), size(0, 1), "more than 500000 points"},
		"hard limit on series":       {limit.Limits{}.Answer(), size(10_000, 0), size(1, 0), "more than 10000 series"},
		"higher than the hard ones":  {limit.Limits{Series: 20_000, Points: 2_000_000}.Answer(), size(20_000, 1_980_000), size(0, 1), "more than 2000000 points"},
		"points of a read":           {own.Read(1), size(500, 100), size(0, 1), "more than 100 points"},
		"summands":                   {own.Read(3), size(500, 300), size(0, 1), "more than 300 points"},
		"pieces of series":           {own.Read(1), size(1_000_000, 0), size(1, 0), "more than 1000000 series"},
		"hard limit of a read":       {limit.Limits{}.Read(5), size(0, 10_000_000), size(0, 1), "more than 10000000 points"},
		"points of a result":         {own.Result(), size(4, 96), size(1, 0), "more than 100 points"},
		"series of a result":         {own.Result(), size(10, 0), size(1, 0), "more than 10 series"},
	} {
		t.Run(name, func(t *testing.T) {
			if err := test.counter.Add(test.fits); err != nil {
				t.Fatalf("%+v is refused: %v", test.fits, err)
			}
			if got := test.counter.Size(); got != test.fits {
				t.Errorf("size %+v, want %+v", got, test.fits)
			}
			err := test.counter.Add(test.more)
			if _, ok := errors.AsType[*limit.Error](err); !ok || err.Error() != test.want {
				t.Errorf("error %v, want %s", err, test.want)
			}
		})
	}
}

func TestCountersAreSafeForConcurrentUse(t *testing.T) {
	counter := limit.Limits{Points: 1000}.Read(1)
	var group sync.WaitGroup
	for range 10 {
		group.Go(func() {
			for range 100 {
				if err := counter.AddPoint(); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	if err := counter.AddPoint(); err == nil {
		t.Error("the thousand and first point is accepted")
	}
}

// ask asks for a number of points within limits.
func ask(t *testing.T, policy transport.Policy, limits limit.Limits, points int, calls *int) (int, error) {
	t.Helper()
	return limit.Ask(t.Context(), policy, "question", limits, func(context.Context) (int, error) {
		*calls++
		return points, limits.Answer().Add(limit.Size{Points: points})
	})
}

func newPolicy() transport.Policy {
	return transport.Policy{
		API: "test", Memo: transport.NewMemo(), Limiter: transport.NewLimiter(transport.Unmetered, 1),
	}
}

func TestAnswersWithinTheLimitsAreShared(t *testing.T) {
	policy, calls := newPolicy(), 0
	for _, points := range []int{20, 10, 5} { // The caller would refuse what is beyond its own limits.
		if n, err := ask(t, policy, limit.Limits{Points: points}, 15, &calls); err != nil || n != 15 {
			t.Errorf("at most %d: %d, %v", points, n, err)
		}
	}
	if calls != 1 {
		t.Errorf("%d calls, want 1", calls)
	}
}

// If the limits of another read ended a call, it is made again.
func TestTheLimitsOfAnotherReadDoNotApply(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		policy := newPolicy()
		started, let := make(chan struct{}), make(chan struct{})
		go func() {
			_, err := limit.Ask(t.Context(), policy, "question", limit.Limits{Points: 1}, func(context.Context) (int, error) {
				close(started)
				<-let
				return 0, limit.Limits{Points: 1}.Answer().Add(limit.Size{Points: 2})
			})
			if tooMany, ok := errors.AsType[*limit.Error](err); !ok || tooMany.Max != 1 {
				t.Errorf("the read with a limit of 1: %v", err)
			}
		}()
		<-started
		go func() {
			synctest.Wait()
			close(let)
		}()
		calls := 0
		if n, err := ask(t, policy, limit.Limits{Points: 5}, 2, &calls); err != nil || n != 2 || calls != 1 {
			t.Errorf("the read with a limit of 5: %d, %v after %d calls of its own", n, err, calls)
		}
		synctest.Wait()
	})
}
