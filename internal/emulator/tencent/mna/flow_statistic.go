// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package mna

import (
	"strconv"

	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/exchange"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/params"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/tencent"
)

// flowStatistic is the result of GetFlowStatistic. All figures are bytes.
type flowStatistic struct {
	NetDetails []netDetail
	MaxValue   int64
	AvgValue   float64
	TotalValue int64
}

type netDetail struct {
	Time    string
	Current int64
}

// flowStatistic answers GetFlowStatistic, see https://www.tencentcloud.com/document/api/1305/79778.
func (s service) flowStatistic(x *exchange.Exchange, p *params.Params) (func() any, error) {
	const code = "InvalidParameterValue"
	p.Require("DeviceId", "Type")
	device, list := p.Text("DeviceId"), p.List("DeviceList")
	added := directions[p.Integer("Type", 0)]
	w, err := readWindow(p, code)
	if err != nil {
		return nil, err
	}
	if added == nil {
		return nil, tencent.Errorf(code, "Type must be 1, 2 or 3.")
	}
	if len(list) == 0 && device != unset {
		list = []string{device}
	}
	devices, err := checkDevices(list, code)
	if err != nil {
		return nil, err
	}
	return func() any { return sumUp(s.points(w, devices, added, x.Time)) }, nil
}

func sumUp(points []point) flowStatistic {
	result := flowStatistic{NetDetails: make([]netDetail, 0, len(points))}
	for _, p := range points {
		result.NetDetails = append(result.NetDetails, netDetail{
			Time:    strconv.FormatInt(p.start, 10),
			Current: p.bytes,
		})
		result.MaxValue = max(result.MaxValue, p.bytes)
		result.TotalValue += p.bytes
	}
	if len(points) > 0 {
		result.AvgValue = float64(result.TotalValue) / float64(len(points))
	}
	return result
}
