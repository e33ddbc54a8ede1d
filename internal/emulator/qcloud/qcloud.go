// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package qcloud emulates the legacy CDN API, which Tencent Cloud has retired. It checks signatures by the published rules
// and shares no code with clients.
package qcloud

import (
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"

	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/exchange"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/figures"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/keys"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/limits"
)

// Path is the path of all actions.
const Path = "/v2/index.php"

// The API's own codes.
const (
	codeParameter     = 4000
	codeSignature     = 4100
	codeUnknownID     = 4104
	codeToken         = 4105
	codeTooFrequent   = 4400
	codeReplay        = 4500
	codeInternalError = 6000
)

// descriptions maps codes to codeDesc. The names are invented, because the vendor publishes none.
var descriptions = map[int]string{
	codeParameter:   "InvalidParameter",
	codeSignature:   "AuthFailure",
	codeUnknownID:   "InvalidSecretId",
	codeToken:       "InvalidToken",
	codeTooFrequent: "RequestLimitExceeded",
	codeReplay:      "ReplayAttack",
}

// account is the key of the only account in the call counter.
const account = "cdn_legacy"

// API emulates GetCdnOverseaProvIspDetailStat, see https://cloud.tencent.com/document/api/228/7344. It is an
// exchange.Service.
type API struct {
	figures.Source

	keys   *keys.Ring
	rate   limits.Rate
	calls  limits.Counter
	nonces nonces
}

// New returns an API that accepts the keys of ring and limits calls to rate. Its figures come from source.
func New(ring *keys.Ring, rate limits.Rate, source figures.Source) *API {
	return &API{Source: source, keys: ring, rate: rate}
}

// apiError is the error of a refused request. module is the CDN module's own code, or zero if the API itself refused the
// request. The response contains it before the message and, as a number, in codeDesc.
type apiError struct {
	code    int
	module  int
	message string
}

func (e *apiError) Error() string {
	if e.module != 0 {
		return fmt.Sprintf("(%d)%s", e.module, e.message)
	}
	return e.message
}

// description returns the codeDesc of the response, or nil if there is none.
func (e *apiError) description() any {
	if e.module != 0 {
		return e.module
	}
	if name, ok := descriptions[e.code]; ok {
		return name
	}
	return nil
}

// answer is the body of every response.
type answer struct {
	Code     int    `json:"code"`
	Message  string `json:"message"`
	CodeDesc any    `json:"codeDesc,omitempty"`
	Data     *data  `json:"data,omitempty"`
}

// Identify sets the API and, if the parameters can be read, the action of a request.
func (a *API) Identify(x *exchange.Exchange) {
	// Prepare returns the error.
	params, _ := readParameters(x.Reread())
	x.API, x.Action = exchange.CDNLegacy, params["Action"]
}

// Prepare checks a request.
func (a *API) Prepare(x *exchange.Exchange) (func() error, error) {
	params, err := readParameters(x.Reread())
	if err != nil {
		return nil, err
	}
	if err := a.verify(x, params); err != nil {
		return nil, err
	}
	if x.Action != action {
		return nil, &apiError{code: codeParameter, message: "the Action is unknown"}
	}
	if !a.calls.Allow(account, a.rate, x.Time) {
		return nil, a.Throttled()
	}
	q, err := parseQuery(params, x.Time)
	if err != nil {
		return nil, err
	}
	if slices.ContainsFunc(q.hosts, figures.IsMissing) {
		return nil, &apiError{code: codeParameter, module: moduleNoSuchHost, message: "没有这个域名的信息 cdn no such host"}
	}
	return func() error {
		report := a.report(q, x.Time)
		x.WriteJSON(http.StatusOK, answer{CodeDesc: "Success", Data: &report})
		return nil
	}, nil
}

// Refuse writes an error response.
func (a *API) Refuse(x *exchange.Exchange, err error) {
	refusal, ok := errors.AsType[*apiError](err)
	if !ok {
		refusal = &apiError{code: codeInternalError, message: "internal error"}
	}
	x.Code = strconv.Itoa(refusal.code)
	x.WriteJSON(http.StatusOK, answer{Code: refusal.code, Message: refusal.Error(), CodeDesc: refusal.description()})
}

// modulePattern matches a message that begins with a module's code.
var modulePattern = regexp.MustCompile(`(?s)^\((-?\d+)\)(.*)$`)

// Failure returns an error with a code, which must be a number. The message may begin with a module's code in parentheses.
func (a *API) Failure(code, message string) error {
	refusal := &apiError{message: message}
	// The code of a valid fault is a number, and modulePattern matches only numbers.
	refusal.code, _ = strconv.Atoi(code)
	if parts := modulePattern.FindStringSubmatch(message); parts != nil {
		refusal.module, _ = strconv.Atoi(parts[1])
		refusal.message = parts[2]
	}
	return refusal
}

// Throttled returns the error for too many requests.
func (a *API) Throttled() error {
	return &apiError{code: codeTooFrequent, message: "Too many requests."}
}
