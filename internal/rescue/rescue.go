// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package rescue turns panics into errors, so that a bug in one read does not end the whole provider. Every goroutine of the
// provider needs it, because no other goroutine can recover its panics.
package rescue

import (
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"strings"
)

// Error is a recovered panic. Its text contains the panic's value only if that is an error of the runtime, because other
// values may contain the user's arguments.
type Error struct {
	// Origin is the file and line of the panic.
	Origin string
	// Problem is the runtime's error, or else the type of the panic's value.
	Problem string
}

// Error returns the origin and the problem.
func (e *Error) Error() string { return fmt.Sprintf("panic at %s: %s", e.Origin, e.Problem) }

// Call calls f and returns its error, or an *Error if it panics.
func Call(f func() error) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = &Error{Origin: origin(), Problem: problem(v)}
		}
	}()
	return f()
}

func problem(v any) string {
	if err, ok := v.(error); ok {
		if known, ok := errors.AsType[runtime.Error](err); ok {
			return known.Error()
		}
	}
	return fmt.Sprintf("a value of type %T", v)
}

// origin returns the file and line that caused the panic: the innermost function outside the runtime.
func origin() string {
	callers := make([]uintptr, 64)
	frames := runtime.CallersFrames(callers[:runtime.Callers(0, callers)])
	panicking := false
	for {
		frame, more := frames.Next()
		if panicking && !strings.HasPrefix(frame.Function, "runtime.") {
			return fmt.Sprintf("%s:%d", filepath.Base(frame.File), frame.Line)
		}
		panicking = panicking || frame.Function == "runtime.gopanic"
		if !more {
			return "an unknown place"
		}
	}
}
