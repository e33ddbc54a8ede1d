// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package suite

import (
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider"
)

// bubbleClock is the time of a bubble, which begins at acctest.Now. Outside of the bubble it stands where it was last
// asked inside. For a request that is when it was signed, and no time passes in the bubble until it is answered.
type bubbleClock struct{ asked atomic.Int64 }

func (c *bubbleClock) Now() time.Time {
	elapsed := time.Since(time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)) // Every bubble begins then.
	c.asked.Store(int64(elapsed))
	return acctest.Now.Add(elapsed)
}

func (c *bubbleClock) outside() time.Time { return acctest.Now.Add(time.Duration(c.asked.Load())) }

// bubble is a test in a synctest bubble, with a configured provider.
type bubble struct {
	*testing.T

	server *acctest.Server
}

func (b bubble) read(dataSource string, c acctest.Config) (acctest.State, acctest.Problems) {
	b.Helper()
	return b.server.Read(b.Context(), b.T, dataSource, c)
}

// inBubble starts an emulator with faults and calls test in a synctest bubble with a provider that retries maxRetries
// times. Waiting takes no real time there. Connections end with each response, because a bubble with an open connection
// waits for the network forever.
func inBubble(t *testing.T, maxRetries int, faults []emulator.Fault, test func(b bubble)) *acctest.Emulator {
	t.Helper()
	var c bubbleClock
	e := acctest.Start(t, emulator.Options{Clock: clock.Func(c.outside), Faults: faults})
	server := httptest.NewUnstartedServer(e)
	server.Config.SetKeepAlivesEnabled(false)
	server.Start()
	t.Cleanup(server.Close)
	t.Setenv("EDGESTATS_ENDPOINT_URL", server.URL)
	synctest.Test(t, func(t *testing.T) {
		test(bubble{t, acctest.Configured(t, acctest.Config{"max_retries": maxRetries}, provider.WithClock(&c))})
	})
	return e
}
