// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package split cuts a question into parts that a vendor answers and asks them together. It knows no vendor.
package split

import (
	"context"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/edgestats/terraform-provider-edgestats/internal/rescue"
)

// concurrency is how many parts of one read are under way at once. The limiters decide how fast they start.
const concurrency = 8

// Window is a half-open window of time.
type Window struct{ Start, End time.Time }

// Windows cuts a window into neighbouring windows of at most the given length, in order.
func Windows(whole Window, length time.Duration) []Window {
	var parts []Window
	for start := whole.Start; start.Before(whole.End); start = start.Add(length) {
		end := start.Add(length)
		if end.After(whole.End) {
			end = whole.End
		}
		parts = append(parts, Window{start, end})
	}
	return parts
}

// List cuts a list into neighbouring lists of at most the given size, in order. A list without elements, which stands
// for everything, is one part.
func List[T any](whole []T, size int) [][]T {
	if len(whole) == 0 {
		return [][]T{whole}
	}
	return slices.Collect(slices.Chunk(whole, size))
}

// Fetch asks for all parts and returns the answers in the order of the parts. The first failure cancels the others and
// is returned; so there is no partial answer. A panic in fetch is a failure.
func Fetch[P, R any](ctx context.Context, parts []P, fetch func(context.Context, P) (R, error)) ([]R, error) {
	answers := make([]R, len(parts))
	group, groupCtx := errgroup.WithContext(ctx)
	group.SetLimit(concurrency)
	for i, part := range parts {
		group.Go(func() error {
			if err := context.Cause(groupCtx); err != nil {
				return err // Another part has failed, or the read has ended.
			}
			return rescue.Call(func() (err error) {
				answers[i], err = fetch(groupCtx, part)
				return err
			})
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	return answers, nil
}
