// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package cdnetworks

import (
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base64"
	"io"
)

// password signs the exact text of the Date header. SHA-1 is the vendor's choice.
func password(apiKey, date string) string {
	mac := hmac.New(sha1.New, []byte(apiKey))
	_, _ = io.WriteString(mac, date) // A hash never fails to write.
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}
