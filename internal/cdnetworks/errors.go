// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package cdnetworks

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

// The vendor's codes that callers distinguish.
const (
	// CodeTooMuchData means that the request is for more domains or data than the vendor returns at once.
	CodeTooMuchData = "24001125"
	// CodeWrongValue means that an argument has an invalid value.
	CodeWrongValue = "24001129"
)

const (
	codeSuccess       = "0"
	codeDatabase      = "24002001"
	codeTooFrequent   = "WPLUS_AccountApiTooFrequence"
	statusTooFrequent = 446

	// maxXML is the maximum number of bytes of an XML body that are searched for an error.
	maxXML = 64 << 10
)

// APIError is an error of CDNetworks. A report returns it with HTTP status 200, the gateway with another status, and both as
// JSON or, although the request asks for JSON, as XML.
type APIError struct {
	// Status is the HTTP status.
	Status int
	// Code is the vendor's code, such as 24001126.
	Code string
	// Message is the vendor's text, cleaned.
	Message string
	// RequestID is the vendor's request ID. It may be empty.
	RequestID string

	retryAfter time.Duration
}

// Error returns the code and the message.
func (e *APIError) Error() string { return fmt.Sprintf("code %s: %s", e.Code, e.Message) }

// Unauthorized reports whether the gateway refused the user or the signature.
func (e *APIError) Unauthorized() bool {
	return e.Status == http.StatusUnauthorized || e.Status == http.StatusForbidden
}

// Judge returns the verdict on the code and the status.
func (e *APIError) Judge() transport.Judgement {
	verdict := transport.JudgeStatus(e.Status)
	switch {
	case e.Status == statusTooFrequent, e.Code == codeTooFrequent:
		verdict = transport.Throttled
	case e.Code == codeDatabase:
		verdict = transport.Retry
	}
	return transport.Judgement{Verdict: verdict, RetryAfter: e.retryAfter}
}

func (c *Client) apiError(answer *transport.Answer, code, message string) *APIError {
	return &APIError{
		Status:     answer.Status,
		Code:       transport.Clean(code),
		Message:    cmp.Or(transport.Clean(message), "no message"),
		RequestID:  transport.Clean(answer.Header.Get("x-cnc-request-id")),
		retryAfter: answer.RetryAfter(c.config.Clock.Now()),
	}
}

// xmlError returns the error in a body such as <response><code>…</code><message>…</message></response>. The name of the
// root, namespaces and the declared encoding do not matter. ok is false if there is no error, if the code means success, or
// if the body is HTML.
func xmlError(body []byte) (code, message string, ok bool) {
	body = bytes.TrimSpace(bytes.TrimPrefix(body, []byte("\xef\xbb\xbf")))
	if !bytes.HasPrefix(body, []byte("<")) {
		return "", "", false
	}
	body = bytes.ToValidUTF8(body[:min(len(body), maxXML)], []byte("\ufffd"))
	decoder := xml.NewDecoder(bytes.NewReader(body))
	decoder.CharsetReader = func(_ string, input io.Reader) (io.Reader, error) { return input, nil } // Codes are ASCII.
	var document struct {
		XMLName xml.Name
		Code    string `xml:"code"`
		Message string `xml:"message"`
	}
	// The fields that precede a syntax error are decoded, so the body may be cut.
	_ = decoder.Decode(&document)
	code = strings.TrimSpace(document.Code)
	return code, document.Message, code != "" && code != codeSuccess && !strings.EqualFold(document.XMLName.Local, "html")
}

// refusal marks an error if the signature was refused. The vendor documents neither the body of such a response nor the
// tolerated time difference, so the Date of the response decides whether a new signature may help.
func refusal(err error, answer *transport.Answer) error {
	if err == nil || answer.Status != http.StatusUnauthorized && answer.Status != http.StatusForbidden {
		return err
	}
	return transport.SignatureRefusal(err)
}
