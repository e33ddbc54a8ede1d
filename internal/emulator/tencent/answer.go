// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package tencent

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/exchange"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/params"
)

// throttled is the code for too many requests.
const throttled = "RequestLimitExceeded"

// envelope is the body of every response. Errors have HTTP status 200 too.
type envelope struct{ Response any }

// failure is the Response with an error.
type failure struct {
	Error     *Error
	RequestID string `json:"RequestId"`
}

// response is the Response of a success: the members of a result, followed by RequestId.
type response struct {
	result any
	id     string
}

// MarshalJSON adds the RequestId to the result, which must be an object with members.
func (r response) MarshalJSON() ([]byte, error) {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	// Ampersands in links are not escaped, like in the vendor's responses.
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(r.result); err != nil {
		return nil, err
	}
	members := bytes.TrimSuffix(bytes.TrimSpace(text.Bytes()), []byte("}"))
	return fmt.Appendf(members, `,"RequestId":%q}`, r.id), nil
}

// problemCodes maps problems with a parameter to codes of API 3.0. Some actions have their own code for a wrong type.
var problemCodes = map[params.Problem]string{
	params.Missing:  "MissingParameter",
	params.Unknown:  "UnknownParameter",
	params.Mistyped: "InvalidParameter",
}

// Refuse writes an error response.
func (a *API) Refuse(x *exchange.Exchange, err error) {
	answer := &Error{Code: "InternalError", Message: "The request could not be processed."}
	if refusal, ok := errors.AsType[*Error](err); ok {
		answer = refusal
	} else if param, ok := errors.AsType[*params.Error](err); ok {
		answer = &Error{Code: problemCodes[param.Problem], Message: param.Error()}
	}
	x.Code = answer.Code
	x.WriteJSON(http.StatusOK, envelope{Response: failure{Error: answer, RequestID: a.ids.Next()}})
}

// Failure returns an *Error.
func (a *API) Failure(code, message string) error { return &Error{Code: code, Message: message} }

// Throttled returns the error of API 3.0 for too many requests.
func (a *API) Throttled() error { return &Error{Code: throttled, Message: "Too many requests."} }
