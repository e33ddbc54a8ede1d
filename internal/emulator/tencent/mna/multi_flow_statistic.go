// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package mna

import (
	"slices"

	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/exchange"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/figures"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/params"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/tencent"
)

// maxMultiDevices is the maximum number of devices in DeviceIds.
const maxMultiDevices = 10

// multiFlowStatistic is the result of GetMultiFlowStatistic.
type multiFlowStatistic struct {
	FlowDetails []deviceFlow
}

// deviceFlow is the traffic of one device.
type deviceFlow struct {
	flowStatistic

	DeviceID string `json:"DeviceId"`
}

// multiFlowStatistic implements GetMultiFlowStatistic, see https://www.tencentcloud.com/document/api/1305/79768. It returns
// each device once, in alphabetical order. Devices that do not exist are left out, because the vendor documents no error
// for them.
func (s service) multiFlowStatistic(x *exchange.Exchange, p *params.Params) (func() any, error) {
	p.Require("DeviceIds")
	list := p.List("DeviceIds")
	q, err := readFlow(p)
	if err != nil {
		return nil, err
	}
	switch {
	case len(list) == 0 || slices.Contains(list, ""):
		return nil, tencent.Errorf(badValue, "No device is specified.")
	case len(list) > maxMultiDevices:
		return nil, tencent.Errorf(badValue, "DeviceIds must not have more than %d devices.", maxMultiDevices)
	case q.window.periods()*int64(len(list)) > maxPeriods:
		return nil, tencent.Errorf(badValue, "The response would have more than %d periods.", maxPeriods)
	}
	devices := slices.Compact(slices.Sorted(slices.Values(slices.DeleteFunc(list, figures.IsMissing))))
	return func() any {
		result := multiFlowStatistic{FlowDetails: make([]deviceFlow, 0, len(devices))}
		for _, device := range devices {
			result.FlowDetails = append(result.FlowDetails, deviceFlow{s.sumUp(q, []string{device}, x.Time), device})
		}
		return result
	}, nil
}
