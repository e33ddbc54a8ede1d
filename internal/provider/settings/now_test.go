// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package settings

import (
	"testing"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
)

// All windows of a plan agree on what now is, whatever time has passed, except for what is learned of a vendor's clock.
func TestNowIsTakenOnce(t *testing.T) {
	start := time.Date(2026, 1, 15, 12, 0, 0, 0, time.UTC)
	local := start
	b, diags := resolved(t, model{}, nil)
	if diags.HasError() {
		t.Fatal(diags)
	}
	c := newClients(b, clock.Func(func() time.Time { return local }), "test")
	local = local.Add(time.Second)
	first := c.Now(TencentCloud)
	local = local.Add(2 * time.Hour)
	if got := c.Now(CDNetworks); !first.Equal(start.Add(time.Second)) || !got.Equal(first) {
		t.Errorf("now is %s and then %s", first, got)
	}
	if learned, err := c.clocks[CDNetworks].Learn(local, local.Add(3*time.Hour)); !learned || err != nil {
		t.Fatal(learned, err)
	}
	if got := c.Now(CDNetworks); !got.Equal(first.Add(3 * time.Hour)) {
		t.Errorf("now is %s where the vendor is three hours ahead", got)
	}
	if got := c.Now(TencentCloud); !got.Equal(first) {
		t.Errorf("now is %s for the other vendor", got)
	}
}

// Other reads go on after a clock that panics.
func TestNowSurvivesAPanic(t *testing.T) {
	broken := true
	n := now{clock: clock.Func(func() time.Time {
		if broken {
			broken = false
			panic("broken")
		}
		return time.Unix(1, 0)
	})}
	func() {
		defer func() { _ = recover() }()
		n.first()
	}()
	if got := n.first(); !got.Equal(time.Unix(1, 0)) {
		t.Errorf("now is %s", got)
	}
}
