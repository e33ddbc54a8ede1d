// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package clock

import (
	"fmt"
	"sync/atomic"
	"time"
)

// tolerance is the maximum difference between the time of a signature and the server's Date that is ignored. Vendors accept
// signatures that are off by at least five minutes.
const tolerance = 60 * time.Second

// MaxSkew is the maximum difference between the local clock and a server's clock that Corrected corrects.
const MaxSkew = 24 * time.Hour

// Corrected is a clock that learns the difference between the local clock and one vendor's clock. Each vendor needs its own
// Corrected. It is safe for concurrent use.
type Corrected struct {
	local  Clock
	offset atomic.Int64
}

// NewCorrected returns a clock that returns the local time until it learns a difference.
func NewCorrected(local Clock) *Corrected { return &Corrected{local: local} }

// Now returns the vendor's time as far as it is known: the local time plus the learned difference.
func (c *Corrected) Now() time.Time { return c.Correct(c.local.Now()) }

// Correct returns the vendor's time at a local time, as far as it is known.
func (c *Corrected) Correct(local time.Time) time.Time {
	return local.Add(time.Duration(c.offset.Load()))
}

// Learn compares the time that a request was signed for with the Date of its response. If they differ by more than a
// minute, it returns true, and the caller may sign again. It also corrects the clock, unless the Date is between the
// signature and now: then the response was only slow. If the local clock and the server's clock differ by more than
// MaxSkew, it does not correct the clock and returns a *SkewError.
func (c *Corrected) Learn(signed, server time.Time) (bool, error) {
	if server.Sub(signed).Abs() <= tolerance {
		return false, nil
	}
	local := c.local.Now()
	if server.After(signed) && !server.After(c.Correct(local)) {
		return true, nil
	}
	offset := server.Sub(local)
	if offset.Abs() > MaxSkew {
		return false, &SkewError{Local: local, Server: server}
	}
	c.offset.Store(int64(offset))
	return true, nil
}

// SkewError is the error of a difference of more than MaxSkew between the local clock and a server's.
type SkewError struct{ Local, Server time.Time }

// Error returns both times in UTC.
func (e *SkewError) Error() string {
	return fmt.Sprintf("the clock of this machine says %s and the server's says %s: they differ by more than 24 hours",
		e.Local.UTC().Format(time.RFC3339), e.Server.UTC().Format(time.RFC3339))
}
