// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package exchange contains a request to the emulator with its response and record, and the interface of all services. The
// vendors' packages and package faults depend on it, but not on each other.
package exchange

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"net/url"
	"time"
)

// API is the name of an emulated service.
type API string

// The emulated services. Export is the download of the Excel file that MNA GetStatisticDataByName links to.
const (
	MNA        API = "mna"
	TRRO       API = "trro"
	CDN        API = "cdn"
	CDNLegacy  API = "cdn_legacy"
	CDNetworks API = "cdnetworks"
	Export     API = "export"
	STS        API = "sts"
	Metadata   API = "metadata"
)

// APIs returns all emulated services.
func APIs() []API { return []API{MNA, TRRO, CDN, CDNLegacy, CDNetworks, Export, STS, Metadata} }

// FaultKind is a kind of fault, see package faults.
type FaultKind string

// Call is the record of a request.
type Call struct {
	// API is empty if the path belongs to no API.
	API API
	// Action is the vendor's name for what the request asks for; empty if it is unknown.
	Action string
	Method string
	Host   string
	Path   string
	Query  url.Values
	Header http.Header
	Body   []byte
	// Time is when the request was received, by the emulator's clock plus the offset of a fault.
	Time time.Time
	// Status is the HTTP status of the response; 0 if the connection was cut instead.
	Status int
	// Code is the vendor's error code; empty if the request was not refused.
	Code string
	// Fault is the kind of fault that was injected into the request; empty for none.
	Fault FaultKind
}

// Exchange is one request and its response.
type Exchange struct {
	Call

	Request *http.Request
	Answer  *Answer
	// ListGrowth is the number of entries that faults have added at the beginning of the action's list. It is negative if
	// they have removed entries there.
	ListGrowth int

	atEnd []func()
}

// Service emulates one API.
type Service interface {
	// Identify sets the API and the action of a request.
	Identify(x *Exchange)
	// Prepare checks a request and returns a function that writes the response. Errors of both are passed to Refuse.
	Prepare(x *Exchange) (answer func() error, err error)
	// Refuse writes an error response and records the error's code. An error that the service did not create becomes an
	// internal error.
	Refuse(x *Exchange, err error)
	// Failure returns the service's error with a code and a message.
	Failure(code, message string) error
	// Throttled returns the service's error for too many requests.
	Throttled() error
}

// New returns the exchange of a request that was received at the given time. It does not read the body.
func New(w http.ResponseWriter, r *http.Request, now time.Time) *Exchange {
	x := &Exchange{
		Call:    Call{Method: r.Method, Host: r.Host, Path: r.URL.Path, Query: r.URL.Query(), Header: r.Header.Clone()},
		Request: r,
		Answer:  &Answer{ResponseWriter: w},
	}
	x.SetTime(now)
	return x
}

// SetTime sets the time of the request and of the Date header.
func (x *Exchange) SetTime(now time.Time) {
	x.Time = now
	x.Answer.Header().Set("Date", now.UTC().Format(http.TimeFormat))
}

// ReadBody reads the body. If that fails, it writes an error response and returns false.
func (x *Exchange) ReadBody(limit int64) bool {
	body, err := io.ReadAll(http.MaxBytesReader(x.Answer, x.Request.Body, limit))
	if err != nil {
		status := http.StatusBadRequest
		if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
			status = http.StatusRequestEntityTooLarge
		}
		http.Error(x.Answer, http.StatusText(status), status)
		return false
	}
	x.Body = body
	return true
}

// Reread returns a copy of the request with an unread body and no parsed form.
func (x *Exchange) Reread() *http.Request {
	r := x.Request.Clone(x.Request.Context())
	r.Body = io.NopCloser(bytes.NewReader(x.Body))
	return r
}

// AtEnd registers a function to call when the exchange ends for any reason.
func (x *Exchange) AtEnd(f func()) { x.atEnd = append(x.atEnd, f) }

// End ends the exchange: it calls the functions of AtEnd and records the status.
func (x *Exchange) End() {
	for _, f := range x.atEnd {
		f()
	}
	x.Status = x.Answer.status
}

// WriteJSON writes v as the response. Ampersands in links are not escaped, like in the vendors' responses.
func (x *Exchange) WriteJSON(status int, v any) { WriteJSON(x.Answer, status, v) }

// WriteXML writes v as the response.
func (x *Exchange) WriteXML(status int, v any) {
	x.Answer.Header().Set("Content-Type", "application/xml")
	x.Answer.WriteHeader(status)
	// An error here means that the client is gone.
	_, _ = io.WriteString(x.Answer, xml.Header)
	_ = xml.NewEncoder(x.Answer).Encode(v)
}

// WriteJSON writes v as the response, without escaping HTML.
func WriteJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	// An error here means that the client is gone.
	_ = encoder.Encode(v)
}
