// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"cmp"
	"errors"
	"net/http"
	"time"
)

// metadataPath is where the metadata service of a machine has the keys of its roles.
const metadataPath = "/latest/meta-data/cam/security-credentials/"

// machineKeyLife is how long keys of the machine's roles are valid.
const machineKeyLife = 6 * time.Hour

// metadataKeys is what the metadata service answers.
type metadataKeys struct {
	temporaryKey

	ExpiredTime int64
	Expiration  string
	Code        string
}

// metadataError is a refusal of the metadata service. Where it has no status, it is an answer whose Code says so.
type metadataError struct {
	status int
	code   string
}

func (e *metadataError) Error() string { return cmp.Or(e.code, http.StatusText(e.status)) }

// metadata answers for the metadata service, which asks for no signature: whoever reaches it is the machine. See
// https://www.tencentcloud.com/document/product/213/4934.
func (e *Emulator) metadata(w http.ResponseWriter, r *http.Request) {
	call := callOf(r)
	call.API, call.Action = Metadata, "security-credentials"
	if e.interrupted(w, r) {
		return
	}
	role := r.PathValue("role")
	if role == "" || isMissing(role) {
		refuseMetadata(w, call, &metadataError{status: http.StatusNotFound})
		return
	}
	if e.overridden(w, r) {
		return
	}
	expires := call.Time.Add(machineKeyLife).Truncate(time.Second)
	writeJSON(w, http.StatusOK, metadataKeys{
		temporaryKey: e.issueKey(expires),
		ExpiredTime:  expires.Unix(),
		Expiration:   expires.UTC().Format(time.RFC3339),
		Code:         "Success",
	})
}

// refuseMetadata answers with an error of type *metadataError.
func refuseMetadata(w http.ResponseWriter, call *Call, err error) {
	refusal, ok := errors.AsType[*metadataError](err)
	switch {
	case !ok:
	case refusal.status != 0:
		call.Code = refusal.Error()
		http.Error(w, refusal.Error(), refusal.status)
	default:
		call.Code = refusal.code
		writeJSON(w, http.StatusOK, map[string]string{"Code": refusal.code})
	}
}
