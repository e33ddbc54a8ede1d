// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package suite

import (
	"cmp"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider"
)

// MovableClock returns a clock that starts at acctest.Now, and a function that sets how far the clock is ahead of
// acctest.Now.
func MovableClock() (now clock.Func, set func(ahead time.Duration)) {
	var passed atomic.Int64
	now = func() time.Time { return acctest.Now.Add(time.Duration(passed.Load())) }
	return now, func(ahead time.Duration) { passed.Store(int64(ahead)) }
}

// A plan must not change only because time passes. Some minutes pass between two reads, and no period ends meanwhile.
func (d Description) testRepeat(t *testing.T) {
	t.Helper()
	now, set := MovableClock()
	acctest.Start(t, emulator.Options{Clock: now})
	first := acctest.MustRead(t, d.Name, d.Config, provider.WithClock(now))
	set(cmp.Or(d.Stable, 30*time.Minute))
	second := acctest.MustRead(t, d.Name, d.Config, provider.WithClock(now))
	if diff := gocmp.Diff(first.Without(d.Varies...), second.Without(d.Varies...)); diff != "" {
		t.Errorf("(-first +second)\n%s", diff)
	}
	for _, name := range d.Varies {
		if first[name] != "" && first[name] == second[name] {
			t.Errorf("both reads have the %s %s", name, first[name])
		}
	}
}

// ReadTogether makes a number of concurrent reads of the same configuration and returns the states.
func ReadTogether(t *testing.T, s *acctest.Server, dataSource string, c acctest.Config, times int) []acctest.State {
	t.Helper()
	states := make([]acctest.State, times)
	var group sync.WaitGroup
	for i := range states {
		group.Go(func() {
			var problems acctest.Problems
			if states[i], problems = s.Read(t.Context(), t, dataSource, c); len(problems) > 0 {
				t.Error(problems)
			}
		})
	}
	group.Wait()
	return states
}

func (d Description) testSharedCalls(t *testing.T) {
	t.Helper()
	e := acctest.Start(t, emulator.Options{})
	s := acctest.Configured(t, nil)
	if d.NeverShared {
		ids := make(map[string]bool)
		for _, state := range ReadTogether(t, s, d.Name, d.Config, 5) {
			ids[state["request_id"]] = true
		}
		expectCalls(t, e, 5)
		if len(ids) != 5 {
			t.Errorf("%d request IDs for 5 reads", len(ids))
		}
		return
	}
	states := ReadTogether(t, s, d.Name, d.Config, 20)
	expectCalls(t, e, d.calls())
	if d.Points != nil {
		states = append(states, ReadTogether(t, s, d.Name, d.Config.With(acctest.Config{"max_points": 10_000}), 1)...)
	}
	for _, state := range states {
		if diff := gocmp.Diff(states[0], state.Without("max_points")); diff != "" {
			t.Fatalf("(-one +another)\n%s", diff)
		}
	}
	expectCalls(t, e, d.calls())
	ReadTogether(t, acctest.Configured(t, nil), d.Name, d.Config, 1)
	expectCalls(t, e, 2*d.calls()) // Provider instances share no calls.
}

func (d Description) testErrorsAreNotRemembered(t *testing.T) {
	t.Helper()
	e := acctest.Start(t, emulator.Options{})
	s := acctest.Configured(t, nil)
	e.Inject(emulator.Fault{Kind: emulator.FaultAnswer, Status: http.StatusNotFound, Count: 1})
	_, problems := s.Read(t.Context(), t, d.Name, d.Config)
	acctest.ExpectProblem(t, problems, "", "HTTP 404")
	ReadTogether(t, s, d.Name, d.Config, 1)
	expectCalls(t, e, 1+d.calls())
}
