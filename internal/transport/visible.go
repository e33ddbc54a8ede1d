// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"strings"
	"unicode"
)

// Visible makes a vendor's name fit for state and terminals: it removes control and format characters, such as ESC, NUL
// and U+202E, and replaces tabs and line breaks by spaces. Unlike Clean it neither shortens nor masks, so two names stay
// as different as they look.
func Visible(name string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\u2028', r == '\u2029', unicode.IsControl(r) && unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, name)
}
