// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package cdnetworks

import (
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base64"
	"io"
)

// password returns the signature of the exact Date header. The vendor requires SHA-1.
func password(apiKey, date string) string {
	mac := hmac.New(sha1.New, []byte(apiKey))
	_, _ = io.WriteString(mac, date) // A hash never fails to write.
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}
