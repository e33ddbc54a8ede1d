// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"bytes"
	"cmp"
	"context"
	"io"
	"net/http"
)

// exchange is one request, its answer and the fault that it meets.
type exchange struct {
	call   *Call
	answer *answer
	// fault is nil if the request meets none.
	fault *queuedFault
}

// due tells whether the request took a fault that it has not met yet.
func (x *exchange) due() bool { return x.fault != nil && x.call.Fault == "" }

type exchangeKey struct{}

// with makes the exchange known to handlers, and the body of the request readable.
func (x *exchange) with(r *http.Request) *http.Request {
	r = r.WithContext(context.WithValue(r.Context(), exchangeKey{}, x))
	rewind(r)
	return r
}

// exchangeOf returns the exchange of a request that ServeHTTP passed on.
func exchangeOf(r *http.Request) *exchange {
	x, _ := r.Context().Value(exchangeKey{}).(*exchange)
	return x
}

// callOf returns the record of a request that ServeHTTP passed on. Handlers fill in its API, action and code.
func callOf(r *http.Request) *Call { return exchangeOf(r).call }

// rewind makes the body of a request readable from its beginning.
func rewind(r *http.Request) {
	r.Body = io.NopCloser(bytes.NewReader(callOf(r).Body))
}

// interrupted takes the fault that a request is going to meet, whose API and action have to be known. If it is one
// of the connection, the request meets it here; interrupted tells whether nothing is left to answer.
func (e *Emulator) interrupted(w http.ResponseWriter, r *http.Request) bool {
	x := exchangeOf(r)
	x.fault = e.faults.take(x.call.API, x.call.Action)
	if x.fault == nil || behaviours[x.fault.Kind].before == nil {
		return false
	}
	return behaviours[x.fault.Kind].before(w, r, e.meet(x))
}

// failed lets a request that would be accepted meet its fault, and tells whether that was the answer. If not, the
// answer is held for the fault to send.
func (e *Emulator) failed(w http.ResponseWriter, r *http.Request) bool {
	x := exchangeOf(r)
	f := e.meet(x)
	if instead := behaviours[f.Kind].instead; instead != nil {
		instead(e, w, r, f)
		return true
	}
	x.answer.held = new(bytes.Buffer)
	return false
}

// meet makes a fault happen to a request.
func (e *Emulator) meet(x *exchange) Fault {
	f := x.fault.Fault
	x.call.Fault = f.Kind
	x.answer.forced, x.answer.header = f.Status, f.Header
	e.faults.settle(x.fault, true)
	return f
}

// spare gives back a fault that a request did not come to meet.
func (e *Emulator) spare(x *exchange) {
	if x.due() {
		e.faults.settle(x.fault, false)
	}
}

// deliver sends an answer that was held for a fault.
func (x *exchange) deliver(r *http.Request) {
	if x.answer.held == nil {
		return
	}
	f, b := x.fault.Fault, behaviours[x.fault.Kind]
	f.Size, f.Delay = cmp.Or(f.Size, b.size), cmp.Or(f.Delay, b.delay)
	b.deliver(x.answer, r, f, x.answer.release())
}

// answer is the way of an answer to the client. It remembers the status, and lets a fault change what is sent.
type answer struct {
	http.ResponseWriter
	// status is zero until the handler has chosen one.
	status int
	// forced takes the place of the handler's status if it is not zero.
	forced int
	// header is set over the handler's own.
	header map[string]string
	// held is the body so far of an answer that a fault will send; nil if the answer is sent as it is written.
	held *bytes.Buffer
}

func (a *answer) WriteHeader(status int) {
	if a.status == 0 {
		status = cmp.Or(a.forced, status)
		a.status = status
	}
	if a.held != nil {
		return
	}
	for name, value := range a.header {
		a.Header().Set(name, value)
		if value == "" {
			// Unlike a header that is missing, net/http does not add one that is nil.
			a.Header()[http.CanonicalHeaderKey(name)] = nil
		}
	}
	a.ResponseWriter.WriteHeader(status)
}

func (a *answer) Write(b []byte) (int, error) {
	if a.status == 0 {
		a.WriteHeader(http.StatusOK)
	}
	if a.held != nil {
		return a.held.Write(b)
	}
	return a.ResponseWriter.Write(b)
}

// release ends the holding back and returns the body. The header is still to be sent, with a.status.
func (a *answer) release() []byte {
	body := a.held.Bytes()
	a.held = nil
	return body
}

// flush sends what was written so far. A recorder sends nothing, so it has nothing to flush either.
func (a *answer) flush() {
	_ = http.NewResponseController(a.ResponseWriter).Flush()
}

// Unwrap lets http.ResponseController reach the connection.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }
