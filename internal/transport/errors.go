// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"
)

// Verdict is what an error says about trying again.
type Verdict int

const (
	// Final errors will be the same however often the call is made.
	Final Verdict = iota
	// Retry errors may pass.
	Retry
	// Throttled errors pass when everyone waits; they do not use up retries.
	Throttled
	// Resign errors pass when the next attempt is signed with what was learnt from the answer; once.
	Resign
)

// Judgement is a verdict and, where the vendor named it, the time to wait first.
type Judgement struct {
	Verdict    Verdict
	RetryAfter time.Duration
}

// Judged is an error that knows whether trying again can help. Other errors are final.
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

// JudgeStatus judges an answer by its HTTP status, where its body does not say more.
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

// NetworkError is a request that got no complete answer.
type NetworkError struct {
	// Host is the host that was asked; empty where it is not known.
	Host string
	// Problem says what happened, without the request's URL.
	Problem string
	Verdict Verdict
	Err     error
}

// Error names the host and the problem.
func (e *NetworkError) Error() string {
	if e.Host == "" {
		return e.Problem
	}
	return fmt.Sprintf("%s: %s", e.Host, e.Problem)
}

// Unwrap returns the cause.
func (e *NetworkError) Unwrap() error { return e.Err }

// Judge returns the verdict on the failure.
func (e *NetworkError) Judge() Judgement { return Judgement{Verdict: e.Verdict} }

// StatusError is an answer whose HTTP status is an error and whose body is not the vendor's own error.
type StatusError struct {
	Host   string
	Status int
	// Text is what the body says, cleaned and shortened; it may be empty.
	Text string
	// RequestID is the vendor's id of the call, from the header; it may be empty.
	RequestID  string
	RetryAfter time.Duration
}

// Error names the host, the status and what the body says.
func (e *StatusError) Error() string {
	text := fmt.Sprintf("%s answered HTTP %d", e.Host, e.Status)
	if name := http.StatusText(e.Status); name != "" {
		text += " " + name
	}
	if e.Text != "" {
		text += ": " + e.Text
	}
	return text
}

// Judge judges by the status.
func (e *StatusError) Judge() Judgement {
	return Judgement{Verdict: JudgeStatus(e.Status), RetryAfter: e.RetryAfter}
}

// TooSlowError is a read that the rate limit would hold back beyond its deadline.
type TooSlowError struct {
	// Calls are those that have to start.
	Calls int
	// Needs is how long the limit makes them take at least, Has what the deadline leaves.
	Needs, Has time.Duration
}

// Error names both durations.
func (e *TooSlowError) Error() string {
	calls := "one more call"
	if e.Calls > 1 {
		calls = fmt.Sprintf("%d calls", e.Calls)
	}
	return fmt.Sprintf("the rate limit holds %s back for %s, and the read timeout leaves %s",
		calls, e.Needs.Round(time.Second), max(0, e.Has.Round(time.Second)))
}

// Unwrap makes it the end of the read timeout, ahead of time.
func (e *TooSlowError) Unwrap() error {
	return fmt.Errorf("%w: %w", errReadTimeout, context.DeadlineExceeded)
}

// ContentError is an answer that is not what the API documents.
type ContentError struct {
	Host    string
	Problem string
	Err     error
}

// Error names the host and what is wrong with its answer. Both parts may quote the answer, so they are cleaned.
func (e *ContentError) Error() string {
	problem := e.Problem
	if e.Err != nil {
		problem += ": " + e.Err.Error()
	}
	return fmt.Sprintf("malformed answer from %s: %s", e.Host, Clean(problem))
}

// Unwrap returns the cause, or nil.
func (e *ContentError) Unwrap() error { return e.Err }

// IsTimeout reports whether the read timeout ended the call. The timeout of a single attempt is a *NetworkError.
func IsTimeout(err error) bool { return errors.Is(err, errReadTimeout) }

// IsCancelled reports whether the call was cancelled from outside.
func IsCancelled(err error) bool { return errors.Is(err, errCancelled) }
