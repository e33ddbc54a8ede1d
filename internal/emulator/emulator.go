// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package emulator answers for statistics APIs without an account: MNA GetFlowStatistic and
// GetStatisticDataByName, TRRO DescribeSessionStatisticsByInterval, CDN DescribeDistrictIspData, CDNetworks
// /cdn/traffic/relay and the legacy CDN action GetCdnOverseaProvIspDetailStat. It also issues temporary keys for
// them, as STS AssumeRole, STS AssumeRoleWithWebIdentity and the metadata service of a machine do.
//
// It checks signatures from the published algorithms, refuses what the vendors refuse with their own codes,
// keeps their rate limits, and answers with figures that depend on nothing but the seed, the device or
// domain, the region and the time: the same hour is the same in whatever window it is asked for.
//
// Two kinds of names are special. A device, domain, host, project, group or application whose name begins with
// "idle" exists but has no traffic; one that begins with "missing" does not exist, nor does such a role or identity
// provider. Every other name exists.
//
// Outages can be rehearsed with faults, see Fault.
package emulator

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
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

var apis = []API{MNA, TRRO, CDN, CDNLegacy, CDNetworks, Export, STS, Metadata}

// What an Emulator accepts when its Options do not say otherwise. All of it is invented.
const (
	DefaultSecretID           = "AKIDexampleSecretID"
	DefaultSecretKey          = "exampleSecretKey"
	DefaultCDNetworksUsername = "example_username"
	DefaultCDNetworksAPIKey   = "example_apikey"
	DefaultWebIdentityToken   = "exampleWebIdentityToken"
)

// Limits on what an emulator takes in and remembers.
const (
	maxBody  = 10 << 20
	maxCalls = 10_000
)

// Options set up an Emulator. The zero value is ready for use.
type Options struct {
	// SecretID and SecretKey are the Tencent Cloud key that is accepted; default DefaultSecretID and
	// DefaultSecretKey.
	SecretID, SecretKey string
	// Token is the temporary token that a Tencent Cloud request has to carry. Empty: none is asked for.
	Token string
	// Keys are more Tencent Cloud keys that are accepted: secret keys by their ids.
	Keys map[string]string
	// WebIdentityToken is what AssumeRoleWithWebIdentity accepts; default DefaultWebIdentityToken.
	WebIdentityToken string
	// ExternalID is what AssumeRole insists on. Empty: none is asked for.
	ExternalID string
	// CDNetworksUsername and CDNetworksAPIKey are the CDNetworks account; default DefaultCDNetworksUsername
	// and DefaultCDNetworksAPIKey.
	CDNetworksUsername, CDNetworksAPIKey string
	// AccountDomains are the domains of the CDNetworks account, used when a request names none. Default:
	// www.example.com, static.example.com and download.example.com.
	AccountDomains []string
	// Clock tells the time; default the system's.
	Clock clock.Clock
	// Seed chooses the figures. The same seed gives the same figures.
	Seed uint64
	// Limits are the rate limits to keep; default DocumentedLimits. &Limits{} turns all of them off.
	Limits *Limits
	// Faults are there from the beginning, as if injected. New panics if one of them is not valid.
	Faults []Fault
	// Override, if set, is called for every request that passed signature, limits and parameters and is left
	// alone by faults. If it returns true it has written the answer. The body of r can be read once more.
	Override func(api API, w http.ResponseWriter, r *http.Request) bool
	// Observe, if set, is called with every request once it was answered. It may be called concurrently.
	Observe func(Call)
}

// Call is one request that the emulator received.
type Call struct {
	// API is empty when the request reached none.
	API API
	// Action is what the request asked for, in the vendor's word; empty if it could not be told.
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
	// Fault is the kind of fault that the request met; empty if it met none.
	Fault FaultKind
}

// Emulator is an http.Handler that answers for all APIs. It is safe for concurrent use and starts no goroutine.
// Only faults make it wait, and no longer than the context of the request.
type Emulator struct {
	options Options
	mux     *http.ServeMux
	limits  Limits
	rates   limiter
	nonces  nonces
	keys    keyring
	faults  faultQueue

	mu       sync.Mutex
	calls    []Call
	requests uint64
}

// New returns an emulator.
func New(o Options) *Emulator {
	setDefault(&o.SecretID, DefaultSecretID)
	setDefault(&o.SecretKey, DefaultSecretKey)
	setDefault(&o.CDNetworksUsername, DefaultCDNetworksUsername)
	setDefault(&o.CDNetworksAPIKey, DefaultCDNetworksAPIKey)
	setDefault(&o.WebIdentityToken, DefaultWebIdentityToken)
	if o.AccountDomains == nil {
		o.AccountDomains = []string{"www.example.com", "static.example.com", "download.example.com"}
	}
	if o.Clock == nil {
		o.Clock = clock.System{}
	}
	e := &Emulator{options: o, mux: http.NewServeMux(), limits: DocumentedLimits()}
	if o.Limits != nil {
		e.limits = *o.Limits
	}
	e.mux.HandleFunc("/{$}", e.tencent)
	e.mux.HandleFunc("/statistics/", e.download)
	e.mux.HandleFunc(relayPath, e.cdnetworks)
	e.mux.HandleFunc(legacyPath, e.legacy)
	e.mux.HandleFunc("GET "+metadataPath+"{role...}", e.metadata)
	e.faults.seed = o.Seed
	e.Inject(o.Faults...)
	return e
}

func setDefault(s *string, value string) {
	if *s == "" {
		*s = value
	}
}

// ServeHTTP answers one request and records it.
func (e *Emulator) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	now := e.options.Clock.Now()
	x := &exchange{answer: &answer{ResponseWriter: w}, call: &Call{
		Method: r.Method,
		Host:   r.Host,
		Path:   r.URL.Path,
		Query:  r.URL.Query(),
		Header: r.Header.Clone(),
		Time:   now,
	}}
	// Deferred, because a fault or Override may cut the connection with a panic.
	defer func() {
		e.spare(x)
		x.call.Status = x.answer.status
		e.record(*x.call)
	}()
	setDate(w, now)

	body, err := io.ReadAll(http.MaxBytesReader(x.answer, r.Body, maxBody))
	if err != nil {
		status := http.StatusBadRequest
		if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
			status = http.StatusRequestEntityTooLarge
		}
		http.Error(x.answer, http.StatusText(status), status)
		return
	}
	x.call.Body = body
	r = x.with(r)
	e.mux.ServeHTTP(x.answer, r)
	x.deliver(r)
}

// Calls returns all requests received so far, in the order in which they were answered, refused ones too.
// Only the latest ten thousand are kept.
func (e *Emulator) Calls() []Call {
	e.mu.Lock()
	defer e.mu.Unlock()
	return slices.Clone(e.calls)
}

// CallsTo returns the requests that reached one API.
func (e *Emulator) CallsTo(api API) []Call {
	return slices.DeleteFunc(e.Calls(), func(c Call) bool { return c.API != api })
}

func (e *Emulator) record(call Call) {
	e.mu.Lock()
	if len(e.calls) == maxCalls {
		e.calls = slices.Delete(e.calls, 0, maxCalls/10)
	}
	e.calls = append(e.calls, call)
	e.mu.Unlock()
	if e.options.Observe != nil {
		e.options.Observe(call)
	}
}

// overridden gives a fault or Override the chance to answer a request that would be accepted.
func (e *Emulator) overridden(w http.ResponseWriter, r *http.Request) bool {
	if x := exchangeOf(r); x.due() {
		return e.failed(w, r)
	}
	if e.options.Override == nil {
		return false
	}
	rewind(r)
	return e.options.Override(callOf(r).API, w, r)
}

// requestID returns the next request identifier, shaped like a random UUID.
func (e *Emulator) requestID() string {
	e.mu.Lock()
	e.requests++
	n := e.requests
	e.mu.Unlock()
	high, low := mix(e.options.Seed^mix(n)), mix(e.options.Seed+n)
	return fmt.Sprintf("%08x-%04x-4%03x-a%03x-%012x",
		high>>32, high>>16&0xffff, high&0xfff, low>>48&0xfff, low&0xffffffffffff)
}

// setDate sets what time it is for the client.
func setDate(w http.ResponseWriter, now time.Time) {
	w.Header().Set("Date", now.UTC().Format(http.TimeFormat))
}

// writeJSON answers with v. Links keep their ampersands, as the vendors write them.
func writeJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	// An error here means that the client is gone.
	_ = encoder.Encode(v)
}
