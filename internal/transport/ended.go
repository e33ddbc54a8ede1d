// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package transport

import "context"

// Ended returns nil until the context of a read ends, and then an error that IsTimeout or IsCancelled recognizes. It is
// for the work that follows a call, such as merging answers.
func Ended(ctx context.Context) error {
	if ctx.Err() == nil {
		return nil
	}
	return contextError(ctx)
}
