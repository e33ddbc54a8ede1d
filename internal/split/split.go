// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package split splits a request into parts that a vendor accepts, fetches them concurrently, and matches their responses.
// It does not depend on any vendor.
package split

import (
	"context"
	"fmt"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/edgestats/terraform-provider-edgestats/internal/rescue"
)

// concurrency is the maximum number of concurrent parts of one read. The limiters decide how fast they start.
const concurrency = 8

// Window is a half-open window of time.
type Window struct{ Start, End time.Time }

// Windows splits a window into consecutive windows of at most the given length.
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

// List splits a list into consecutive lists of at most the given size. An empty list stays one part, because it requests
// everything.
func List[T any](whole []T, size int) [][]T {
	if len(whole) == 0 {
		return [][]T{whole}
	}
	return slices.Collect(slices.Chunk(whole, size))
}

// Fetch fetches all parts concurrently and returns the results in the order of the parts. The first failure cancels the
// other parts and is returned, so there is no partial result. If there are several parts, the error names the failed one. A
// panic in fetch is a failure.
func Fetch[P fmt.Stringer, R any](ctx context.Context, parts []P, fetch func(context.Context, P) (R, error)) ([]R, error) {
	answers := make([]R, len(parts))
	group, groupCtx := errgroup.WithContext(ctx)
	group.SetLimit(concurrency)
	for i, part := range parts {
		group.Go(func() error {
			if err := context.Cause(groupCtx); err != nil {
				return err // Another part has failed, or the read has ended.
			}
			err := rescue.Call(func() (err error) {
				answers[i], err = fetch(groupCtx, part)
				return err
			})
			if err != nil && len(parts) > 1 {
				return fmt.Errorf("part %s: %w", part, err)
			}
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	return answers, nil
}
