// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package split_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/edgestats/terraform-provider-edgestats/internal/rescue"
	"github.com/edgestats/terraform-provider-edgestats/internal/split"
)

func TestWindowsCoverTheWholeOnce(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.FixedZone("", 9*3600))
	for range 1000 {
		whole := split.Window{Start: start, End: start.Add(time.Duration(random.IntN(100_000)) * time.Minute)}
		length := time.Duration(1+random.IntN(50_000)) * time.Minute
		at := whole.Start
		for _, part := range split.Windows(whole, length) {
			if !part.Start.Equal(at) || !part.Start.Before(part.End) || part.End.Sub(part.Start) > length {
				t.Fatalf("%v in parts of %v: part %v does not follow %v", whole, length, part, at)
			}
			at = part.End
		}
		if !at.Equal(whole.End) {
			t.Fatalf("%v in parts of %v ends at %v", whole, length, at)
		}
	}
}

func TestList(t *testing.T) {
	for _, test := range []struct {
		whole []int
		want  [][]int
	}{
		{nil, [][]int{nil}},
		{[]int{1}, [][]int{{1}}},
		{[]int{1, 2, 3}, [][]int{{1, 2, 3}}},
		{[]int{1, 2, 3, 4}, [][]int{{1, 2, 3}, {4}}},
	} {
		if diff := cmp.Diff(test.want, split.List(test.whole, 3)); diff != "" {
			t.Errorf("List(%v) (-want +got)\n%s", test.whole, diff)
		}
	}
}

func TestFetchKeepsTheOrderOfTheParts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		parts := make([]int, 50)
		for i := range parts {
			parts[i] = i
		}
		var flying, most atomic.Int64
		got, err := split.Fetch(t.Context(), parts, func(_ context.Context, part int) (int, error) {
			most.Store(max(most.Load(), flying.Add(1)))
			defer flying.Add(-1)
			<-time.After(time.Duration(50-part%7) * time.Second) // The later ones answer first.
			return part, nil
		})
		if err != nil || !slices.Equal(got, parts) {
			t.Errorf("got %v, %v", got, err)
		}
		if n := most.Load(); n < 2 || n > 8 {
			t.Errorf("%d parts were under way at once, want 2 to 8", n)
		}
	})
}

func TestFetchStopsAtTheFirstFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		failure := errors.New("part 3 failed")
		var started atomic.Int64
		got, err := split.Fetch(t.Context(), make([]struct{}, 1000), func(ctx context.Context, _ struct{}) (int, error) {
			if started.Add(1) == 3 {
				return 0, failure
			}
			<-ctx.Done() // Only a cancelled part ends.
			return 0, ctx.Err()
		})
		if got != nil || !errors.Is(err, failure) {
			t.Errorf("got %v, %v; want no answer and %v", got, err, failure)
		}
		if n := started.Load(); n > 8 {
			t.Errorf("%d parts were started, want at most 8", n)
		}
	})
}

func TestFetchEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	got, err := split.Fetch(ctx, []int{1, 2}, func(context.Context, int) (int, error) { return 1, nil })
	if got != nil || !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestFetchReturnsPanicsAsErrors(t *testing.T) {
	_, err := split.Fetch(t.Context(), []int{1, 2, 3}, func(_ context.Context, part int) (int, error) {
		panic(part)
	})
	if _, ok := errors.AsType[*rescue.Error](err); !ok {
		t.Errorf("got %v, want a rescued panic", err)
	}
}
