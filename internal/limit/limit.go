// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package limit limits the numbers of series and points that a read decodes and merges.
package limit

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

// MaxSeries is the hard limit on series in one response and in a result. Writing a series to state takes some 20 KB of
// memory, because Terraform's values for its summary and its other attributes exist several times at once.
const MaxSeries = 10_000

// The other hard limits.
const (
	// maxPieces is the maximum number of series in all responses of a read before they are merged.
	maxPieces = 1_000_000
	// perAnswer is the maximum number of points in one response.
	perAnswer = 500_000
	// perRead is the maximum number of points in all responses of a read.
	perRead = 10_000_000
)

// Limits are the maximum numbers of series and points in the result of a read. If one is zero, the hard limit applies.
type Limits struct {
	// Series is the maximum number of series, such as the groups of a report.
	Series int
	// Points is the maximum number of points in all series, where each series counts as another point.
	Points int
}

// Answer returns a counter for one response.
func (l Limits) Answer() *Counter {
	return &Counter{limits: l, maxSeries: cmp.Or(l.Series, MaxSeries), maxPoints: cmp.Or(l.Points, perAnswer)}
}

// Read returns a counter for all responses of a read before they are merged. summands is the number of points that are
// added up to one point of the result. A series may be split into any number of pieces, which do not count as points.
func (l Limits) Read(summands int) *Counter {
	return &Counter{limits: l, maxSeries: max(l.Series, maxPieces), maxPoints: cmp.Or(l.Points*summands, perRead), pieces: true}
}

// Result returns a counter for the result of a read.
func (l Limits) Result() *Counter {
	return &Counter{limits: l, maxSeries: cmp.Or(l.Series, MaxSeries), maxPoints: cmp.Or(l.Points, perRead)}
}

// Size is the numbers of series and points in a response.
type Size struct{ Series, Points int }

// Counter counts series and points and returns an error if there are more than a limit allows. It is safe for concurrent
// use.
type Counter struct {
	limits               Limits
	maxSeries, maxPoints int
	// pieces says that series are only pieces, which do not count as points.
	pieces bool

	mu   sync.Mutex
	size Size
}

// AddSeries counts a series. The error is an *Error.
func (c *Counter) AddSeries() error { return c.Add(Size{Series: 1}) }

// AddPoint counts a point. The error is an *Error.
func (c *Counter) AddPoint() error { return c.Add(Size{Points: 1}) }

// Add counts series and their points. The error is an *Error.
func (c *Counter) Add(s Size) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.size.Series += s.Series
	c.size.Points += s.Points
	points := c.size.Points
	if !c.pieces {
		points += c.size.Series
	}
	switch {
	case c.size.Series > c.maxSeries:
		return &Error{What: Series, Max: c.maxSeries, limits: c.limits}
	case points > c.maxPoints:
		return &Error{What: Points, Max: c.maxPoints, limits: c.limits}
	}
	return nil
}

// Size returns the numbers of series and points so far.
func (c *Counter) Size() Size {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.size
}

// Kind says which limit was exceeded.
type Kind string

// Values of Kind.
const (
	Series Kind = "series"
	Points Kind = "points"
)

// Error is the error of a result that exceeds a limit.
type Error struct {
	What Kind
	Max  int

	limits Limits
}

// Error names the limit.
func (e *Error) Error() string { return fmt.Sprintf("more than %d %s", e.Max, e.What) }

// Ask is like transport.Ask, for calls with limits. A shared call may have the limits of another read. If that read's
// limits made the call fail, Ask makes another call. The caller must check that the answer is within its own limits.
func Ask[T any](
	ctx context.Context, p transport.Policy, question string, limits Limits, attempt func(context.Context) (T, error),
) (T, error) {
	answer, err := transport.Ask(ctx, p, question, attempt)
	if cut, ok := errors.AsType[*Error](err); ok && cut.limits != limits {
		return transport.Ask(ctx, p, fmt.Sprintf("%s within %v", question, limits), attempt)
	}
	return answer, err
}
