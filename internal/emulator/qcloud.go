// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
)

// legacyError is a refusal of the legacy API. Module is the CDN module's own code, zero if the API itself refused;
// it stands in front of the message and takes the place of codeDesc, as a number.
type legacyError struct {
	code    int
	module  int
	message string
}

func (e *legacyError) Error() string {
	if e.module != 0 {
		return fmt.Sprintf("(%d)%s", e.module, e.message)
	}
	return e.message
}

// description returns the codeDesc of an answer, nil if there is none. The vendor publishes no names for its codes:
// these are ours.
func (e *legacyError) description() any {
	if e.module != 0 {
		return e.module
	}
	switch e.code {
	case 4000:
		return "InvalidParameter"
	case 4100:
		return "AuthFailure"
	case 4104:
		return "InvalidSecretId"
	case 4105:
		return "InvalidToken"
	case 4400:
		return "RequestLimitExceeded"
	case 4500:
		return "ReplayAttack"
	default:
		return nil
	}
}

type legacyAnswer struct {
	Code     int         `json:"code"`
	Message  string      `json:"message"`
	CodeDesc any         `json:"codeDesc,omitempty"`
	Data     *legacyData `json:"data,omitempty"`
}

type legacyData struct {
	Date string `json:"date"`
	// ProvData is a map by host, and an empty array if there is none: PHP has one type for both.
	ProvData any `json:"prov_data"`
}

type legacyRegionData struct {
	ID   int    `json:"id"`
	Name string `json:"name"`
	Host string `json:"host"`
	// ISPValue maps the statistic to the carrier to the values; for status codes, these to the values.
	ISPValue map[string]map[string]any `json:"isp_value"`
}

// legacy answers for GetCdnOverseaProvIspDetailStat of the legacy CDN API, see
// https://cloud.tencent.com/document/api/228/7344.
func (e *Emulator) legacy(w http.ResponseWriter, r *http.Request) {
	call := callOf(r)
	params, err := legacyParameters(r)
	call.API, call.Action = CDNLegacy, params["Action"]
	if e.interrupted(w, r) {
		return
	}
	if err != nil {
		refuseLegacy(w, call, err)
		return
	}
	query, err := e.readLegacy(r, params)
	if err != nil {
		refuseLegacy(w, call, err)
		return
	}
	if e.overridden(w, r) {
		return
	}
	data := e.legacyReport(query, call.Time)
	writeJSON(w, http.StatusOK, legacyAnswer{CodeDesc: "Success", Data: &data})
}

// refuseLegacy answers with an error of type *legacyError.
func refuseLegacy(w http.ResponseWriter, call *Call, err error) {
	if refusal, ok := errors.AsType[*legacyError](err); ok {
		call.Code = strconv.Itoa(refusal.code)
		writeJSON(w, http.StatusOK, legacyAnswer{Code: refusal.code, Message: refusal.Error(), CodeDesc: refusal.description()})
	}
}

// readLegacy checks a request and returns what it asks for. Its errors are of type *legacyError.
func (e *Emulator) readLegacy(r *http.Request, params map[string]string) (legacyQuery, error) {
	call := callOf(r)
	if err := e.verifyLegacy(r, params, call.Time); err != nil {
		return legacyQuery{}, err
	}
	if call.Action != legacyAction {
		return legacyQuery{}, &legacyError{code: 4000, message: "the Action is unknown"}
	}
	if !e.rates.allow(string(CDNLegacy), e.limits.CDNLegacy, call.Time) {
		return legacyQuery{}, &legacyError{code: 4400, message: "too many requests a minute"}
	}
	query, err := parseLegacyQuery(params, call.Time)
	if err == nil && slices.ContainsFunc(query.hosts, isMissing) {
		err = &legacyError{code: 4000, module: legacyNoSuchHost, message: "没有这个域名的信息 cdn no such host"}
	}
	return query, err
}
