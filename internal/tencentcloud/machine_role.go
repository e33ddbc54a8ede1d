// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package tencentcloud

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"github.com/edgestats/terraform-provider-edgestats/internal/decimal"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

// machineRoles is where the metadata service has the keys of the machine's roles.
const machineRoles = "/latest/meta-data/cam/security-credentials/"

// NewMachineRole returns a source of the keys of a role that the machine has. Of the configuration it takes Endpoint, the
// metadata service, HTTP, Clock and MaxRetries. See https://www.tencentcloud.com/document/product/213/4934.
func NewMachineRole(c Config, role string) *Temporary {
	policy := transport.Policy{
		API: "metadata", Limiter: transport.NewLimiter(transport.Unmetered, 1), MaxRetries: c.MaxRetries,
	}
	return NewTemporary(MachineRole, role, c.Clock, func(ctx context.Context) (Issued, error) {
		address, err := url.Parse(c.Endpoint + machineRoles + url.PathEscape(role))
		if err != nil {
			return Issued{}, errors.New("the endpoint of the metadata service is not a valid URL")
		}
		return transport.Do(ctx, policy, func(ctx context.Context) (Issued, error) {
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

func readMachineKeys(answer *transport.Answer) (Issued, error) {
	body, err := answer.JSON()
	if err != nil {
		return Issued{}, err
	}
	malformed := func(problem string, err error) (Issued, error) {
		return Issued{}, &transport.ContentError{Host: answer.Host, Problem: problem, Err: err}
	}
	var keys struct {
		Code         string       `json:"Code"`
		TmpSecretID  string       `json:"TmpSecretId"`
		TmpSecretKey string       `json:"TmpSecretKey"`
		Token        string       `json:"Token"`
		ExpiredTime  decimal.JSON `json:"ExpiredTime"`
	}
	if err := json.Unmarshal(body, &keys); err != nil {
		return malformed("not the JSON that is documented", jsonError(err))
	}
	if keys.Code != "Success" {
		return malformed(fmt.Sprintf("its Code is %q instead of Success", keys.Code), nil)
	}
	expires, err := Time(keys.ExpiredTime)
	if err != nil {
		return malformed("ExpiredTime", err)
	}
	return Issued{Credential{keys.TmpSecretID, keys.TmpSecretKey, keys.Token}, expires}, nil
}
