// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package tencentcloud

import (
	"fmt"
	"strings"

	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

// APIError is an error that Tencent Cloud reports in its envelope, most often with HTTP status 200.
type APIError struct {
	// Code is the vendor's code, such as InvalidParameterValue.
	Code string
	// Message is the vendor's text, cleaned and shortened.
	Message string
	// RequestID is the vendor's id of the call; it may be empty.
	RequestID string

	judgement transport.Judgement
}

// Error gives the code and the message.
func (e *APIError) Error() string { return fmt.Sprintf("%s: %s", e.Code, e.Message) }

// Judge says whether the call may be tried again.
func (e *APIError) Judge() transport.Judgement { return e.judgement }

// HasCode reports whether the error's code is the given one or, as in InternalError.FileIOError, one below it.
func (e *APIError) HasCode(code string) bool {
	return e.Code == code || strings.HasPrefix(e.Code, code+".")
}

// apiError returns the error of an envelope: an *APIError, with the verdict SignAgain if the clock was wrong or if there
// are other temporary keys.
func (c *Client) apiError(answer *transport.Answer, envelope *Envelope, signed signature) error {
	e := &APIError{
		Code:      transport.Clean(envelope.Error.Code),
		Message:   transport.Clean(envelope.Error.Message),
		RequestID: requestID(answer, envelope),
	}
	e.judgement = transport.Judgement{Verdict: e.verdict(answer.Status), RetryAfter: answer.RetryAfter(c.config.Clock.Now())}
	switch {
	case e.HasCode("AuthFailure.SignatureExpire"):
		return answer.CheckClock(c.config.Clock, signed.at, e)
	case e.HasCode("AuthFailure.TokenFailure") && c.config.Credentials.Refused(signed.keys.SecretID):
		return transport.WithVerdict(e, transport.SignAgain)
	}
	return e
}

func (e *APIError) verdict(status int) transport.Verdict {
	switch {
	case e.HasCode("RequestLimitExceeded"), e.HasCode("LimitExceeded.RateLimitExceeded"),
		e.HasCode("UnauthorizedOperation.OperationTooOften"):
		return transport.Throttled
	case e.HasCode("InternalError"), e.HasCode("FailedOperation.DataSystemError"):
		return transport.Retry
	case e.HasCode("AuthFailure"), e.HasCode("UnauthorizedOperation"), e.HasCode("InvalidParameter"),
		e.HasCode("InvalidParameterValue"), e.HasCode("MissingParameter"), e.HasCode("ResourceNotFound"):
		return transport.Final
	}
	return transport.JudgeStatus(status)
}
