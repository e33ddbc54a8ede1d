// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package suite

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider"
)

// readAt reads Config with a provider whose clock is off by the given time. The vendor's clock is right. Its time is more
// than a minute from the border of any period, because differences of up to a minute are not corrected.
func (d Description) readAt(t *testing.T, off time.Duration) (acctest.State, acctest.Problems) {
	t.Helper()
	now := acctest.Now.Add(32*time.Minute + 30*time.Second)
	acctest.Start(t, emulator.Options{Clock: clock.At(now), Limits: &emulator.Limits{}})
	s := acctest.Configured(t, nil, provider.WithClock(clock.At(now.Add(off))))
	return s.Read(t.Context(), t, d.Name, d.Config)
}

// A local clock that is off by up to a day does not change the result, because the provider uses the vendor's time. A
// greater difference is an error.
func (d Description) testClocks(t *testing.T) {
	t.Helper()
	want, problems := d.readAt(t, 0)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for _, off := range []time.Duration{
		-50 * time.Second, 50 * time.Second, -10 * time.Minute, 10 * time.Minute,
		-3 * time.Hour, 3 * time.Hour, -24 * time.Hour, 24 * time.Hour,
	} {
		got, problems := d.readAt(t, off)
		if diff := cmp.Diff(want.Without(d.Varies...), got.Without(d.Varies...)); diff != "" || len(problems) > 0 {
			t.Errorf("off by %s: %s (-right clock +wrong clock)\n%s", off, problems, diff)
		}
	}
	const server = "and the server's says 2026-01-15T12:32:30Z: they differ by more than 24 hours"
	for off, says := range map[time.Duration]string{-30 * time.Hour: "2026-01-14T06:32:30Z ", 30 * time.Hour: "2026-01-16T18:32:30Z "} {
		_, problems := d.readAt(t, off)
		acctest.ExpectProblem(t, problems, "", "the clock of this machine says "+says+server, "Set the clock of this machine, or check which server the endpoint points to.")
	}
}

// If nothing listens at the endpoint, the error says so first, even if the read times out.
func (d Description) testConnectionRefused(t *testing.T) {
	t.Helper()
	address := acctest.FreeAddress(t)
	acctest.Start(t, emulator.Options{})
	t.Setenv("EDGESTATS_ENDPOINT_URL", "http://"+address)
	for retries, says := range map[int]string{0: ".\n1 attempt in ", 20: ", until the read timed out"} {
		s := acctest.Configured(t, acctest.Config{"max_retries": retries})
		config := d.Config.With(acctest.Config{"timeouts": acctest.Config{"read": "2s"}})
		_, problems := s.Read(t.Context(), t, d.Name, config)
		acctest.ExpectProblem(t, problems, "", " failed: "+address+": connection refused"+says,
			"\nNothing listens on this port. Is the emulator running? The URL comes from EDGESTATS_ENDPOINT_URL or from endpoints in the provider block.")
	}
}
