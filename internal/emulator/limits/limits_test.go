// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package limits

import (
	"testing"
	"time"
)

var noon = time.Date(2026, time.March, 10, 4, 0, 0, 0, time.UTC)

func TestRateHoldsInAnyWindow(t *testing.T) {
	var c Counter
	rate := Rate{Calls: 2, Period: time.Minute}
	steps := []struct {
		key   string
		after time.Duration
		want  bool
	}{
		{"a", 0, true},
		{"a", 40 * time.Second, true},
		{"a", 59 * time.Second, false},
		{"b", 59 * time.Second, true},
		// The first call has left the window, and the refused one was never in it.
		{"a", 60 * time.Second, true},
		{"a", 99 * time.Second, false},
		{"a", 100 * time.Second, true},
	}
	for _, step := range steps {
		if got := c.Allow(step.key, rate, noon.Add(step.after)); got != step.want {
			t.Errorf("%s after %s: allowed %v, want %v", step.key, step.after, got, step.want)
		}
	}
	for range 100 {
		if !c.Allow("a", Rate{}, noon) {
			t.Fatal("a rate of zero refused a call")
		}
	}
}

func TestConcurrentCallsAreLimited(t *testing.T) {
	var c Counter
	for i, want := range []bool{true, true, false} {
		if got := c.Enter("a", 2); got != want {
			t.Errorf("call %d entered %v, want %v", i+1, got, want)
		}
	}
	if !c.Enter("b", 2) {
		t.Error("the calls of another account count")
	}
	c.Leave("a")
	if !c.Enter("a", 2) {
		t.Error("a call that left still counts")
	}
	if !c.Enter("a", 0) {
		t.Error("a limit of zero refused a call")
	}
}
