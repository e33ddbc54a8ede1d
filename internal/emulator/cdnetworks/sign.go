// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package cdnetworks

import (
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base64"
	"net/http"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/exchange"
)

// maxSkew is the maximum difference between the signed date and the emulator's clock. The vendor documents no number.
const maxSkew = 10 * time.Minute

// verify checks the account and password of a request. The code is invented, because the vendor publishes none.
func (a *API) verify(x *exchange.Exchange) error {
	denied := func(message string) error {
		return &apiError{status: http.StatusUnauthorized, code: "Unauthorized", message: message}
	}
	date := x.Header.Get("X-Cnc-Date")
	if date == "" {
		date = x.Header.Get("Date")
	}
	signed, err := time.Parse(http.TimeFormat, date)
	if err != nil {
		return denied("The date header is missing or is not an RFC 1123 date in GMT")
	}
	username, got, ok := x.Request.BasicAuth()
	if !ok || username != a.account.Username {
		return denied("The account does not exist")
	}
	if want := password(a.account.APIKey, date); !hmac.Equal([]byte(want), []byte(got)) {
		return denied("The password does not match")
	}
	if x.Time.Sub(signed).Abs() > maxSkew {
		return denied("The date is too far from the current time")
	}
	return nil
}

// password returns the password for a date: the base64 of an HMAC-SHA1 of the header value, see
// https://documents.cdnetworks.com/document/api-doc/api-key-authentication.
func password(apiKey, date string) string {
	mac := hmac.New(sha1.New, []byte(apiKey))
	mac.Write([]byte(date))
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}
