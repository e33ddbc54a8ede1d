// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package mna

import (
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/exchange"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/params"
)

// flowStatisticByRegion implements GetFlowStatisticByRegion, see https://www.tencentcloud.com/document/api/1305/79775. It
// returns the traffic of all devices that the account lists.
func (s service) flowStatisticByRegion(x *exchange.Exchange, p *params.Params) (func() any, error) {
	p.Require("GatewayType")
	q, err := readFlow(p)
	if err != nil {
		return nil, err
	}
	return func() any { return s.sumUp(q, s.fleet.all(), x.Time) }, nil
}
