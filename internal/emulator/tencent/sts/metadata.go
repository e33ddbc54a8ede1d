// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package sts

import (
	"cmp"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/exchange"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/figures"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/keys"
)

// MetadataPath is the prefix of the paths of roles in the metadata service.
const MetadataPath = "/latest/meta-data/cam/security-credentials/"

// machineKeyLife is the lifetime of keys of a machine's role.
const machineKeyLife = 6 * time.Hour

// Metadata emulates the metadata service of a machine. It requires no signature, because only the machine itself can reach
// the real service. It is an exchange.Service, see https://www.tencentcloud.com/document/product/213/4934.
type Metadata struct{ keys *keys.Ring }

// NewMetadata returns a metadata service that issues keys from ring.
func NewMetadata(ring *keys.Ring) *Metadata { return &Metadata{keys: ring} }

// machineKeys is the response of the metadata service.
type machineKeys struct {
	keys.Temporary

	ExpiredTime int64
	Expiration  string
	Code        string
}

// metadataError is an error with an HTTP status, or with a Code if the status is zero.
type metadataError struct {
	status int
	code   string
}

func (e *metadataError) Error() string { return cmp.Or(e.code, http.StatusText(e.status)) }

// Identify sets the API and the action.
func (m *Metadata) Identify(x *exchange.Exchange) {
	x.API, x.Action = exchange.Metadata, "security-credentials"
}

// Prepare checks the name of the role.
func (m *Metadata) Prepare(x *exchange.Exchange) (func() error, error) {
	role := strings.TrimPrefix(x.Path, MetadataPath)
	switch {
	case x.Method != http.MethodGet:
		return nil, &metadataError{status: http.StatusMethodNotAllowed}
	case role == "" || figures.IsMissing(role):
		return nil, &metadataError{status: http.StatusNotFound}
	}
	return func() error {
		expires := x.Time.Add(machineKeyLife).Truncate(time.Second)
		x.WriteJSON(http.StatusOK, machineKeys{
			Temporary:   m.keys.Issue(expires),
			ExpiredTime: expires.Unix(),
			Expiration:  expires.UTC().Format(time.RFC3339),
			Code:        "Success",
		})
		return nil
	}, nil
}

// Refuse writes an error response.
func (m *Metadata) Refuse(x *exchange.Exchange, err error) {
	refusal, ok := errors.AsType[*metadataError](err)
	if !ok {
		refusal = &metadataError{status: http.StatusInternalServerError}
	}
	x.Code = refusal.Error()
	if refusal.status != 0 {
		http.Error(x.Answer, refusal.Error(), refusal.status)
		return
	}
	x.WriteJSON(http.StatusOK, map[string]string{"Code": refusal.code})
}

// Failure returns an error with a Code.
func (m *Metadata) Failure(code, _ string) error { return &metadataError{code: code} }

// Throttled returns the error for too many requests.
func (m *Metadata) Throttled() error { return &metadataError{status: http.StatusTooManyRequests} }
