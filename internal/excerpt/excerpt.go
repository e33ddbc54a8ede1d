// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package excerpt shortens texts for quotes in errors. A text that was cut ends with an ellipsis, which tells
// transport.Secrets that the characters before it may be the beginning of a secret.
package excerpt

import "strconv"

// Ellipsis ends a text that was cut.
const Ellipsis = "…"

// maxLength is the maximum number of characters that Of and Quote keep.
const maxLength = 40

// Cut returns the text, or its first characters up to the limit and an ellipsis.
func Cut(text string, limit int) string {
	count := 0
	for i := range text {
		if count == limit {
			return text[:i] + Ellipsis
		}
		count++
	}
	return text
}

// Of cuts the text after 40 characters.
func Of(text string) string { return Cut(text, maxLength) }

// Quote cuts the text after 40 characters and quotes it like %q.
func Quote(text string) string { return strconv.Quote(Of(text)) }
