// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package clock tells the time. Signers, windows and limits take a Clock, so that a test can choose the hour.
package clock

import "time"

// Clock tells the current time.
type Clock interface {
	// Now returns the current time. Callers convert it to the zone they need.
	Now() time.Time
}

// System is the clock of the machine.
type System struct{}

// Now returns the machine's time.
func (System) Now() time.Time { return time.Now() }

// Func makes a Clock of a function.
type Func func() time.Time

// Now returns what the function returns.
func (f Func) Now() time.Time { return f() }

// At returns a clock that stands still at t.
func At(t time.Time) Clock { return Func(func() time.Time { return t }) }
