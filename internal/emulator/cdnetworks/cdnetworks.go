// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package cdnetworks emulates the API of CDNetworks: its gateway and the relay traffic report. It checks passwords by the
// published rules and shares no code with clients.
package cdnetworks

import (
	"encoding/xml"
	"errors"
	"mime"
	"net/http"
	"strings"

	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/exchange"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/figures"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/limits"
)

// RelayPath is the path of the relay traffic report.
const RelayPath = "/cdn/traffic/relay"

const (
	relayAction = "GetCdnRelayTraffic"
	// account is the key of the only account in the call counter.
	account = "cdnetworks"
	// statusTooFrequent is the HTTP status that CDNetworks invented for its rate limit.
	statusTooFrequent = 446
)

// Account is the account that the API accepts.
type Account struct {
	Username, APIKey string
	// Domains are the domains in a report if the request names none.
	Domains []string
}

// API emulates the relay traffic report, see https://documents.cdnetworks.com/document/api-doc/39395. It is an
// exchange.Service.
type API struct {
	figures.Source

	account Account
	limits  limits.Limits
	ids     *figures.IDs
	calls   limits.Counter
}

// New returns an API whose figures come from source.
func New(account Account, l limits.Limits, source figures.Source, ids *figures.IDs) *API {
	return &API{Source: source, account: account, limits: l, ids: ids}
}

// apiError is the error of a refused request. Errors of the gateway have an HTTP status. Errors of the report itself have
// status 200 and one of the documented codes.
type apiError struct {
	status  int
	code    string
	message string
}

func (e *apiError) Error() string { return e.message }

// answer is the body of every response, in JSON or XML.
type answer struct {
	XMLName xml.Name `json:"-" xml:"response"`
	Code    string   `json:"code" xml:"code"`
	Message string   `json:"message" xml:"message"`
	Data    *data    `json:"data,omitempty" xml:"data,omitempty"`
}

type data struct {
	Report relayReport `json:"report" xml:"report"`
}

// Identify sets the API and the name of the report.
func (a *API) Identify(x *exchange.Exchange) { x.API, x.Action = exchange.CDNetworks, relayAction }

// Prepare checks a request.
func (a *API) Prepare(x *exchange.Exchange) (func() error, error) {
	x.Answer.Header().Set("X-Cnc-Request-Id", a.ids.Next())
	if err := a.admit(x); err != nil {
		return nil, err
	}
	if !a.calls.Enter(account, a.limits.CDNetworksConcurrent) {
		return nil, a.Throttled()
	}
	x.AtEnd(func() { a.calls.Leave(account) })
	q, err := parseQuery(x.Body, a.account.Domains, x.Time)
	if err != nil {
		return nil, err
	}
	return func() error {
		write(x, http.StatusOK, answer{Code: "0", Message: "Success", Data: &data{Report: a.report(q, x.Time)}})
		return nil
	}, nil
}

// admit does what the gateway does: it checks method, account, content type and rate, but not the parameters of the report.
func (a *API) admit(x *exchange.Exchange) error {
	if x.Method != http.MethodPost {
		return &apiError{status: http.StatusMethodNotAllowed, code: "MethodNotAllowed", message: "Use POST"}
	}
	if err := a.verify(x); err != nil {
		return err
	}
	switch media, _, _ := mime.ParseMediaType(x.Header.Get("Content-Type")); media {
	case "application/json":
	case "application/x-www-form-urlencoded":
		// The script in the vendor's documentation sends JSON with `curl -d`, which sets the content type of a form.
	default:
		return &apiError{
			status: http.StatusUnsupportedMediaType, code: "UnsupportedMediaType", message: "Content-Type must be application/json",
		}
	}
	if !a.calls.Allow(account, a.limits.CDNetworks, x.Time) {
		return a.Throttled()
	}
	return nil
}

// Refuse writes an error response.
func (a *API) Refuse(x *exchange.Exchange, err error) {
	refusal, ok := errors.AsType[*apiError](err)
	if !ok {
		refusal = &apiError{status: http.StatusInternalServerError, code: "InternalError", message: "The report could not be made"}
	}
	x.Code = refusal.code
	write(x, refusal.status, answer{Code: refusal.code, Message: refusal.message})
}

// Failure returns an error of a report.
func (a *API) Failure(code, message string) error {
	return &apiError{status: http.StatusOK, code: code, message: message}
}

// Throttled returns the gateway's error for too many requests.
func (a *API) Throttled() error {
	return &apiError{status: statusTooFrequent, code: "WPLUS_AccountApiTooFrequence", message: "Too many requests"}
}

// write writes a response in JSON, or in XML if the request does not accept JSON.
func write(x *exchange.Exchange, status int, a answer) {
	accept := x.Header.Get("Accept")
	if accept == "" || strings.Contains(accept, "application/json") || strings.Contains(accept, "*/*") {
		x.WriteJSON(status, a)
		return
	}
	x.WriteXML(status, a)
}
