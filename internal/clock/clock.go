// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package clock provides the current time. Code that needs the time takes a Clock, so that tests can set it.
package clock

import "time"

// Clock provides the current time.
type Clock interface {
	// Now returns the current time, in any time zone.
	Now() time.Time
}

// System is the local clock.
type System struct{}

// Now returns the local clock's time.
func (System) Now() time.Time { return time.Now() }

// Func is a function that serves as a Clock.
type Func func() time.Time

// Now calls f.
func (f Func) Now() time.Time { return f() }

// At returns a clock that always returns t.
func At(t time.Time) Clock { return Func(func() time.Time { return t }) }
