// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package cdnetworks

import (
	"cmp"
	"fmt"
	"net/http"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

// CodeTooMuchData is the vendor's code for more domains or data than it answers at once.
const CodeTooMuchData = "24001125"

const (
	codeSuccess       = "0"
	codeDatabase      = "24002001"
	codeTooFrequent   = "WPLUS_AccountApiTooFrequence"
	statusTooFrequent = 446
)

// APIError is an error that CDNetworks reports in its envelope: of the report with HTTP status 200, of the gateway
// with another.
type APIError struct {
	// Status is the HTTP status.
	Status int
	// Code is the vendor's code, such as 24001126.
	Code string
	// Message is the vendor's text, cleaned and shortened.
	Message string
	// RequestID is the vendor's id of the call; it may be empty.
	RequestID string

	retryAfter time.Duration
}

// Error gives the code and the message.
func (e *APIError) Error() string { return fmt.Sprintf("code %s: %s", e.Code, e.Message) }

// Unauthorized reports whether the gateway refused the user or the signature.
func (e *APIError) Unauthorized() bool {
	return e.Status == http.StatusUnauthorized || e.Status == http.StatusForbidden
}

// Judge says whether the call may be tried again.
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

// learn compares the clocks if access was refused. Neither the body of such an answer nor the tolerated difference is
// documented, so the answer's own Date decides whether a new signature may help.
func (c *Client) learn(err error, answer *transport.Answer, signed time.Time) error {
	if answer.Status != http.StatusUnauthorized && answer.Status != http.StatusForbidden {
		return err
	}
	return answer.CheckClock(c.config.Clock, signed, err)
}
