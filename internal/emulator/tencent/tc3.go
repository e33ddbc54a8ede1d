// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package tencent

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/exchange"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/keys"
)

const (
	algorithm = "TC3-HMAC-SHA256"
	// maxSkew is the maximum difference between the time of a request and now.
	maxSkew = 5 * time.Minute
	// unsignedRequest is the Authorization header of a request without a signature.
	unsignedRequest = "SKIP"
	// unsignedPayload is the header X-TC-Content-SHA256 of a request whose body is not signed. It replaces the body in the
	// signature.
	unsignedPayload = "UNSIGNED-PAYLOAD"
)

// authorization contains the parts of the Authorization header.
type authorization struct {
	secretID, date, service string
	signedHeaders           []string
	signature               string
}

// parseAuthorization reads `TC3-HMAC-SHA256 Credential=id/date/service/tc3_request, SignedHeaders=a;b, Signature=hex`.
func parseAuthorization(header string) (authorization, bool) {
	rest, ok := strings.CutPrefix(header, algorithm+" ")
	fields := make(map[string]string)
	for field := range strings.SplitSeq(rest, ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(field), "=")
		fields[name] = value
	}
	scope := strings.Split(fields["Credential"], "/")
	if !ok || len(fields) != 3 || len(scope) != 4 || scope[3] != "tc3_request" {
		return authorization{}, false
	}
	return authorization{
		secretID:      scope[0],
		date:          scope[1],
		service:       scope[2],
		signedHeaders: strings.Split(fields["SignedHeaders"], ";"),
		signature:     fields["Signature"],
	}, true
}

// verify checks the signature of a request to a service, see https://www.tencentcloud.com/document/product/1252/68087.
func verify(x *exchange.Exchange, service string, ring *keys.Ring) error {
	a, ok := parseAuthorization(x.Header.Get("Authorization"))
	if !ok || !slices.Contains(a.signedHeaders, "content-type") || !slices.Contains(a.signedHeaders, "host") {
		return Errorf("AuthFailure.InvalidAuthorization", "The Authorization header does not follow %s.", algorithm)
	}
	timestamp := x.Header.Get("X-TC-Timestamp")
	seconds, err := strconv.ParseInt(timestamp, 10, 64)
	if err != nil {
		return Errorf("InvalidParameterValue", "The header `X-TC-Timestamp` must be Unix seconds.")
	}
	sent := time.Unix(seconds, 0).UTC()
	if x.Time.Sub(sent).Abs() > maxSkew {
		return Errorf("AuthFailure.SignatureExpire", "The request was signed more than %d minutes from the current time.", maxSkew/time.Minute)
	}
	secretKey, ok := ring.SecretKey(a.secretID)
	if !ok {
		return Errorf("AuthFailure.SecretIdNotFound", "The SecretId is not found.")
	}
	if !ring.IsTokenValid(a.secretID, x.Header.Get("X-TC-Token"), x.Time) {
		return Errorf("AuthFailure.TokenFailure", "The token is not valid.")
	}
	isSignedFor := func(host string) bool {
		want := sign(secretKey, timestamp, a, canonicalRequest(x, host, a.signedHeaders))
		return hmac.Equal([]byte(a.signature), []byte(want))
	}
	// The vendor's hosts have no port, and its SDK for Node.js never signs a port.
	if a.date != sent.Format(time.DateOnly) || a.service != service || !isSignedFor(x.Host) && !isSignedFor(withoutPort(x.Host)) {
		return Errorf("AuthFailure.SignatureFailure", "The provided credentials could not be validated.")
	}
	return nil
}

func withoutPort(host string) string { return (&url.URL{Host: host}).Hostname() }

// canonicalRequest returns the string of a request that is signed. Values of headers are trimmed and in lower case.
func canonicalRequest(x *exchange.Exchange, host string, signedHeaders []string) string {
	payload := x.Body
	if x.Header.Get("X-TC-Content-SHA256") == unsignedPayload {
		payload = []byte(unsignedPayload)
	}
	var headers strings.Builder
	for _, name := range signedHeaders {
		value := x.Header.Get(name)
		if name == "host" {
			value = host
		}
		headers.WriteString(name + ":" + strings.ToLower(strings.TrimSpace(value)) + "\n")
	}
	return strings.Join([]string{
		x.Method, "/", x.Request.URL.RawQuery, headers.String(),
		strings.Join(signedHeaders, ";"), sha256Hex(payload),
	}, "\n")
}

// sign signs a canonical request with a key derived from the secret key, the date and the service.
func sign(secretKey, timestamp string, a authorization, canonical string) string {
	const suffix = "tc3_request"
	toSign := strings.Join([]string{
		algorithm, timestamp, a.date + "/" + a.service + "/" + suffix, sha256Hex([]byte(canonical)),
	}, "\n")
	key := []byte("TC3" + secretKey)
	for _, part := range []string{a.date, a.service, suffix} {
		key = hmacSHA256(key, part)
	}
	return hex.EncodeToString(hmacSHA256(key, toSign))
}

func sha256Hex(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

func hmacSHA256(key []byte, message string) []byte {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(message))
	return h.Sum(nil)
}
