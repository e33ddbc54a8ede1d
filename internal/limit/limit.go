// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package limit bounds how many series and points a read may hold while it decodes and merges answers.
package limit

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

// The hard limits. They apply where a read sets no limit of its own.
const (
	// maxSeries is the maximum number of series in one answer, and in a result.
	maxSeries = 50_000
	// maxPieces is the maximum number of series in all answers of a read before they are merged.
	maxPieces = 1_000_000
	// perAnswer is the maximum number of points in one answer.
	perAnswer = 1_000_000
	// perRead is the maximum number of points in all answers of a read.
	perRead = 10_000_000
)

// Limits are the maximum numbers of series and points in the result of a read. Zero stands for a hard limit.
type Limits struct {
	// Series is the maximum number of series, such as the groups of a report.
	Series int
	// Points is the maximum number of points in all series together. A series without points counts as one point.
	Points int
}

// Answer returns a counter for one answer.
func (l Limits) Answer() *Counter {
	return &Counter{limits: l, maxSeries: cmp.Or(l.Series, maxSeries), maxPoints: cmp.Or(l.Points, perAnswer)}
}

// Read returns a counter for all answers of a read before they are merged. A point of the result may be the sum of so
// many points. A series may come in any number of pieces, so the limit on series does not apply to them.
func (l Limits) Read(summands int) *Counter {
	return &Counter{limits: l, maxSeries: max(l.Series, maxPieces), maxPoints: cmp.Or(l.Points*summands, perRead)}
}

// Result returns a counter for the result of a read.
func (l Limits) Result() *Counter {
	return &Counter{limits: l, maxSeries: cmp.Or(l.Series, maxSeries), maxPoints: cmp.Or(l.Points, perRead)}
}

// Size is what an answer holds.
type Size struct{ Series, Points int }

// Counter counts series and points and refuses those beyond the limits. It is safe for concurrent use.
type Counter struct {
	limits               Limits
	maxSeries, maxPoints int

	mu   sync.Mutex
	size Size
	// empty says that the last series has no point yet. It was counted as one.
	empty bool
}

// AddSeries counts a series, and one point until AddPoint is called for it. The error is an *Error.
func (c *Counter) AddSeries() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.empty = true
	return c.add(Size{Series: 1, Points: 1})
}

// AddPoint counts a point of the last series. The error is an *Error.
func (c *Counter) AddPoint() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.empty {
		c.empty = false
		return nil
	}
	return c.add(Size{Points: 1})
}

// Add counts series and their points. The error is an *Error.
func (c *Counter) Add(s Size) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.add(s)
}

func (c *Counter) add(s Size) error {
	c.size.Series += s.Series
	c.size.Points += s.Points
	switch {
	case c.size.Points > c.maxPoints:
		return &Error{What: "points", Max: c.maxPoints, limits: c.limits}
	case c.size.Series > c.maxSeries:
		return &Error{What: "series", Max: c.maxSeries, limits: c.limits}
	}
	return nil
}

// Size returns what was counted.
func (c *Counter) Size() Size {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.size
}

// Error says that a result is larger than its limit.
type Error struct {
	// What is "series" or "points".
	What string
	Max  int

	limits Limits
}

// Error names the limit.
func (e *Error) Error() string { return fmt.Sprintf("more than %d %s", e.Max, e.What) }

// Ask is transport.Ask for an answer within limits. A shared call may have the limits of another read: an answer that
// they cut short is asked for again, and an answer that is larger than the own limits is left for the caller to refuse.
func Ask[T any](
	ctx context.Context, p transport.Policy, question string, limits Limits, attempt func(context.Context) (T, error),
) (T, error) {
	answer, err := transport.Ask(ctx, p, question, attempt)
	if cut, ok := errors.AsType[*Error](err); ok && cut.limits != limits {
		return transport.Ask(ctx, p, fmt.Sprintf("%s within %v", question, limits), attempt)
	}
	return answer, err
}
