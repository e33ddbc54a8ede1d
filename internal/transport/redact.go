// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package transport

import "regexp"

// What a server may echo of a signed request, or tell of a presigned address, and nobody else may see. Secrets that the
// provider knows are masked above this package; signatures are made anew for every attempt and known here only.
var (
	urlQuery = regexp.MustCompile(`(https?://[^\s?"'<>]+)\?[^\s"'<>]*`)
	basic    = regexp.MustCompile(`\b(Basic|Bearer)\s+[A-Za-z0-9+/=_.~-]{16,}`)
	signed   = regexp.MustCompile(`\b(TC3-HMAC-SHA256|CNC-HMAC-SHA256)\s+Credential=[^"']*`)
	member   = regexp.MustCompile(`(?i)\b(authorization|signature|credential|[a-z-]*token)(["']?\s*[:=]\s*["']?)[A-Za-z0-9+/=_.~%-]{16,}`)
)

// redact replaces the queries of addresses, authorization values, signatures and tokens by stars.
func redact(text string) string {
	text = urlQuery.ReplaceAllString(text, "$1?***")
	text = basic.ReplaceAllString(text, "$1 ***")
	text = signed.ReplaceAllString(text, "$1 ***")
	return member.ReplaceAllString(text, "$1$2***")
}
