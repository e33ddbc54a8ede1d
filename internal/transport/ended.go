// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"context"
	"errors"
	"fmt"
)

// These errors mark the end of a whole call. The errors of package context cannot do that, because an attempt or a
// connection that timed out wraps them too.
var (
	errReadTimeout = errors.New("the read timed out")
	errCancelled   = errors.New("the read was canceled")
)

// IsTimeout reports whether the read timeout ended the call. The time limit of one attempt is a *NetworkError instead.
func IsTimeout(err error) bool { return errors.Is(err, errReadTimeout) }

// IsCancelled reports whether the call was cancelled from outside.
func IsCancelled(err error) bool { return errors.Is(err, errCancelled) }

// Ended returns nil until the context of a read ends, and then an error that IsTimeout or IsCancelled recognizes. Use it in
// work that follows a call, such as merging responses.
func Ended(ctx context.Context) error {
	if ctx.Err() == nil {
		return nil
	}
	return contextError(ctx)
}

// contextError returns the error of a call whose context has ended.
func contextError(ctx context.Context) error {
	cause := context.Cause(ctx)
	if errors.Is(cause, context.DeadlineExceeded) {
		return &endedError{errReadTimeout, cause}
	}
	return &endedError{errCancelled, cause}
}

// errNoTimeLeft returns the error of a call whose deadline comes before its next attempt.
func errNoTimeLeft() error {
	return &endedError{fmt.Errorf("%w before the next attempt", errReadTimeout), context.DeadlineExceeded}
}

// endedError is the end of a whole call. Its text is the reason alone, in words that users know.
type endedError struct{ reason, cause error }

func (e *endedError) Error() string   { return e.reason.Error() }
func (e *endedError) Unwrap() []error { return []error{e.reason, e.cause} }

func isContextError(err error) bool {
	return errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled)
}
