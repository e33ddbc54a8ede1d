// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package mna

import (
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/exchange"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/params"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/tencent"
)

// flowStatisticByGroup implements GetFlowStatisticByGroup, see https://www.tencentcloud.com/document/api/1305/79777. It
// returns the traffic of the devices of a group, or of an application if the group is "-1".
func (s service) flowStatisticByGroup(x *exchange.Exchange, p *params.Params) (func() any, error) {
	p.Require("GroupId")
	owner, application := p.Text("GroupId"), p.Text("MpApplicationId")
	q, err := readFlow(p)
	if err != nil {
		return nil, err
	}
	if (owner == unset) != (application != "") {
		return nil, tencent.Errorf(badValue, "GroupId must be -1 if there is an MpApplicationId, and only then.")
	}
	if owner == unset {
		owner = application
	}
	if owner == "" {
		return nil, tencent.Errorf(badValue, "No group is specified.")
	}
	devices, err := checkDevices(s.fleet.members(owner), badValue)
	if err != nil {
		return nil, err
	}
	return func() any { return s.sumUp(q, devices, x.Time) }, nil
}
