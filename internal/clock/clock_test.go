// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package clock_test

import (
	"errors"
	"testing"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
)

// learn checks whether the clock corrects itself.
func learn(t *testing.T, c *clock.Corrected, signed, server time.Time, want bool) {
	t.Helper()
	if got, err := c.Learn(signed, server); got != want || err != nil {
		t.Errorf("Learn(%v, %v) = %t, %v; want %t", signed, server, got, err, want)
	}
}

func TestCorrectedLearnsAnOffset(t *testing.T) {
	local := time.Date(2026, 1, 15, 12, 0, 0, 0, time.UTC)
	server := local.Add(20 * time.Minute)
	c := clock.NewCorrected(clock.At(local))

	signedEarly := c.Now()
	learn(t, c, signedEarly, server, true)
	if got := c.Now(); !got.Equal(server) {
		t.Errorf("Now() = %v, want the server's %v", got, server)
	}
	learn(t, c, signedEarly, server, true) // Another caller signed before the offset was known.
	for _, offset := range []time.Duration{-60 * time.Second, 60 * time.Second} {
		learn(t, c, c.Now(), server.Add(offset), false)
	}
	if got := c.Now(); !got.Equal(server) {
		t.Errorf("Now() = %v after a tolerated difference, want it unchanged", got)
	}
	for _, offset := range []time.Duration{-61 * time.Second, 61 * time.Second} {
		want := c.Now().Add(offset)
		learn(t, c, c.Now(), want, true)
		if got := c.Now(); !got.Equal(want) {
			t.Errorf("Now() = %v, want %v", got, want)
		}
	}
}

func TestCorrectedRefusesMoreThanADay(t *testing.T) {
	local := time.Date(2026, 1, 15, 12, 0, 0, 0, time.UTC)
	for _, offset := range []time.Duration{-clock.MaxSkew, clock.MaxSkew} {
		learn(t, clock.NewCorrected(clock.At(local)), local, local.Add(offset), true)
	}
	for _, server := range []time.Time{
		local.Add(-clock.MaxSkew - time.Second), local.Add(clock.MaxSkew + time.Second), time.Unix(0, 0),
		time.Date(2319, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC),
	} {
		c := clock.NewCorrected(clock.At(local))
		learn(t, c, local, local.Add(time.Hour), true)
		got, err := c.Learn(c.Now(), server)
		skew, ok := errors.AsType[*clock.SkewError](err)
		if got || !ok || !skew.Local.Equal(local) || !skew.Server.Equal(server) {
			t.Errorf("server at %v: %t, %v", server, got, err)
		}
		if now := c.Now(); !now.Equal(local.Add(time.Hour)) {
			t.Errorf("server at %v: Now() = %v, want it unchanged", server, now)
		}
	}
	zone := time.FixedZone("", 8*3600)
	got := (&clock.SkewError{Local: local.In(zone), Server: local.AddDate(1, 0, 0)}).Error()
	want := "the clock of this machine says 2026-01-15T12:00:00Z and the server's says 2027-01-15T12:00:00Z: they differ by more than 24 hours"
	if got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// A local time can be taken before anything is learned, and corrected later.
func TestCorrectedCorrectsAnEarlierTime(t *testing.T) {
	local := time.Date(2026, 1, 15, 12, 0, 0, 0, time.UTC)
	c := clock.NewCorrected(clock.At(local.Add(time.Minute)))
	if got := c.Correct(local); !got.Equal(local) {
		t.Errorf("%v, want it unchanged", got)
	}
	learn(t, c, local.Add(time.Minute), local.Add(time.Hour+time.Minute), true)
	if got := c.Correct(local); !got.Equal(local.Add(time.Hour)) {
		t.Errorf("%v, want an hour later", got)
	}
}

// The Date of a slow response is between the signature and now, and says nothing against the clock.
func TestCorrectedTrustsASlowResponse(t *testing.T) {
	signed := time.Date(2026, 1, 15, 12, 0, 0, 0, time.UTC)
	received := signed.Add(5 * time.Minute)
	c := clock.NewCorrected(clock.At(received))
	learn(t, c, signed, signed.Add(3*time.Minute), true)
	if got := c.Now(); !got.Equal(received) {
		t.Errorf("Now() = %v, want it unchanged", got)
	}
	learn(t, c, signed, received.Add(3*time.Minute), true)
	if got := c.Now(); !got.Equal(received.Add(3 * time.Minute)) {
		t.Errorf("Now() = %v, want three minutes later", got)
	}
}
