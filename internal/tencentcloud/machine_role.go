// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package tencentcloud

import (
	"context"
	"errors"
	"net/http"
	"net/url"

	"github.com/edgestats/terraform-provider-edgestats/internal/jsonread"
	"github.com/edgestats/terraform-provider-edgestats/internal/limit"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

// machineRoles is the path of the machine's roles in the metadata service.
const machineRoles = "/latest/meta-data/cam/security-credentials/"

// NewMachineRole returns a source of the keys of a role that is bound to this machine. It uses these fields of c: Endpoint
// (of the metadata service), HTTP, Clock and MaxRetries. See https://www.tencentcloud.com/document/product/213/4934.
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
			return readMachineKeys(ctx, answer)
		})
	})
}

func readMachineKeys(ctx context.Context, answer *transport.Answer) (issued Issued, err error) {
	var code string
	var expires jsonread.Value
	err = jsonread.Read(ctx, answer, limit.Limits{}, func(r *jsonread.Reader) error {
		return r.Object(func(name string) (err error) {
			switch name {
			case "Code":
				code, err = r.Text()
			case "TmpSecretId":
				issued.SecretID, err = r.Text()
			case "TmpSecretKey":
				issued.SecretKey, err = r.Text()
			case "Token":
				issued.Token, err = r.Text()
			case "ExpiredTime":
				expires, err = r.Value()
			}
			return err
		})
	})
	if err != nil {
		return Issued{}, err
	}
	if code != "Success" {
		return Issued{}, &transport.ContentError{Host: answer.Host, Problem: "its Code is not Success"}
	}
	if issued.Expires, err = Expiry(expires); err != nil {
		return Issued{}, &transport.ContentError{Host: answer.Host, Problem: err.Error()}
	}
	return issued, nil
}
