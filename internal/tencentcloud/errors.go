// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package tencentcloud

import (
	"fmt"
	"strings"

	"github.com/edgestats/terraform-provider-edgestats/internal/codes"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

// APIError is an error in the envelope of a response, usually with HTTP status 200.
type APIError struct {
	// Code is the vendor's code, such as InvalidParameterValue.
	Code string
	// Message is the vendor's text, cleaned. For calls that return keys, it is a fixed text.
	Message string
	// RequestID is the vendor's request ID. It may be empty.
	RequestID string

	judgement transport.Judgement
}

// Error returns the code and the message.
func (e *APIError) Error() string { return fmt.Sprintf("%s: %s", e.Code, e.Message) }

// Judge returns the verdict on the code, or else on the status.
func (e *APIError) Judge() transport.Judgement { return e.judgement }

// HasCode reports whether the error has the given code or a more specific one, such as InternalError.FileIOError for
// InternalError.
func (e *APIError) HasCode(code string) bool {
	return e.Code == code || strings.HasPrefix(e.Code, code+".")
}

// apiError returns the error of an envelope as an *APIError. It is a SignatureRefusal if the clock may have been wrong. Its
// verdict is SignAgain if the vendor refused temporary keys and other keys may be available.
func (c *Client) apiError(answer *transport.Answer, from envelope, signed signature) error {
	e := &APIError{
		Code:      transport.Clean(from.code),
		Message:   transport.Clean(from.message),
		RequestID: requestID(answer, from),
	}
	e.judgement = transport.Judgement{Verdict: e.verdict(answer.Status), RetryAfter: answer.RetryAfter(c.config.Clock.Now())}
	switch {
	case e.HasCode("AuthFailure.SignatureExpire"):
		return transport.SignatureRefusal(e)
	case e.HasCode("AuthFailure.TokenFailure") && c.config.Credentials.Refused(signed.keys.SecretID):
		return transport.WithVerdict(e, transport.SignAgain)
	}
	if answer.Private {
		e.conceal()
	}
	return e
}

// verdicts maps the vendor's codes to verdicts. For other codes, the HTTP status decides.
//
// Common codes and those of STS: https://cloud.tencent.com/document/api/1312/48205. CDN:
// https://cloud.tencent.com/document/api/228/30988.
var verdicts = codes.Table[transport.Verdict]{
	"RequestLimitExceeded":                    transport.Throttled,
	"LimitExceeded.RateLimitExceeded":         transport.Throttled,
	"LimitExceeded.CdnHostOpTooOften":         transport.Throttled,
	"LimitExceeded.CdnCallingQueryIpTooOften": transport.Throttled,
	"UnauthorizedOperation.OperationTooOften": transport.Throttled,
	"InvalidParameter.OverLimit":              transport.Throttled, // Too many calls of STS.

	"InternalError":                       transport.Retry,
	"ServiceUnavailable":                  transport.Retry,
	"ResourceUnavailable":                 transport.Retry,
	"ResourceInUse":                       transport.Retry,
	"FailedOperation.DataSystemError":     transport.Retry,
	"InvalidParameter.CdnInterfaceError":  transport.Retry, // An internal error despite its name.
	"InvalidParameter.EcdnInterfaceError": transport.Retry, // Likewise.

	"AuthFailure":                           transport.Final,
	"UnauthorizedOperation":                 transport.Final,
	"InvalidParameter":                      transport.Final,
	"InvalidParameterValue":                 transport.Final,
	"MissingParameter":                      transport.Final,
	"ResourceNotFound":                      transport.Final,
	"InternalError.IllegalRole":             transport.Final, // STS does not accept the role.
	"InternalError.UndefinedEncryptedKey":   transport.Final, // MNA has no key for the account yet.
	"ResourceUnavailable.CheckUserHighRisk": transport.Final, // CDN has blocked the account.
}

func (e *APIError) verdict(status int) transport.Verdict {
	if verdict, listed := verdicts.Find(e.Code); listed {
		return verdict
	}
	return transport.JudgeStatus(status)
}
