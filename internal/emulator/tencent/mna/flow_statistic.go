// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package mna

import (
	"strconv"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/exchange"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/params"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/tencent"
)

// flowStatistic is the traffic of devices in bytes.
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

// flowQuery contains the parameters that all actions for flow statistics have.
type flowQuery struct {
	window window
	// directions are the streams to add up.
	directions []string
}

// readFlow reads the parameters that all actions for flow statistics have. The action must read its other parameters first.
func readFlow(p *params.Params) (flowQuery, error) {
	p.Require("Type")
	q := flowQuery{directions: directions[p.Integer("Type", 0)]}
	var err error
	if q.window, err = readWindow(p, badValue); err == nil && q.directions == nil {
		err = tencent.Errorf(badValue, "Type must be 1, 2 or 3.")
	}
	return q, err
}

// flowStatistic implements GetFlowStatistic, see https://www.tencentcloud.com/document/api/1305/79778.
func (s service) flowStatistic(x *exchange.Exchange, p *params.Params) (func() any, error) {
	p.Require("DeviceId")
	device, list := p.Text("DeviceId"), p.List("DeviceList")
	q, err := readFlow(p)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 && device != unset {
		list = []string{device}
	}
	devices, err := checkDevices(list, badValue)
	if err != nil {
		return nil, err
	}
	return func() any { return s.sumUp(q, devices, x.Time) }, nil
}

// sumUp returns the total traffic of devices.
func (s service) sumUp(q flowQuery, devices []string, now time.Time) flowStatistic {
	points := s.points(q.window, devices, q.directions, now)
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
