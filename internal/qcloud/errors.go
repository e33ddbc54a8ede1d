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

// The API's own codes that this package handles specially.
const (
	codeSuccess = "0"
	codeAuth    = "4100"
	codeToken   = "4105"
	codeExpired = "4200"
	codeReplay  = "4500"
)

// verdicts maps the API's own codes to verdicts. For other codes, the HTTP status decides. Source:
// https://cloud.tencent.com/document/product/228/5078.
var verdicts = map[string]transport.Verdict{
	"4400":      transport.Throttled,
	codeReplay:  transport.Retry,
	"6000":      transport.Retry, // Internal error.
	"6200":      transport.Retry, // Temporarily unavailable.
	codeAuth:    transport.Final,
	codeToken:   transport.Final,
	codeExpired: transport.Final,
}

// moduleVerdicts maps codes of the CDN module to verdicts. They take precedence over the API's own codes.
var moduleVerdicts = map[string]transport.Verdict{
	"9000":  transport.Retry, // System error.
	"-9011": transport.Retry, // Timeout.
	"-9014": transport.Retry, // Database error.
	"-9021": transport.Retry, // Storage error.
	"9163":  transport.Throttled,
	"22063": transport.Throttled,
	"1001":  transport.Final, // The identity of the account is not verified yet.
	"1002":  transport.Final, // Likewise.
	"9111":  transport.Final, // The account has not enabled CDN.
	"23103": transport.Final, // No permission, like the next two.
	"25002": transport.Final,
	"25010": transport.Final,
}

// APIError is an error in the envelope of a response, usually with HTTP status 200. The API has no request IDs.
type APIError struct {
	// Status is the HTTP status.
	Status int
	// Code is the API's own code, such as 4000.
	Code string
	// ModuleCode is the code of the CDN module behind the API, such as 9110. It may be empty.
	ModuleCode string
	// Message is the vendor's text, cleaned.
	Message string

	retryAfter time.Duration
}

// Error returns the code and the message.
func (e *APIError) Error() string { return fmt.Sprintf("code %s: %s", e.Code, e.Message) }

// Judge returns the verdict on the codes, or else on the status.
func (e *APIError) Judge() transport.Judgement {
	return transport.Judgement{Verdict: e.verdict(), RetryAfter: e.retryAfter}
}

func (e *APIError) verdict() transport.Verdict {
	if verdict, listed := moduleVerdicts[e.ModuleCode]; listed {
		return verdict
	}
	if verdict, listed := verdicts[e.Code]; listed {
		return verdict
	}
	return transport.JudgeStatus(e.Status)
}

// apiError returns the error of an envelope as an *APIError. Its verdict is SignAgain if the clock was wrong or if another
// temporary key may be available.
func (c *Client) apiError(answer *transport.Answer, e *envelope, signed signature) error {
	err := &APIError{
		Status:     answer.Status,
		Code:       e.code,
		ModuleCode: e.moduleCode(),
		Message:    cmp.Or(transport.Clean(e.message), transport.Clean(e.description), "no message"),
		retryAfter: answer.RetryAfter(c.config.Clock.Now()),
	}
	switch e.code {
	case codeAuth, codeExpired, codeReplay:
		return transport.SignatureRefusal(err)
	case codeToken:
		if c.config.Refused(signed.secretID) {
			return transport.WithVerdict(err, transport.SignAgain)
		}
	}
	return err
}

var moduleCode = regexp.MustCompile(`\((-?[0-9]{4,})\)`)

// moduleCode returns the number in parentheses in the message, or else codeDesc if that is a number.
func (e *envelope) moduleCode() string {
	if match := moduleCode.FindStringSubmatch(e.message); match != nil {
		return match[1]
	}
	if _, err := strconv.ParseInt(e.description, 10, 64); err != nil {
		return ""
	}
	return e.description
}
