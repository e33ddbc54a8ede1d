// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base64"
	"encoding/xml"
	"errors"
	"io"
	"mime"
	"net/http"
	"strings"
	"time"
)

const (
	relayPath   = "/cdn/traffic/relay"
	relayAction = "GetCdnRelayTraffic"
	// relaySkew is how far the signed date may be from the emulator's clock. The vendor names no figure.
	relaySkew = 10 * time.Minute
	// statusTooFrequent is the HTTP status that CDNetworks made up for its rate limit.
	statusTooFrequent = 446
)

// relayError is a refusal of the CDNetworks API. The gateway refuses with an HTTP status; what the report itself
// refuses comes with 200 and one of the documented codes.
type relayError struct {
	status  int
	code    string
	message string
}

func (e *relayError) Error() string { return e.message }

// relayAnswer is the body of every answer, in JSON or XML.
type relayAnswer struct {
	XMLName xml.Name   `json:"-" xml:"response"`
	Code    string     `json:"code" xml:"code"`
	Message string     `json:"message" xml:"message"`
	Data    *relayData `json:"data,omitempty" xml:"data,omitempty"`
}

type relayData struct {
	Report relayReport `json:"report" xml:"report"`
}

// cdnetworks answers for the relay traffic report of CDNetworks, see
// https://documents.cdnetworks.com/document/api-doc/39395.
func (e *Emulator) cdnetworks(w http.ResponseWriter, r *http.Request) {
	call := callOf(r)
	call.API, call.Action = CDNetworks, relayAction
	if e.interrupted(w, r) {
		return
	}
	w.Header().Set("X-Cnc-Request-Id", e.requestID())

	if err := e.admitRelay(r, call.Time); err != nil {
		refuseRelay(w, r, err)
		return
	}
	if !e.rates.enter(string(CDNetworks), e.limits.CDNetworksConcurrent) {
		refuseRelay(w, r, tooFrequent())
		return
	}
	defer e.rates.leave(string(CDNetworks))

	query, err := e.parseRelayQuery(call.Body, call.Time)
	if err != nil {
		refuseRelay(w, r, err)
		return
	}
	if e.overridden(w, r) {
		return
	}
	data := &relayData{Report: e.relayReport(query, call.Time)}
	writeRelay(w, r, http.StatusOK, relayAnswer{Code: "0", Message: "Success", Data: data})
}

// admitRelay is the gateway: it knows method, content type, account and rate, but not the report.
func (e *Emulator) admitRelay(r *http.Request, now time.Time) error {
	if r.Method != http.MethodPost {
		return &relayError{status: http.StatusMethodNotAllowed, code: "MethodNotAllowed", message: "Use POST"}
	}
	if err := e.verifyRelay(r, now); err != nil {
		return err
	}
	switch media, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); media {
	case "application/json":
	case "application/x-www-form-urlencoded":
		// The script in the vendor's document sends JSON with `curl -d`, which labels it a form.
	default:
		return &relayError{
			status: http.StatusUnsupportedMediaType, code: "UnsupportedMediaType", message: "Content-Type must be application/json",
		}
	}
	if !e.rates.allow(string(CDNetworks), e.limits.CDNetworks, now) {
		return tooFrequent()
	}
	return nil
}

// verifyRelay checks account and password of a request. The vendor publishes no codes for failures: these are ours.
func (e *Emulator) verifyRelay(r *http.Request, now time.Time) error {
	denied := func(message string) error {
		return &relayError{status: http.StatusUnauthorized, code: "Unauthorized", message: message}
	}
	date := r.Header.Get("X-Cnc-Date")
	if date == "" {
		date = r.Header.Get("Date")
	}
	signed, err := time.Parse(http.TimeFormat, date)
	if err != nil {
		return denied("The date header is missing or no RFC 1123 date in GMT")
	}
	username, password, ok := r.BasicAuth()
	if !ok || username != e.options.CDNetworksUsername {
		return denied("The account does not exist")
	}
	if want := relayPassword(e.options.CDNetworksAPIKey, date); !hmac.Equal([]byte(want), []byte(password)) {
		return denied("The password does not match")
	}
	if now.Sub(signed).Abs() > relaySkew {
		return denied("The date is too far from the current time")
	}
	return nil
}

// relayPassword computes the password for a date: base64 of an HMAC-SHA1 over the header's text. See
// https://documents.cdnetworks.com/document/api-doc/api-key-authentication.
func relayPassword(apiKey, date string) string {
	mac := hmac.New(sha1.New, []byte(apiKey))
	mac.Write([]byte(date))
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

func tooFrequent() error {
	return &relayError{status: statusTooFrequent, code: "WPLUS_AccountApiTooFrequence", message: "Too many requests"}
}

// refuseRelay answers with an error of type *relayError.
func refuseRelay(w http.ResponseWriter, r *http.Request, err error) {
	if refusal, ok := errors.AsType[*relayError](err); ok {
		callOf(r).Code = refusal.code
		writeRelay(w, r, refusal.status, relayAnswer{Code: refusal.code, Message: refusal.message})
	}
}

// writeRelay answers in JSON, or in XML if the request asks for something else.
func writeRelay(w http.ResponseWriter, r *http.Request, status int, answer relayAnswer) {
	accept := r.Header.Get("Accept")
	if accept == "" || strings.Contains(accept, "application/json") || strings.Contains(accept, "*/*") {
		writeJSON(w, status, answer)
		return
	}
	w.Header().Set("Content-Type", "application/xml")
	w.WriteHeader(status)
	// An error here means that the client is gone.
	_, _ = io.WriteString(w, xml.Header)
	_ = xml.NewEncoder(w).Encode(answer)
}
