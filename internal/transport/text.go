// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"regexp"
	"strings"
	"unicode"

	"github.com/edgestats/terraform-provider-edgestats/internal/excerpt"
)

const (
	// maxText is the maximum number of characters that Clean returns.
	maxText = 512
	// maxRaw is the maximum number of bytes that Clean reads.
	maxRaw = 16 * maxText
)

// Patterns of secrets that servers may echo. Secrets masks the secrets that the provider knows, in every encoding. These
// patterns also mask unknown ones, such as a link to a file that another program created.
var (
	urlQuery = regexp.MustCompile(`(https?://[^\s?"'<>]+)\?[^\s"'<>]*`)
	basic    = regexp.MustCompile(`\b(Basic|Bearer)\s+[A-Za-z0-9+/=_.~-]{16,}`)
	signed   = regexp.MustCompile(`\b(TC3-HMAC-SHA256|CNC-HMAC-SHA256)\s+Credential=[^"']*`)
	member   = regexp.MustCompile(`(?i)\b(authorization|signature|credential|[a-z-]*token)(["']?\s*[:=]\s*["']?)[A-Za-z0-9+/=_.~%-]{16,}`)
)

// redact replaces the queries of URLs, authorization values, signatures and tokens with stars.
func redact(text string) string {
	text = urlQuery.ReplaceAllString(text, "$1?***")
	text = basic.ReplaceAllString(text, "$1 ***")
	text = signed.ReplaceAllString(text, "$1 ***")
	return member.ReplaceAllString(text, "$1$2***")
}

// Clean makes a vendor's text safe to show in an error. The result is a single line of valid UTF-8 with at most 512
// characters, without control characters, and with stars in place of signatures and URL queries. A longer text ends with
// an ellipsis; the word at the cut is removed, because a part of a secret might not be recognized.
func Clean(text string) string {
	raw := text[:min(len(text), maxRaw)]
	// Control characters are removed first, because one within a signature would hide it from the patterns.
	clean := []rune(redact(singleLine(raw)))
	if len(raw) == len(text) && len(clean) <= maxText {
		return string(clean)
	}
	clean = clean[:min(len(clean), maxText-1)]
	return strings.TrimRightFunc(string(clean), isWordPart) + excerpt.Ellipsis
}

// singleLine is Visible with single spaces between words and none at the ends.
func singleLine(text string) string { return strings.Join(strings.Fields(Visible(text)), " ") }

// isWordPart reports whether a character can be part of a key, a token or an escape in one.
func isWordPart(r rune) bool {
	return r <= unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune(`+/=-_.~%&#;\`, r))
}

// Visible makes a vendor's name safe for state and terminals. It removes control and format characters, such as ESC, NUL
// and U+202E, and replaces tabs and line breaks with spaces. Unlike Clean, it neither shortens nor masks, so that
// different names stay different.
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
