// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package tencent emulates Tencent Cloud API 3.0: the envelope, the signature, the rate limit and the common parameters.
// Each service has a package with its actions; an action is one file and one entry in the list. Package tencent checks
// signatures by the published rules and shares no code with clients.
package tencent

import (
	"errors"
	"fmt"
	"mime"
	"net/http"

	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/exchange"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/figures"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/keys"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/limits"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/params"
)

// Action is an action of a service.
type Action struct {
	// API is the service. Its name is part of the signature.
	API exchange.API
	// Name and Version are the values of the headers X-TC-Action and X-TC-Version.
	Name, Version string
	// Regional actions require the header X-TC-Region.
	Regional bool
	// Unsigned actions may be called without a key. The vendor's SDKs sign them anyway.
	Unsigned bool
	Prepare  Prepare
}

// Prepare checks the parameters of a request and returns a function that returns the result, an object whose members become
// members of Response. Its errors are of type *Error or *params.Error.
type Prepare func(x *exchange.Exchange, p *params.Params) (result func() any, err error)

// With returns a copy of the action with another name and function.
func (a Action) With(name string, prepare Prepare) Action {
	a.Name, a.Prepare = name, prepare
	return a
}

// API serves actions. It is an exchange.Service.
type API struct {
	actions []Action
	keys    *keys.Ring
	rate    limits.Rate
	ids     *figures.IDs
	calls   limits.Counter
}

// New returns an API that accepts the keys of ring and limits the calls to each action.
func New(ring *keys.Ring, rate limits.Rate, ids *figures.IDs, actions ...Action) *API {
	return &API{actions: actions, keys: ring, rate: rate, ids: ids}
}

// Error is an error with a code of API 3.0.
type Error struct {
	Code    string
	Message string
}

// Error returns the code and the message.
func (e *Error) Error() string { return e.Code + ": " + e.Message }

// Errorf returns an *Error.
func Errorf(code, format string, args ...any) error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...)}
}

// Mistyped converts the error of a parameter with the wrong type to one with the action's own code. It returns other errors
// unchanged.
func Mistyped(code string, err error) error {
	if param, ok := errors.AsType[*params.Error](err); ok && param.Problem == params.Mistyped {
		return Errorf(code, "%s", param.Error())
	}
	return err
}

// Identify reads the action from its header. An unknown action has no API.
func (a *API) Identify(x *exchange.Exchange) {
	x.Action = x.Header.Get("X-TC-Action")
	action, _ := a.lookUp(x)
	x.API = action.API
}

// lookUp returns the action with the name and version in a request's headers. Several services have an action GetDevices, and the
// version tells them apart. If no action has both, it returns the first one with the name.
func (a *API) lookUp(x *exchange.Exchange) (action Action, found bool) {
	version := x.Header.Get("X-TC-Version")
	for _, other := range a.actions {
		if other.Name == x.Action && (!found || other.Version == version) {
			action, found = other, true
		}
	}
	return action, found
}

// Prepare checks a request.
func (a *API) Prepare(x *exchange.Exchange) (func() error, error) {
	action, err := a.find(x)
	if err != nil {
		return nil, err
	}
	if err := a.admit(x, action); err != nil {
		return nil, err
	}
	result, err := action.Prepare(x, readParams(x))
	if err != nil {
		return nil, err
	}
	return func() error {
		x.WriteJSON(http.StatusOK, envelope{Response: response{result: result(), id: a.ids.Next()}})
		return nil
	}, nil
}

// mediaTypes are the content types of requests by method.
var mediaTypes = map[string]string{
	http.MethodPost: "application/json",
	http.MethodGet:  "application/x-www-form-urlencoded",
}

// find returns the requested action. It checks the method and the required headers.
func (a *API) find(x *exchange.Exchange) (Action, error) {
	// A header that cannot be parsed has no media type and is refused like a wrong one.
	mediaType, _, _ := mime.ParseMediaType(x.Header.Get("Content-Type"))
	if want, ok := mediaTypes[x.Method]; !ok || mediaType != want {
		return Action{}, Errorf("UnsupportedProtocol",
			"Send a POST request of type application/json or a GET request of type application/x-www-form-urlencoded.")
	}
	for _, name := range []string{"X-TC-Action", "X-TC-Version", "X-TC-Timestamp"} {
		if x.Header.Get(name) == "" {
			return Action{}, Errorf("MissingParameter", "The request is missing the required header `%s`.", name)
		}
	}
	action, ok := a.lookUp(x)
	if !ok {
		return Action{}, Errorf("InvalidAction", "The request action=`%s` is invalid.", x.Action)
	}
	if version := x.Header.Get("X-TC-Version"); version != action.Version {
		return Action{}, Errorf("NoSuchVersion", "The version=`%s` does not exist for the service `%s`.", version, action.API)
	}
	return action, nil
}

// admit checks the signature of a request, the rate limit and the region.
func (a *API) admit(x *exchange.Exchange, action Action) error {
	if !action.Unsigned || x.Header.Get("Authorization") != unsignedRequest {
		if err := verify(x, string(action.API), a.keys); err != nil {
			return err
		}
	}
	if !a.calls.Allow(string(action.API)+" "+action.Name, a.rate, x.Time) {
		return Errorf(throttled, "The request frequency of `%s` exceeds %d per %s.", action.Name, a.rate.Calls, a.rate.Period)
	}
	if action.Regional && x.Header.Get("X-TC-Region") == "" {
		return Errorf("MissingParameter", "The request is missing the required header `X-TC-Region`.")
	}
	return nil
}

// readParams reads the parameters of a request: the body of a POST, or the query of a GET.
func readParams(x *exchange.Exchange) *params.Params {
	if x.Method == http.MethodGet {
		return params.FromQuery(x.Request.URL.RawQuery)
	}
	return params.FromJSON(x.Body)
}
