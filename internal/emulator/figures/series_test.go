// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package figures

import (
	"testing"
	"time"
)

// noon is a noon in UTC+8.
var noon = time.Date(2026, time.March, 10, 4, 0, 0, 0, time.UTC)

func TestSeriesIsFixed(t *testing.T) {
	s := Source{}.Series(1_000_000, "mna", "device-1")
	slot := noon.Unix() / Slot
	got := [4]int64{s.Slot(slot), s.Slot(slot + 1), s.Slot(slot - 96), s.Sum(noon.Unix()-Day, noon.Unix())}
	// Users write these figures into their own tests: a change here breaks those.
	want := [4]int64{622924, 514964, 203306, 153939495}
	if got != want {
		t.Errorf("got %d, want %d", got, want)
	}
}

func TestSeriesDependsOnEveryPart(t *testing.T) {
	e, other := Source{}, Source{Seed: 1}
	slot := noon.Unix() / Slot
	seen := make(map[int64]bool)
	for _, s := range []Series{
		e.Series(1_000_000, "mna", "device-1"),
		e.Series(1_000_000, "mna", "device-2"),
		e.Series(1_000_000, "trro", "device-1"),
		e.Series(1_000_000, "mnadevice", "-1"),
		other.Series(1_000_000, "mna", "device-1"),
	} {
		if v := s.Slot(slot); v <= 0 || seen[v] {
			t.Errorf("figure %d is repeated or not positive", v)
		} else {
			seen[v] = true
		}
	}
}

func TestSeriesSums(t *testing.T) {
	s := Source{}.Series(1_000_000, "a")
	begin := noon.Unix()
	whole := s.Sum(begin, begin+2*Hour)
	for cut := begin; cut <= begin+2*Hour; cut += Minute {
		left, right := s.Sum(begin, cut), s.Sum(cut, begin+2*Hour)
		if left+right != whole || left < 0 || right < 0 {
			t.Fatalf("cut at %d: %d and %d, want %d together", cut-begin, left, right, whole)
		}
	}
	if got := s.Sum(begin, begin-Slot); got != 0 {
		t.Errorf("a window that ends before it begins has %d", got)
	}
}

func TestSeriesFollowsTheDay(t *testing.T) {
	s := Source{}.Series(1_000_000, "a")
	dawn := noon.Unix() - 8*Hour
	evening := noon.Unix() + 9*Hour
	for day := range int64(30) {
		d := day * Day
		if quiet, busy := s.Sum(dawn+d, dawn+d+Hour), s.Sum(evening+d, evening+d+Hour); busy < 2*quiet {
			t.Errorf("day %d: %d at four, %d at nine in the evening", day, quiet, busy)
		}
	}
}
