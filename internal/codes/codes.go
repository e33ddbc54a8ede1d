// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package codes looks up the error codes of vendors. It does not depend on any vendor.
package codes

import "strings"

// Table maps error codes to values. An entry also applies to more specific codes: the entry for InternalError applies to
// InternalError.FileIOError, but not to InternalErrors.
type Table[V any] map[string]V

// Find returns the most specific entry that applies to the code.
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
