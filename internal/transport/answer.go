// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"html"
	"mime"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
)

// Answer is a complete HTTP response.
type Answer struct {
	// Host is the host of the request, with the port if the URL had one.
	Host   string
	Status int
	Header http.Header
	// Body is decompressed.
	Body []byte
	// Private says that the response contains keys, so that no error may quote it. See WithPrivateAnswers.
	Private bool
}

func (a *Answer) isRedirect() bool {
	switch a.Status {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		return true
	}
	return false
}

// Date returns the server's time from the Date header, or false if there is no valid one.
func (a *Answer) Date() (time.Time, bool) {
	date, err := http.ParseTime(a.Header.Get("Date"))
	return date, err == nil
}

// CheckClock compares the time that a request was signed for with the response's Date, and corrects the clock. It returns
// result, the error of the response or nil, with two exceptions. If the clock was wrong and result is a SignatureRefusal,
// the verdict becomes SignAgain. If the local clock differs from the server's by more than clock.MaxSkew, the error also
// wraps a *clock.SkewError and is final, even if result is nil.
func (a *Answer) CheckClock(c *clock.Corrected, signed time.Time, result error) error {
	date, ok := a.Date()
	if !ok {
		return result
	}
	corrected, err := c.Learn(signed, date)
	_, refused := errors.AsType[*refusedSignatureError](result)
	switch {
	case err != nil && result == nil:
		return err
	case err != nil:
		return WithVerdict(fmt.Errorf("%w; the response was: %w", err, result), Final)
	case corrected && refused:
		return WithVerdict(result, SignAgain)
	}
	return result
}

// SignatureRefusal marks the error of a response that may have refused the signature because of its time.
func SignatureRefusal(err error) error { return &refusedSignatureError{err} }

type refusedSignatureError struct{ error }

func (e *refusedSignatureError) Unwrap() error { return e.error }

// RetryAfter returns how long the server asks to wait, at most a minute. It is zero if the Retry-After header is missing or
// not valid by RFC 9110. A date is compared with the response's own Date, or with now if it has none.
func (a *Answer) RetryAfter(now time.Time) time.Duration {
	value := strings.TrimSpace(a.Header.Get("Retry-After"))
	var wait time.Duration
	// For a number that is too large, ParseUint returns the maximum with ErrRange.
	if seconds, err := strconv.ParseUint(value, 10, 64); err == nil || errors.Is(err, strconv.ErrRange) {
		wait = time.Duration(min(seconds, uint64(maxRetryAfter/time.Second))) * time.Second
	} else if until, err := http.ParseTime(value); err == nil {
		if date, ok := a.Date(); ok {
			now = date
		}
		wait = until.Sub(now)
	}
	return min(max(wait, 0), maxRetryAfter)
}

// JSON returns the body without a byte order mark. If the body is neither a JSON object nor an array, the error is a
// *ContentError that describes it.
func (a *Answer) JSON() ([]byte, error) {
	body := bytes.TrimPrefix(a.Body, []byte("\xef\xbb\xbf"))
	body = bytes.TrimSpace(body)
	if len(body) == 0 {
		return nil, &ContentError{Host: a.Host, Problem: "the body is empty"}
	}
	if body[0] != '{' && body[0] != '[' {
		return nil, &ContentError{Host: a.Host, Problem: "not JSON" + a.Quote(" ("+a.MediaType()+"): "+a.Text())}
	}
	return body, nil
}

// StatusError returns an error for the response's status. It passes now to RetryAfter.
func (a *Answer) StatusError(now time.Time) *StatusError {
	return &StatusError{Host: a.Host, Status: a.Status, Text: a.Text(), RequestID: a.requestID(), RetryAfter: a.RetryAfter(now)}
}

// requestID returns the request ID from the header that Tencent Cloud or CDNetworks uses. It may be empty.
func (a *Answer) requestID() string {
	return a.QuoteID(cmp.Or(a.Header.Get("X-TC-RequestId"), a.Header.Get("X-Cnc-Request-Id")))
}

// MediaType returns the Content-Type header without parameters.
func (a *Answer) MediaType() string {
	mediaType, _, err := mime.ParseMediaType(a.Header.Get("Content-Type"))
	if err != nil {
		return "no valid content type"
	}
	return Clean(mediaType)
}

var htmlTitle = regexp.MustCompile(`(?is)<title[^>]*>([^<]{0,200})</title>`)

// Text returns the cleaned beginning of the body for a message. For an HTML or XML page, it returns only the title, and for
// a private response nothing.
func (a *Answer) Text() string {
	if a.Private {
		return ""
	}
	head := a.Body[:min(len(a.Body), maxRaw)]
	text := Clean(string(a.Body[:min(len(a.Body), maxRaw+1)])) // One more byte tells Clean that the text was cut.
	// The byte order mark of UTF-16 is not valid UTF-8, so Clean replaces it.
	if !strings.HasPrefix(strings.TrimLeft(text, "\ufffd "), "<") {
		return text
	}
	if title := htmlTitle.FindSubmatch(head); title != nil {
		return "a page titled \"" + Clean(html.UnescapeString(string(title[1]))) + "\""
	}
	return "a page of markup"
}
