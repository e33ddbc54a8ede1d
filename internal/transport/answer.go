// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"bytes"
	"cmp"
	"html"
	"mime"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Answer is a whole HTTP answer.
type Answer struct {
	Host   string
	Status int
	Header http.Header
	Body   []byte
	// Private answers hold keys, so no error quotes them. See WithPrivateAnswers.
	Private bool
}

func (a *Answer) isRedirect() bool { return a.Status >= 300 && a.Status < 400 }

// Date returns the server's time, if the answer tells it.
func (a *Answer) Date() (time.Time, bool) {
	date, err := http.ParseTime(a.Header.Get("Date"))
	return date, err == nil
}

// RetryAfter returns how long the vendor asks to wait, between zero and a minute: zero where it does not ask, or
// not in a form that RFC 9110 knows. A date counts from the server's own Date where the answer has one.
func (a *Answer) RetryAfter(now time.Time) time.Duration {
	value := strings.TrimSpace(a.Header.Get("Retry-After"))
	var wait time.Duration
	if seconds, err := strconv.ParseUint(value, 10, 64); err == nil {
		wait = time.Duration(min(seconds, uint64(maxRetryAfter/time.Second))) * time.Second
	} else if until, err := http.ParseTime(value); err == nil {
		if date, ok := a.Date(); ok {
			now = date
		}
		wait = until.Sub(now)
	}
	return min(max(wait, 0), maxRetryAfter)
}

// JSON returns the body if it may hold JSON, without a byte order mark, and a *ContentError that says what came
// instead otherwise.
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

// StatusError returns the answer as an error that is judged by its status.
func (a *Answer) StatusError(now time.Time) *StatusError {
	return &StatusError{Host: a.Host, Status: a.Status, Text: a.Text(), RequestID: a.requestID(), RetryAfter: a.RetryAfter(now)}
}

// requestID returns the id that Tencent Cloud or CDNetworks put into the header.
func (a *Answer) requestID() string {
	return a.QuoteID(cmp.Or(a.Header.Get("X-TC-RequestId"), a.Header.Get("X-Cnc-Request-Id")))
}

// MediaType returns what the Content-Type header says, without parameters.
func (a *Answer) MediaType() string {
	mediaType, _, err := mime.ParseMediaType(a.Header.Get("Content-Type"))
	if err != nil {
		return "no valid content type"
	}
	return Clean(mediaType)
}

var htmlTitle = regexp.MustCompile(`(?is)<title[^>]*>([^<]{0,200})</title>`)

// Text returns what the body says, fit for a person: of a page of markup only its title, of a private answer nothing.
func (a *Answer) Text() string {
	if a.Private {
		return ""
	}
	head := a.Body[:min(len(a.Body), maxRaw)]
	text := Clean(string(a.Body[:min(len(a.Body), maxRaw+1)])) // One byte more tells Clean that it is cut.
	// A byte order mark of UTF-16 is no valid UTF-8.
	if !strings.HasPrefix(strings.TrimLeft(text, "\ufffd "), "<") {
		return text
	}
	if title := htmlTitle.FindSubmatch(head); title != nil {
		return "a page titled \"" + Clean(html.UnescapeString(string(title[1]))) + "\""
	}
	return "a page of markup"
}
