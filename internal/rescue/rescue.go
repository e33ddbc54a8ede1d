// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package rescue turns panics into errors, so that a fault in one read ends that read and not the provider. Every
// goroutine of ours runs under it: nothing above a goroutine can recover what happens in it.
package rescue

import (
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"strings"
)

// Error is a panic. It tells where it happened; what it was about may hold an argument's value, so it tells that of
// the runtime's own errors only.
type Error struct {
	// Origin is the file and line.
	Origin string
	// Problem is the runtime's error, or the type of the value that was thrown.
	Problem string
}

// Error tells where and what.
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

// origin finds the innermost function outside the runtime below the panic that is being recovered.
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
