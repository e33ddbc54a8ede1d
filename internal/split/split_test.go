// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package split_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"strconv"
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

// part is a part in the tests of Fetch.
type part int

func (p part) String() string { return "number " + strconv.Itoa(int(p)) }

func TestFetchKeepsTheOrderOfTheParts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		parts := make([]part, 50)
		for i := range parts {
			parts[i] = part(i)
		}
		var flying, most atomic.Int64
		got, err := split.Fetch(t.Context(), parts, func(_ context.Context, p part) (part, error) {
			most.Store(max(most.Load(), flying.Add(1)))
			defer flying.Add(-1)
			<-time.After(time.Duration(50-p%7) * time.Second) // The later ones answer first.
			return p, nil
		})
		if err != nil || !slices.Equal(got, parts) {
			t.Errorf("got %v, %v", got, err)
		}
		if n := most.Load(); n < 2 || n > 8 {
			t.Errorf("%d parts were fetched at once, want 2 to 8", n)
		}
	})
}

func TestFetchStopsAtTheFirstFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		failure := errors.New("part 3 failed")
		var started atomic.Int64
		got, err := split.Fetch(t.Context(), make([]part, 1000), func(ctx context.Context, _ part) (int, error) {
			if started.Add(1) == 3 {
				return 0, failure
			}
			<-ctx.Done() // Parts end only when they are cancelled.
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

func TestFetchNamesThePartIfThereAreSeveral(t *testing.T) {
	failure := errors.New("failed")
	for want, parts := range map[string][]part{"failed": {7}, "part number 7: failed": {7, 7}} {
		_, err := split.Fetch(t.Context(), parts, func(context.Context, part) (int, error) { return 0, failure })
		if err == nil || err.Error() != want || !errors.Is(err, failure) {
			t.Errorf("%d parts: %v, want %s", len(parts), err, want)
		}
	}
}

func TestMatcher(t *testing.T) {
	var m split.Matcher[string]
	for i, answer := range []struct {
		keys  string
		want  []int
		known []bool
	}{
		{"aba", []int{0, 1, 2}, []bool{false, false, false}},
		{"baaa", []int{1, 0, 2, 3}, []bool{true, true, true, false}},
		{"", nil, nil},
		{"ca", []int{4, 0}, []bool{false, true}},
	} {
		m.Next()
		for j, key := range answer.keys {
			if place, known := m.Match(string(key)); place != answer.want[j] || known != answer.known[j] {
				t.Errorf("answer %d, element %d (%c): %d, %t; want %d, %t", i, j, key, place, known, answer.want[j], answer.known[j])
			}
		}
	}
}

func TestFetchEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	got, err := split.Fetch(ctx, []part{1, 2}, func(context.Context, part) (int, error) { return 1, nil })
	if got != nil || !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestFetchReturnsPanicsAsErrors(t *testing.T) {
	_, err := split.Fetch(t.Context(), []part{1, 2, 3}, func(_ context.Context, p part) (int, error) {
		panic(p)
	})
	if _, ok := errors.AsType[*rescue.Error](err); !ok {
		t.Errorf("got %v, want a rescued panic", err)
	}
}
