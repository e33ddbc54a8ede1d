// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// Verdict says whether a failed attempt can be retried.
type Verdict int

const (
	// Final errors are not retried.
	Final Verdict = iota
	// Retry is for transient errors. They are retried as often as the policy allows.
	Retry
	// Throttled errors pause all calls of the API. They are retried until the deadline.
	Throttled
	// SignAgain errors are retried immediately, once per call, because the clock or the keys have changed.
	SignAgain
)

// Judgement is a verdict and the time that the vendor asks to wait before a retry, or zero.
type Judgement struct {
	Verdict    Verdict
	RetryAfter time.Duration
}

// Judged is an error that says whether it can be retried. Other errors are final.
type Judged interface {
	error
	Judge() Judgement
}

func judge(err error) Judgement {
	if judged, ok := errors.AsType[Judged](err); ok {
		return judged.Judge()
	}
	return Judgement{Verdict: Final}
}

// WithVerdict returns err with another verdict.
func WithVerdict(err error, v Verdict) error { return &verdictError{err, v} }

type verdictError struct {
	error

	verdict Verdict
}

func (e *verdictError) Unwrap() error    { return e.error }
func (e *verdictError) Judge() Judgement { return Judgement{Verdict: e.verdict} }

// JudgeStatus returns the verdict on the HTTP status of a response whose body contains no known error code.
func JudgeStatus(status int) Verdict {
	switch status {
	case http.StatusTooManyRequests:
		return Throttled
	case http.StatusRequestTimeout, http.StatusInternalServerError, http.StatusBadGateway,
		http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return Retry
	}
	return Final
}

// NetworkError is the error of a request that got no complete response.
type NetworkError struct {
	// Host is the host of the request. It may be empty.
	Host string
	// Problem says what happened. It does not contain the URL.
	Problem string
	Verdict Verdict
	Err     error
}

// Error returns the host and the problem.
func (e *NetworkError) Error() string {
	if e.Host == "" {
		return e.Problem
	}
	return fmt.Sprintf("%s: %s", e.Host, e.Problem)
}

// Unwrap returns the cause.
func (e *NetworkError) Unwrap() error { return e.Err }

// Judge returns Verdict.
func (e *NetworkError) Judge() Judgement { return Judgement{Verdict: e.Verdict} }

// StatusError is the error of a response that has an unexpected HTTP status but no error in the vendor's own format.
type StatusError struct {
	Host   string
	Status int
	// Text is the beginning of the body, cleaned, or another explanation. It may be empty.
	Text string
	// RequestID is the vendor's request ID from the header. It may be empty.
	RequestID  string
	RetryAfter time.Duration
}

// Error returns the host, the status and Text.
func (e *StatusError) Error() string {
	text := fmt.Sprintf("%s responded with HTTP %d", e.Host, e.Status)
	if name := http.StatusText(e.Status); name != "" {
		text += " " + name
	}
	if e.Text != "" {
		text += ": " + e.Text
	}
	return text
}

// Judge returns the verdict on the status.
func (e *StatusError) Judge() Judgement {
	return Judgement{Verdict: JudgeStatus(e.Status), RetryAfter: e.RetryAfter}
}

// TooSlowError is the error of a read that the rate limit would delay past its deadline.
type TooSlowError struct {
	// Calls is the number of calls that have not started.
	Calls int
	// Needs is the time until the rate limit lets the last of these calls start. Has is the time until the deadline, at
	// least a second.
	Needs, Has time.Duration
}

// Error returns both durations in whole seconds.
func (e *TooSlowError) Error() string {
	calls := "the next call"
	if e.Calls > 1 {
		calls = fmt.Sprintf("the last of %d calls", e.Calls)
	}
	has := e.Has.Round(time.Second)
	needs := max(e.Needs.Round(time.Second), has+time.Second) // Rounding must not make them equal.
	return fmt.Sprintf("the rate limit delays %s by %s, but the read times out in %s", calls, human(needs), human(has))
}

// human writes a duration in whole seconds without units that are zero, and in days if it is long.
func human(d time.Duration) string {
	const day = 24 * time.Hour
	if d > 2*day {
		return fmt.Sprintf("more than %d days", (d-1)/day)
	}
	text := d.Round(time.Second).String()
	if strings.HasSuffix(text, "m0s") {
		text = strings.TrimSuffix(text, "0s")
	}
	if strings.HasSuffix(text, "h0m") {
		text = strings.TrimSuffix(text, "0m")
	}
	return text
}

// Unwrap returns a read timeout, so that IsTimeout recognizes the error.
func (e *TooSlowError) Unwrap() error {
	return fmt.Errorf("%w: %w", errReadTimeout, context.DeadlineExceeded)
}

// ContentError is the error of a response whose body is not what the API documents.
type ContentError struct {
	Host    string
	Problem string
	// Err is the cause; it may be nil.
	Err error
	// TooLarge says that the body is larger than MaxBody.
	TooLarge bool
}

// IsTooLarge reports whether a response had more than MaxBody bytes.
func IsTooLarge(err error) bool {
	content, ok := errors.AsType[*ContentError](err)
	return ok && content.TooLarge
}

// Error returns the host, the problem and the cause. It cleans them, because they may quote the response.
func (e *ContentError) Error() string {
	problem := e.Problem
	if e.Err != nil {
		problem += ": " + e.Err.Error()
	}
	return fmt.Sprintf("malformed response from %s: %s", e.Host, Clean(problem))
}

// Unwrap returns the cause.
func (e *ContentError) Unwrap() error { return e.Err }
