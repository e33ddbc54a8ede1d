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
	"unicode"
)

// maxText is the most characters of a vendor's text that reach a person.
const maxText = 512

// Answer is a whole HTTP answer.
type Answer struct {
	Host   string
	Status int
	Header http.Header
	Body   []byte
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
		return nil, &ContentError{Host: a.Host, Problem: "not JSON (" + a.MediaType() + "): " + a.Text()}
	}
	return body, nil
}

// StatusError returns the answer as an error that is judged by its status.
func (a *Answer) StatusError(now time.Time) *StatusError {
	return &StatusError{Host: a.Host, Status: a.Status, Text: a.Text(), RequestID: a.requestID(), RetryAfter: a.RetryAfter(now)}
}

// requestID returns the id that Tencent Cloud or CDNetworks put into the header.
func (a *Answer) requestID() string {
	return Clean(cmp.Or(a.Header.Get("X-TC-RequestId"), a.Header.Get("X-Cnc-Request-Id")))
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

// Text returns what the body says, fit for a person: of a page of markup only its title.
func (a *Answer) Text() string {
	head := a.Body[:min(len(a.Body), 8*maxText)]
	text := Clean(string(head))
	// A byte order mark of UTF-16 is no valid UTF-8.
	if !strings.HasPrefix(strings.TrimLeft(text, "\ufffd "), "<") {
		return text
	}
	if title := htmlTitle.FindSubmatch(head); title != nil {
		return "a page titled \"" + Clean(html.UnescapeString(string(title[1]))) + "\""
	}
	return "a page of markup"
}

// Clean makes a vendor's text fit for an error: valid UTF-8 of at most 512 characters, an ellipsis in place of what is
// cut, no control characters, every run of white space one space. It is cut between words. What may not be seen is
// replaced by stars.
func Clean(text string) string {
	text = redact(text[:min(len(text), 16*maxText)])
	clean := make([]rune, 0, min(len(text), maxText+2))
	space := false
	for _, r := range text {
		if len(clean) > maxText {
			break
		}
		switch {
		case unicode.IsSpace(r):
			space = len(clean) > 0
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r):
		case space:
			clean = append(clean, ' ', r)
			space = false
		default:
			clean = append(clean, r)
		}
	}
	if len(clean) > maxText {
		return strings.TrimRightFunc(string(clean[:maxText-1]), isWordPart) + "…"
	}
	return string(clean)
}

// isWordPart reports whether a character can be part of a key or a token. Texts are not cut within one: nobody would
// recognise the beginning of a secret and mask it.
func isWordPart(r rune) bool {
	return r <= unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("+/=-_.~%", r))
}
