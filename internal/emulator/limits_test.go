// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"testing"
	"time"
)

func TestLimiterSlides(t *testing.T) {
	var l limiter
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
		// The first call is out of the window now; the refused one was never in it.
		{"a", 60 * time.Second, true},
		{"a", 99 * time.Second, false},
		{"a", 100 * time.Second, true},
	}
	for _, step := range steps {
		if got := l.allow(step.key, rate, noon.Add(step.after)); got != step.want {
			t.Errorf("%s after %s: allowed %v, want %v", step.key, step.after, got, step.want)
		}
	}
	for range 100 {
		if !l.allow("a", Rate{}, noon) {
			t.Fatal("a rate of zero refused a call")
		}
	}
}

func TestLimiterCountsCallsUnderWay(t *testing.T) {
	var l limiter
	for i, want := range []bool{true, true, false} {
		if got := l.enter("a", 2); got != want {
			t.Errorf("call %d entered %v, want %v", i+1, got, want)
		}
	}
	if !l.enter("b", 2) {
		t.Error("the calls of another account count")
	}
	l.leave("a")
	if !l.enter("a", 2) {
		t.Error("a call that left still counts")
	}
	if !l.enter("a", 0) {
		t.Error("a limit of zero refused a call")
	}
}
