// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"regexp"
	"strings"
	"unicode"
)

const (
	// maxText is the maximum number of characters of a vendor's text in an error.
	maxText = 512
	// maxRaw is how many bytes of a vendor's text are looked at to find these characters.
	maxRaw = 16 * maxText
)

// Secrets of requests that servers may echo. The provider masks the secrets it knows, in every encoding (see Secrets);
// these patterns also catch those that it does not know, such as the link to a file that another program made.
var (
	urlQuery = regexp.MustCompile(`(https?://[^\s?"'<>]+)\?[^\s"'<>]*`)
	basic    = regexp.MustCompile(`\b(Basic|Bearer)\s+[A-Za-z0-9+/=_.~-]{16,}`)
	signed   = regexp.MustCompile(`\b(TC3-HMAC-SHA256|CNC-HMAC-SHA256)\s+Credential=[^"']*`)
	member   = regexp.MustCompile(`(?i)\b(authorization|signature|credential|[a-z-]*token)(["']?\s*[:=]\s*["']?)[A-Za-z0-9+/=_.~%-]{16,}`)
)

// redact replaces the queries of URLs, authorization values, signatures and tokens by stars.
func redact(text string) string {
	text = urlQuery.ReplaceAllString(text, "$1?***")
	text = basic.ReplaceAllString(text, "$1 ***")
	text = signed.ReplaceAllString(text, "$1 ***")
	return member.ReplaceAllString(text, "$1$2***")
}

// Clean makes a vendor's text fit for an error: valid UTF-8 of at most 512 characters without control characters, in
// which every run of white space is one space. Signatures and queries of URLs become stars. A longer text ends with an
// ellipsis, and is not cut within a word that may be part of a secret.
func Clean(text string) string {
	raw := text[:min(len(text), maxRaw)]
	// Control characters go first: one within a signature would hide it from the patterns.
	clean := []rune(redact(visible(raw)))
	if len(raw) == len(text) && len(clean) <= maxText {
		return string(clean)
	}
	clean = clean[:min(len(clean), maxText-1)]
	return strings.TrimRightFunc(string(clean), isWordPart) + "…"
}

// visible removes control characters and makes every run of white space one space.
func visible(text string) string {
	var clean strings.Builder
	space := false
	for _, r := range text {
		switch {
		case unicode.IsSpace(r):
			space = clean.Len() > 0
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r):
		default:
			if space {
				clean.WriteByte(' ')
			}
			space = false
			clean.WriteRune(r)
		}
	}
	return clean.String()
}

// isWordPart reports whether a character can be part of a key, a token or an escape in one. If a text were cut within
// one, the part that is left could not be recognized and masked.
func isWordPart(r rune) bool {
	return r <= unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune(`+/=-_.~%&#;\`, r))
}
