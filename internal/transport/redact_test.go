// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package transport

import "testing"

func TestCleanHidesWhatServersEcho(t *testing.T) {
	for text, want := range map[string]string{
		"see https://bucket.example.com/a%20b.xlsx?q-signature=0123&q-ak=AKIDexample for it": "see https://bucket.example.com/a%20b.xlsx?*** for it",
		`<a href="http://127.0.0.1:4180/x?token=abc">`:                                       `<a href="http://127.0.0.1:4180/x?***">`,
		"no Basic ZXhhbXBsZV91c2VybmFtZTppaFJn here":                                         "no Basic *** here",
		"Basic authentication failed":                                                        "Basic authentication failed",
		"TC3-HMAC-SHA256 Credential=AKIDexample/2026-01-15/mna/tc3_request, SignedHeaders=content-type;host, Signature=72e494ea809a": "TC3-HMAC-SHA256 ***",
		`{"Signature":"VVvzQtMQEzxm+BXY14Kpx5tuVOg=","Nonce":1}`:                                                                     `{"Signature":"***","Nonce":1}`,
		"Signature=iJiF6v%2BUOG1a%2F4FUcwWtvnKvQiQ%3D&Timestamp=1":                                                                   "Signature=***&Timestamp=1",
		"x-cos-security-token: 0123456789abcdef0123":                                                                                 "x-cos-security-token: ***",
		"The provided token is invalid: expired yesterday":                                                                           "The provided token is invalid: expired yesterday",
		"Signature mismatch for Basic plan, see https://example.com/help":                                                            "Signature mismatch for Basic plan, see https://example.com/help",
	} {
		if got := Clean(text); got != want {
			t.Errorf("Clean(%q) = %q, want %q", text, got, want)
		}
	}
}
