// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package qcloud

import (
	"cmp"
	"fmt"
	"regexp"
	"strconv"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

// The API's own codes that matter here, and the codes of its CDN module for too many calls.
const (
	codeSuccess     = "0"
	codeAuth        = "4100"
	codeToken       = "4105"
	codeExpired     = "4200"
	codeQuota       = "4400"
	codeReplay      = "4500"
	codeInternal    = "6000"
	codeUnavailable = "6200"

	moduleTooFrequent     = "9163"
	moduleCallTooFrequent = "22063"
)

// APIError is an error that the legacy API reports in its envelope, most often with HTTP status 200. The API gives
// its calls no ids.
type APIError struct {
	// Status is the HTTP status.
	Status int
	// Code is the API's own code, such as 4000.
	Code string
	// ModuleCode is the code of the CDN module behind the API, such as 9110; it may be empty.
	ModuleCode string
	// Message is the vendor's text, cleaned and shortened.
	Message string

	resign     bool
	retryAfter time.Duration
}

// Error gives the code and the message.
func (e *APIError) Error() string { return fmt.Sprintf("code %s: %s", e.Code, e.Message) }

// Judge says whether the call may be tried again.
func (e *APIError) Judge() transport.Judgement {
	return transport.Judgement{Verdict: e.verdict(), RetryAfter: e.retryAfter}
}

func (e *APIError) verdict() transport.Verdict {
	if e.resign {
		return transport.Resign
	}
	if e.ModuleCode == moduleTooFrequent || e.ModuleCode == moduleCallTooFrequent {
		return transport.Throttled
	}
	switch e.Code {
	case codeQuota:
		return transport.Throttled
	case codeReplay, codeInternal, codeUnavailable:
		return transport.Retry
	}
	return transport.JudgeStatus(e.Status)
}

// apiError makes an error of the envelope. Where a signature is refused, expired or taken for a replay, and the
// server's clock differs from the one that signed, the difference is learnt and the call may be signed once more; so it
// may where a temporary key is refused and others can be had.
func (c *Client) apiError(answer *transport.Answer, e envelope, signed signature) *APIError {
	err := &APIError{
		Status:     answer.Status,
		Code:       e.code,
		ModuleCode: e.moduleCode(),
		Message:    cmp.Or(transport.Clean(e.message), transport.Clean(e.description), "no message"),
		retryAfter: answer.RetryAfter(c.config.Clock.Now()),
	}
	switch e.code {
	case codeAuth, codeExpired, codeReplay:
		date, ok := answer.Date()
		err.resign = ok && c.config.Clock.Learn(signed.at, date)
	case codeToken:
		err.resign = c.config.Refused(signed.secretID)
	}
	return err
}

var moduleCode = regexp.MustCompile(`\((-?[0-9]{4,})\)`)

// moduleCode returns the number in parentheses that the message carries, or else codeDesc where that is a number.
func (e envelope) moduleCode() string {
	if match := moduleCode.FindStringSubmatch(e.message); match != nil {
		return match[1]
	}
	if _, err := strconv.ParseInt(e.description, 10, 64); err != nil {
		return ""
	}
	return e.description
}
