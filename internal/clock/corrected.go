// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package clock

import (
	"sync/atomic"
	"time"
)

// tolerance is how far a server's Date may be from the time of a signature before the local clock is to blame.
// Vendors accept five minutes and more.
const tolerance = 60 * time.Second

// Corrected is a clock that can learn from a server how far it is off. It is safe for concurrent use.
type Corrected struct {
	base   Clock
	offset atomic.Int64
}

// NewCorrected returns a clock that tells the time of base until it learns better.
func NewCorrected(base Clock) *Corrected { return &Corrected{base: base} }

// Now returns the time of the base clock plus what was learnt.
func (c *Corrected) Now() time.Time {
	return c.base.Now().Add(time.Duration(c.offset.Load()))
}

// Learn takes the server's time of an answer to a request that was signed at the given time. It reports whether
// they differ by more than a minute, and so whether signing again can help: the clock has adopted the server's time
// then. Comparing with the signature's own time keeps concurrent callers right: each of them may sign once more.
func (c *Corrected) Learn(signed, server time.Time) bool {
	if server.Sub(signed).Abs() <= tolerance {
		return false
	}
	c.offset.Store(int64(server.Sub(c.base.Now())))
	return true
}
