// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package exchange

import (
	"bytes"
	"cmp"
	"net/http"
)

// Answer is the ResponseWriter of an exchange. It remembers the status, and a fault can change what is sent.
type Answer struct {
	http.ResponseWriter

	// status is zero until one was written.
	status int
	// forced is sent instead of the status that is written, unless it is zero.
	forced int
	// header is set over the headers of the answer.
	header map[string]string
	// held is the body so far of an answer that is held back, nil if none is.
	held *bytes.Buffer
}

// Force sends a status instead of the one that will be written, unless it is zero, and sets headers over those of the answer.
// A header with an empty value is not sent.
func (a *Answer) Force(status int, header map[string]string) { a.forced, a.header = status, header }

// Hold keeps back what is written from now on.
func (a *Answer) Hold() { a.held = new(bytes.Buffer) }

// Release stops holding back and returns the body that was written. The header is not sent yet.
func (a *Answer) Release() []byte {
	body := a.held.Bytes()
	a.held = nil
	return body
}

// Status returns the status that was written, 0 if there is none yet.
func (a *Answer) Status() int { return a.status }

// WriteHeader sends the header, unless the answer is held back.
func (a *Answer) WriteHeader(status int) {
	if a.status == 0 {
		a.status = cmp.Or(a.forced, status)
	}
	if a.held != nil {
		return
	}
	for name, value := range a.header {
		a.Header().Set(name, value)
		if value == "" {
			// net/http adds some headers that are missing, but not those that are nil.
			a.Header()[http.CanonicalHeaderKey(name)] = nil
		}
	}
	a.ResponseWriter.WriteHeader(a.status)
}

// Write sends a part of the body, after the header if that was not sent.
func (a *Answer) Write(b []byte) (int, error) {
	if a.status == 0 {
		a.WriteHeader(http.StatusOK)
	}
	if a.held != nil {
		return a.held.Write(b)
	}
	return a.ResponseWriter.Write(b)
}

// Flush sends what was written so far. A recorder has nothing to flush.
func (a *Answer) Flush() { _ = http.NewResponseController(a.ResponseWriter).Flush() }

// Unwrap lets http.ResponseController reach the connection.
func (a *Answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }
