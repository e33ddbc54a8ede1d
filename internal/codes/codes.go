// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package codes looks up the error codes of vendors. It knows no vendor.
package codes

import "strings"

// Table maps error codes to a value. An entry also covers the codes below it: the entry of InternalError covers
// InternalError.FileIOError, but not InternalErrors.
type Table[V any] map[string]V

// Find returns the entry of the code itself, or else of the closest code above it.
func (t Table[V]) Find(code string) (value V, found bool) {
	for {
		if value, found = t[code]; found {
			return value, true
		}
		dot := strings.LastIndexByte(code, '.')
		if dot < 0 {
			return value, false
		}
		code = code[:dot]
	}
}
