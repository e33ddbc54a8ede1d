// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	tc3Algorithm = "TC3-HMAC-SHA256"
	// tc3Skew is how far the time of a request may be from now.
	tc3Skew = 5 * time.Minute
	// unsignedPayload stands in the header X-TC-Content-SHA256, and in the signature for the body, of a request whose body is
	// not signed.
	unsignedPayload = "UNSIGNED-PAYLOAD"
)

// tc3Authorization is the Authorization header of API 3.0, taken apart.
type tc3Authorization struct {
	secretID, date, service string
	signedHeaders           []string
	signature               string
}

// parseTC3 reads `TC3-HMAC-SHA256 Credential=id/date/service/tc3_request, SignedHeaders=a;b, Signature=hex`.
func parseTC3(header string) (tc3Authorization, bool) {
	rest, ok := strings.CutPrefix(header, tc3Algorithm+" ")
	fields := make(map[string]string)
	for field := range strings.SplitSeq(rest, ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(field), "=")
		fields[name] = value
	}
	scope := strings.Split(fields["Credential"], "/")
	if !ok || len(fields) != 3 || len(scope) != 4 || scope[3] != "tc3_request" {
		return tc3Authorization{}, false
	}
	return tc3Authorization{
		secretID:      scope[0],
		date:          scope[1],
		service:       scope[2],
		signedHeaders: strings.Split(fields["SignedHeaders"], ";"),
		signature:     fields["Signature"],
	}, true
}

// verifyTC3 checks the signature of a request to a service, see
// https://www.tencentcloud.com/document/product/1252/68087.
func (e *Emulator) verifyTC3(service string, r *http.Request) error {
	a, ok := parseTC3(r.Header.Get("Authorization"))
	if !ok || !slices.Contains(a.signedHeaders, "content-type") || !slices.Contains(a.signedHeaders, "host") {
		return failf("AuthFailure.InvalidAuthorization", "The Authorization header does not follow %s.", tc3Algorithm)
	}
	timestamp := r.Header.Get("X-TC-Timestamp")
	seconds, err := strconv.ParseInt(timestamp, 10, 64)
	if err != nil {
		return failf("InvalidParameterValue", "The header `X-TC-Timestamp` must be Unix seconds.")
	}
	sent := time.Unix(seconds, 0).UTC()
	if callOf(r).Time.Sub(sent).Abs() > tc3Skew {
		return failf("AuthFailure.SignatureExpire", "The request was signed more than %s from now.", tc3Skew)
	}
	secretKey, ok := e.secretKey(a.secretID)
	if !ok {
		return failf("AuthFailure.SecretIdNotFound", "The SecretId is not found.")
	}
	if !e.isTokenValid(a.secretID, r.Header.Get("X-TC-Token"), callOf(r).Time) {
		return failf("AuthFailure.TokenFailure", "The token is not valid.")
	}
	isSigned := func(host string) bool {
		want := tc3Signature(secretKey, timestamp, a, tc3CanonicalRequest(r, host, a.signedHeaders))
		return hmac.Equal([]byte(a.signature), []byte(want))
	}
	// The vendor's hosts have no port, and its SDK for Node.js leaves the port out of what it signs.
	if a.date != sent.Format(time.DateOnly) || a.service != service || !isSigned(r.Host) && !isSigned(withoutPort(r.Host)) {
		return failf("AuthFailure.SignatureFailure", "The provided credentials could not be validated.")
	}
	return nil
}

func withoutPort(host string) string { return (&url.URL{Host: host}).Hostname() }

// tc3CanonicalRequest writes a request to a host as it is signed: names and values of the signed headers in lower case,
// without surrounding space.
func tc3CanonicalRequest(r *http.Request, host string, signedHeaders []string) string {
	payload := callOf(r).Body
	if r.Header.Get("X-TC-Content-SHA256") == unsignedPayload {
		payload = []byte(unsignedPayload)
	}
	var headers strings.Builder
	for _, name := range signedHeaders {
		value := r.Header.Get(name)
		if name == "host" {
			value = host
		}
		headers.WriteString(name + ":" + strings.ToLower(strings.TrimSpace(value)) + "\n")
	}
	return strings.Join([]string{
		r.Method, "/", r.URL.RawQuery, headers.String(),
		strings.Join(signedHeaders, ";"), sha256Hex(payload),
	}, "\n")
}

// tc3Signature signs a canonical request with a key derived from the secret key, the date and the service.
func tc3Signature(secretKey, timestamp string, a tc3Authorization, canonical string) string {
	const suffix = "tc3_request"
	toSign := strings.Join([]string{
		tc3Algorithm, timestamp, a.date + "/" + a.service + "/" + suffix, sha256Hex([]byte(canonical)),
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
