// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package sts

import (
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/exchange"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/figures"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/params"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/tencent"
)

// assumeRoleWithWebIdentity implements AssumeRoleWithWebIdentity, see
// https://www.tencentcloud.com/document/product/1150/49454.
func (s service) assumeRoleWithWebIdentity(x *exchange.Exchange, p *params.Params) (func() any, error) {
	p.Require("ProviderId", "WebIdentityToken", "RoleArn", "RoleSessionName")
	provider, token := p.Text("ProviderId"), p.Text("WebIdentityToken")
	result, err := s.prepareRole(p, x.Time)
	switch {
	case err != nil:
		return nil, err
	case figures.IsMissing(provider):
		return nil, tencent.Errorf(badParameter, "The identity provider does not exist.")
	case token != s.WebIdentityToken:
		return nil, tencent.Errorf("InvalidParameter.WebIdentityTokenError", "The web identity token is not valid.")
	}
	return result, nil
}
