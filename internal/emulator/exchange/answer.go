// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package exchange

import (
	"bytes"
	"cmp"
	"net/http"
)

// Answer is the ResponseWriter of an exchange. It records the status, and faults can change the response with it.
type Answer struct {
	http.ResponseWriter

	// status is zero until a status was written.
	status int
	// forced, unless it is zero, replaces the status.
	forced int
	// header overrides headers of the response.
	header map[string]string
	// held is the body written after Hold. It is nil if the response is not held back.
	held *bytes.Buffer
}

// Force overrides the status, unless the given one is zero, and headers of the response. A header with an empty value is
// not sent.
func (a *Answer) Force(status int, header map[string]string) { a.forced, a.header = status, header }

// Hold holds back everything that is written from now on.
func (a *Answer) Hold() { a.held = new(bytes.Buffer) }

// Release stops holding back and returns the body that was written. The header is not sent yet.
func (a *Answer) Release() []byte {
	body := a.held.Bytes()
	a.held = nil
	return body
}

// Status returns the status that was written, or 0 if there is none yet.
func (a *Answer) Status() int { return a.status }

// WriteHeader sends the header, unless the response is held back.
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

// Write sends a part of the body. It sends the header first if necessary.
func (a *Answer) Write(b []byte) (int, error) {
	if a.status == 0 {
		a.WriteHeader(http.StatusOK)
	}
	if a.held != nil {
		return a.held.Write(b)
	}
	return a.ResponseWriter.Write(b)
}

// Flush sends what was written so far. It ignores writers that cannot flush.
func (a *Answer) Flush() { _ = http.NewResponseController(a.ResponseWriter).Flush() }

// Unwrap lets http.ResponseController reach the connection.
func (a *Answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }
