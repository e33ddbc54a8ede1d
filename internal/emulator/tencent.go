// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"errors"
	"fmt"
	"mime"
	"net/http"
)

// action is one action of Tencent Cloud API 3.0.
type action struct {
	api      API
	version  string
	regional bool
	// unsigned actions may be called without a key. The vendor's SDKs sign them all the same.
	unsigned bool
	// prepare checks the parameters and returns what makes the answer of them.
	prepare func(e *Emulator, r *http.Request) (respond func() (any, error), err error)
}

// unsignedRequest is the Authorization header of a request without a signature.
const unsignedRequest = "SKIP"

// service is the name by which the signature knows the API.
func (a action) service() string { return string(a.api) }

// actions are all actions of API 3.0 that the emulator knows.
var actions = map[string]action{
	"GetFlowStatistic":       {api: MNA, version: "2021-01-19", prepare: prepareFlowStatistic},
	"GetStatisticDataByName": {api: MNA, version: "2021-01-19", prepare: prepareStatisticData},
	"DescribeSessionStatisticsByInterval": {
		api: TRRO, version: "2022-03-25", regional: true, prepare: prepareSessionStatistics,
	},
	"DescribeDistrictIspData": {api: CDN, version: "2018-06-06", prepare: prepareDistrictISPData},
	"AssumeRole":              {api: STS, version: "2018-08-13", regional: true, prepare: prepareAssumeRole},
	"AssumeRoleWithWebIdentity": {
		api: STS, version: "2018-08-13", regional: true, unsigned: true, prepare: prepareAssumeRoleWithWebIdentity,
	},
}

// tencentError is a failure with a code of API 3.0.
type tencentError struct {
	Code    string
	Message string
}

func (e *tencentError) Error() string { return e.Code + ": " + e.Message }

func failf(code, format string, args ...any) error {
	return &tencentError{Code: code, Message: fmt.Sprintf(format, args...)}
}

// tencent answers for all actions of API 3.0. Failures have HTTP status 200, as successes do.
func (e *Emulator) tencent(w http.ResponseWriter, r *http.Request) {
	call := callOf(r)
	call.Action = r.Header.Get("X-TC-Action")
	call.API = actions[call.Action].api
	if e.interrupted(w, r) {
		return
	}
	a, err := findAction(r)
	if err != nil {
		e.refuse(w, call, err)
		return
	}
	if err := e.admit(a, r); err != nil {
		e.refuse(w, call, err)
		return
	}
	respond, err := a.prepare(e, r)
	if err != nil {
		e.refuse(w, call, err)
		return
	}
	if e.overridden(w, r) {
		return
	}
	result, err := respond()
	if err != nil {
		e.refuse(w, call, err)
		return
	}
	writeJSON(w, http.StatusOK, map[string]any{"Response": result})
}

// tencentMediaTypes are the content types that requests have by their methods.
var tencentMediaTypes = map[string]string{
	http.MethodPost: "application/json",
	http.MethodGet:  "application/x-www-form-urlencoded",
}

// tencentParams reads the parameters of a request: the body of a POST, or the query of a GET.
func tencentParams(r *http.Request) *params {
	if r.Method == http.MethodGet {
		return newQueryParams(r.URL.RawQuery)
	}
	return newParams(callOf(r).Body)
}

// findAction tells which action a request is for.
func findAction(r *http.Request) (action, error) {
	// Without a media type there is none of those that the methods take.
	mediaType, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if want, ok := tencentMediaTypes[r.Method]; !ok || mediaType != want {
		return action{}, failf("UnsupportedProtocol",
			"Send a POST request of type application/json or a GET request of type application/x-www-form-urlencoded.")
	}
	for _, name := range []string{"X-TC-Action", "X-TC-Version", "X-TC-Timestamp"} {
		if r.Header.Get(name) == "" {
			return action{}, failf("MissingParameter", "The request is missing the required header `%s`.", name)
		}
	}
	a, ok := actions[r.Header.Get("X-TC-Action")]
	if !ok {
		return action{}, failf("InvalidAction", "The request action=`%s` is invalid.", r.Header.Get("X-TC-Action"))
	}
	if version := r.Header.Get("X-TC-Version"); version != a.version {
		return action{}, failf("NoSuchVersion", "The version=`%s` does not exist for the service `%s`.", version, a.service())
	}
	return a, nil
}

// admit checks who sends a request, how often and to which region.
func (e *Emulator) admit(a action, r *http.Request) error {
	if !a.unsigned || r.Header.Get("Authorization") != unsignedRequest {
		if err := e.verifyTC3(a.service(), r); err != nil {
			return err
		}
	}
	name := r.Header.Get("X-TC-Action")
	if !e.rates.allow("tencent/"+name, e.limits.Tencent, callOf(r).Time) {
		return failf("RequestLimitExceeded", "The request frequency of `%s` exceeds %d per %s.",
			name, e.limits.Tencent.Calls, e.limits.Tencent.Period)
	}
	if a.regional && r.Header.Get("X-TC-Region") == "" {
		return failf("MissingParameter", "The request is missing the required header `X-TC-Region`.")
	}
	return nil
}

// paramCodes are the platform's codes for what is wrong with a parameter. Some actions have their own for a wrong
// type.
var paramCodes = map[paramFault]string{
	paramMissing:  "MissingParameter",
	paramUnknown:  "UnknownParameter",
	paramMistyped: "InvalidParameter",
}

// refuse answers with an error.
func (e *Emulator) refuse(w http.ResponseWriter, call *Call, err error) {
	answer := &tencentError{Code: "InternalError", Message: "The request could not be answered."}
	if refusal, ok := errors.AsType[*tencentError](err); ok {
		answer = refusal
	} else if param, ok := errors.AsType[*paramError](err); ok {
		answer = &tencentError{Code: paramCodes[param.fault], Message: param.Error()}
	}
	call.Code = answer.Code
	writeJSON(w, http.StatusOK, map[string]any{
		"Response": map[string]any{"Error": answer, "RequestId": e.requestID()},
	})
}

// mistyped gives an action's own code to a parameter of the wrong type and leaves other errors alone.
func mistyped(code string, err error) error {
	if param, ok := errors.AsType[*paramError](err); ok && param.fault == paramMistyped {
		return failf(code, "%s", param.Error())
	}
	return err
}
