// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package exchange holds one request to the emulator, its answer and its record, and the interface of all services. Packages of
// vendors and of faults meet here and do not know each other.
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

// API names one of the emulated services.
type API string

// The emulated services. Export is the download of a workbook that MNA GetStatisticDataByName links to.
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
	// API is empty if the path belongs to none.
	API API
	// Action is what the request asks for, in the vendor's word; empty if it cannot be told.
	Action string
	Method string
	Host   string
	Path   string
	Query  url.Values
	Header http.Header
	Body   []byte
	// Time is when the request was received, by the emulator's clock with the offset of a fault.
	Time time.Time
	// Status is the HTTP status of the answer; 0 if the connection was cut instead.
	Status int
	// Code is the vendor's error code; empty if the request was not refused.
	Code string
	// Fault is the kind of the fault that happened to the request; empty for none.
	Fault FaultKind
}

// Exchange is one request and its answer.
type Exchange struct {
	Call

	Request *http.Request
	Answer  *Answer
	// ListGrowth is how many entries faults have added to the list of the action, at its beginning; negative if they have
	// removed entries there.
	ListGrowth int

	atEnd []func()
}

// Service answers for one API.
type Service interface {
	// Identify sets the API and the action of a request.
	Identify(x *Exchange)
	// Prepare checks a request and returns what writes its answer. The errors of both are for Refuse.
	Prepare(x *Exchange) (answer func() error, err error)
	// Refuse answers with an error and records its code. An error that is not of the service's own is internal.
	Refuse(x *Exchange, err error)
	// Failure returns the service's error with a code and a message.
	Failure(code, message string) error
	// Throttled returns the service's error for too many requests.
	Throttled() error
}

// New begins the exchange of a request that was received at a time. The body is not read yet.
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

// ReadBody reads the body. If that fails, it answers and returns false.
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

// Reread returns the request with its body at the beginning and no form parsed.
func (x *Exchange) Reread() *http.Request {
	r := x.Request.Clone(x.Request.Context())
	r.Body = io.NopCloser(bytes.NewReader(x.Body))
	return r
}

// AtEnd has a function called when the exchange is over, however it ends.
func (x *Exchange) AtEnd(f func()) { x.atEnd = append(x.atEnd, f) }

// End ends the exchange: it calls the functions for its end and records the status.
func (x *Exchange) End() {
	for _, f := range x.atEnd {
		f()
	}
	x.Status = x.Answer.status
}

// WriteJSON answers with v. Links keep their ampersands, as the vendors write them.
func (x *Exchange) WriteJSON(status int, v any) { WriteJSON(x.Answer, status, v) }

// WriteXML answers with v.
func (x *Exchange) WriteXML(status int, v any) {
	x.Answer.Header().Set("Content-Type", "application/xml")
	x.Answer.WriteHeader(status)
	// An error here means that the client is gone.
	_, _ = io.WriteString(x.Answer, xml.Header)
	_ = xml.NewEncoder(x.Answer).Encode(v)
}

// WriteJSON answers with v, without escaping HTML.
func WriteJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	// An error here means that the client is gone.
	_ = encoder.Encode(v)
}
