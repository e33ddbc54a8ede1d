// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package tencentcloud

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"

	"github.com/edgestats/terraform-provider-edgestats/internal/decimal"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

// machineRoles is the path of the metadata service below which the keys of the machine's roles are.
const machineRoles = "/latest/meta-data/cam/security-credentials/"

// NewMachineRole returns a source of the keys of a role that is bound to this machine. It uses four fields of the
// configuration: Endpoint, which is the metadata service, HTTP, Clock and MaxRetries. See
// https://www.tencentcloud.com/document/product/213/4934.
func NewMachineRole(c Config, role string) *Temporary {
	policy := transport.Policy{
		API: "metadata", Limiter: transport.NewLimiter(transport.Unmetered, 1), MaxRetries: c.MaxRetries,
	}
	return NewTemporary(MachineRole, role, c.Clock, func(ctx context.Context) (Issued, error) {
		address, err := url.Parse(c.Endpoint + machineRoles + url.PathEscape(role))
		if err != nil {
			return Issued{}, errors.New("the endpoint of the metadata service is not a valid URL")
		}
		return transport.Do(transport.WithPrivateAnswers(ctx), policy, func(ctx context.Context) (Issued, error) {
			answer, err := c.HTTP.Get(ctx, address)
			if err != nil {
				return Issued{}, err
			}
			if answer.Status != http.StatusOK {
				return Issued{}, answer.StatusError(c.Clock.Now())
			}
			return readMachineKeys(answer)
		})
	})
}

// readMachineKeys decodes an answer of the metadata service. Its errors quote nothing of it.
func readMachineKeys(answer *transport.Answer) (Issued, error) {
	body, err := answer.JSON()
	if err != nil {
		return Issued{}, err
	}
	malformed := func(problem string) (Issued, error) {
		return Issued{}, &transport.ContentError{Host: answer.Host, Problem: problem}
	}
	var keys struct {
		Code         string       `json:"Code"`
		TmpSecretID  string       `json:"TmpSecretId"`
		TmpSecretKey string       `json:"TmpSecretKey"`
		Token        string       `json:"Token"`
		ExpiredTime  decimal.JSON `json:"ExpiredTime"`
	}
	if err := json.Unmarshal(body, &keys); err != nil {
		return malformed("not the JSON that is documented")
	}
	if keys.Code != "Success" {
		return malformed("its Code is not Success")
	}
	expires, err := Expiry(keys.ExpiredTime)
	if err != nil {
		return malformed(err.Error())
	}
	return Issued{Credential{keys.TmpSecretID, keys.TmpSecretKey, keys.Token}, expires}, nil
}
