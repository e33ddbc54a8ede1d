// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package clock_test

import (
	"testing"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
)

func TestCorrectedLearnsAnOffset(t *testing.T) {
	local := time.Date(2026, 1, 15, 12, 0, 0, 0, time.UTC)
	server := local.Add(20 * time.Minute)
	c := clock.NewCorrected(clock.At(local))

	signedEarly := c.Now()
	if !c.Learn(signedEarly, server) {
		t.Fatal("20 minutes off: signing again would help")
	}
	if got := c.Now(); !got.Equal(server) {
		t.Errorf("Now() = %v, want the server's %v", got, server)
	}
	if !c.Learn(signedEarly, server) {
		t.Error("a concurrent caller that signed before the offset was known may sign again too")
	}
	for _, offset := range []time.Duration{-60 * time.Second, 60 * time.Second} {
		if c.Learn(c.Now(), server.Add(offset)) {
			t.Errorf("%s are within the tolerance", offset)
		}
	}
	if got := c.Now(); !got.Equal(server) {
		t.Errorf("Now() = %v after a tolerated difference, want it unchanged", got)
	}
	for _, offset := range []time.Duration{-61 * time.Second, 61 * time.Second} {
		want := c.Now().Add(offset)
		if !c.Learn(c.Now(), want) || !c.Now().Equal(want) {
			t.Errorf("%s were not learnt", offset)
		}
	}
}
