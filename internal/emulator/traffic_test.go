// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package emulator

import "testing"

func TestSeriesIsFixed(t *testing.T) {
	s := New(Options{}).series(1_000_000, "mna", "device-1")
	slot := noon.Unix() / slotSeconds
	got := [4]int64{s.slot(slot), s.slot(slot + 1), s.slot(slot - 96), s.sum(noon.Unix()-daySeconds, noon.Unix())}
	// Users write these figures into their own tests: a change here breaks those.
	want := [4]int64{622924, 514964, 203306, 153939495}
	if got != want {
		t.Errorf("got %d, want %d", got, want)
	}
}

func TestSeriesDependsOnEveryPart(t *testing.T) {
	e, other := New(Options{}), New(Options{Seed: 1})
	slot := noon.Unix() / slotSeconds
	seen := make(map[int64]bool)
	for _, s := range []series{
		e.series(1_000_000, "mna", "device-1"),
		e.series(1_000_000, "mna", "device-2"),
		e.series(1_000_000, "trro", "device-1"),
		e.series(1_000_000, "mnadevice", "-1"),
		other.series(1_000_000, "mna", "device-1"),
	} {
		if v := s.slot(slot); v <= 0 || seen[v] {
			t.Errorf("figure %d is repeated or not positive", v)
		} else {
			seen[v] = true
		}
	}
}

func TestSeriesSums(t *testing.T) {
	s := New(Options{}).series(1_000_000, "a")
	begin := noon.Unix()
	whole := s.sum(begin, begin+2*hourSeconds)
	for cut := begin; cut <= begin+2*hourSeconds; cut += minuteSeconds {
		left, right := s.sum(begin, cut), s.sum(cut, begin+2*hourSeconds)
		if left+right != whole || left < 0 || right < 0 {
			t.Fatalf("cut at %d: %d and %d, want %d together", cut-begin, left, right, whole)
		}
	}
	if got := s.sum(begin, begin-slotSeconds); got != 0 {
		t.Errorf("a window that ends before it begins has %d", got)
	}
}

func TestSeriesFollowsTheDay(t *testing.T) {
	s := New(Options{}).series(1_000_000, "a")
	dawn := noon.Unix() - 8*hourSeconds
	evening := noon.Unix() + 9*hourSeconds
	for day := range int64(30) {
		d := day * daySeconds
		if quiet, busy := s.sum(dawn+d, dawn+d+hourSeconds), s.sum(evening+d, evening+d+hourSeconds); busy < 2*quiet {
			t.Errorf("day %d: %d at four, %d at nine in the evening", day, quiet, busy)
		}
	}
}
