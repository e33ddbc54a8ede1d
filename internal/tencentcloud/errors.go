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

// apiError makes an error of the envelope. Where a signature is said to have expired and the server's clock differs
// from the one that signed, the difference is learnt and the call may be signed once more; so it may where temporary
// keys are refused and others can be had.
func (c *Client) apiError(answer *transport.Answer, from envelope, signed signature) *APIError {
	e := &APIError{
		Code:      transport.Clean(from.code),
		Message:   transport.Clean(from.message),
		RequestID: requestID(answer, from),
	}
	e.judgement = transport.Judgement{Verdict: e.verdict(answer.Status), RetryAfter: answer.RetryAfter(c.config.Clock.Now())}
	date, dated := answer.Date()
	switch {
	case e.HasCode("AuthFailure.SignatureExpire") && dated && c.config.Clock.Learn(signed.at, date),
		e.HasCode("AuthFailure.TokenFailure") && c.config.Credentials.Refused(signed.keys.SecretID):
		e.judgement.Verdict = transport.Resign
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
