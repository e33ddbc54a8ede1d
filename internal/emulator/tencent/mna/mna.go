// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package mna emulates the Multi-Network Acceleration API, version 2021-01-19, and the download of the Excel files that it
// links to.
package mna

import (
	"slices"
	"strconv"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/exchange"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/figures"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/params"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/tencent"
)

// service implements the actions. Its figures come from the Source.
type service struct {
	figures.Source

	fleet fleet
}

// Actions returns the actions of MNA for an account that lists the given number of devices. A negative number means none.
func Actions(source figures.Source, devices int) []tencent.Action {
	s := service{Source: source, fleet: fleet(max(0, devices))}
	action := tencent.Action{API: exchange.MNA, Version: "2021-01-19"}
	return []tencent.Action{
		action.With("GetDevices", s.devices),
		action.With("GetFlowPackages", s.flowPackages),
		action.With("GetFlowStatistic", s.flowStatistic),
		action.With("GetFlowStatisticByGroup", s.flowStatisticByGroup),
		action.With("GetFlowStatisticByRegion", s.flowStatisticByRegion),
		action.With("GetMultiFlowStatistic", s.multiFlowStatistic),
		action.With("GetStatisticDataByName", s.statisticData),
	}
}

// maxPeriods is the maximum number of periods in one request. The vendor publishes no such limit; this one limits memory.
const maxPeriods = 1_000_000

// badValue is the code of most actions for an invalid parameter.
const badValue = "InvalidParameterValue"

// unset is the value of a required device or group when other parameters choose the devices.
const unset = "-1"

// privateGateway is the value of GatewayType for private gateways.
const privateGateway = 1

// regions maps access regions to their traffic in thousandths of the traffic of the Chinese mainland.
var regions = map[string]int64{"MC": 1000, "AP": 450, "EU": 180, "AM": 260}

// allRegions are all access regions.
var allRegions = []string{"MC", "AP", "EU", "AM"}

// directions maps values of Type to the streams that they add up.
var directions = map[int64][]string{1: {"up"}, 2: {"down"}, 3: {"up", "down"}}

// means are the mean numbers of bytes that a device sends and receives per slot through the Chinese mainland.
var means = map[string]int64{"up": 9_000_000, "down": 41_000_000}

// periodsOf maps values of TimeGranularity to seconds.
var periodsOf = map[int64]int64{1: figures.Hour, 2: figures.Day, 3: figures.Minute, 4: figures.Slot}

// window contains the parameters that all traffic actions have: time, granularity, region and gateway.
type window struct {
	Begin, End, Period int64
	Regions            []string
	Gateway            int64
}

// periods returns an upper bound for the number of periods in the window.
func (w window) periods() int64 { return (w.End-w.Begin)/w.Period + 2 }

// point is the traffic of one period in bytes, and the start of the period in Unix seconds.
type point struct {
	start, bytes int64
}

// readWindow reads the parameters of a window. The error has the given code.
func readWindow(p *params.Params, code string) (window, error) {
	p.Require("BeginTime", "EndTime", "TimeGranularity")
	w := window{
		Begin:   p.Integer("BeginTime", 0),
		End:     p.Integer("EndTime", 0),
		Period:  periodsOf[p.Integer("TimeGranularity", 0)],
		Gateway: p.Integer("GatewayType", 0),
	}
	region := p.Text("AccessRegion")
	if err := p.Finish(); err != nil {
		return w, tencent.Mistyped(code, err)
	}
	w.Regions = []string{region}
	if region == "" {
		w.Regions = allRegions
	}
	switch _, known := regions[w.Regions[0]]; {
	case w.Period == 0:
		return w, tencent.Errorf(code, "TimeGranularity must be 1, 2, 3 or 4.")
	case w.Begin < 0 || w.End < w.Begin:
		return w, tencent.Errorf(code, "BeginTime must not be negative or after EndTime.")
	case w.periods() > maxPeriods:
		return w, tencent.Errorf(code, "The time span holds more than %d periods.", maxPeriods)
	case w.Gateway != 0 && w.Gateway != privateGateway:
		return w, tencent.Errorf(code, "GatewayType must be 0 or 1.")
	case !known:
		return w, tencent.Errorf(code, "AccessRegion must be MC, AP, EU or AM.")
	}
	return w, nil
}

// checkDevices returns the devices of a request without duplicates. The error has the given code.
func checkDevices(devices []string, code string) ([]string, error) {
	if len(devices) == 0 || slices.Contains(devices, "") {
		return nil, tencent.Errorf(code, "No device is specified.")
	}
	if i := slices.IndexFunc(devices, figures.IsMissing); i >= 0 {
		return nil, tencent.Errorf(code, "The device `%s` does not exist.", devices[i])
	}
	return slices.Compact(slices.Sorted(slices.Values(devices))), nil
}

// points returns the total traffic of devices in each period, from the period that contains the start of the window to the
// end of the window or to now. The current period includes only complete minutes. Devices that are idle or may not use the
// gateway have no points.
func (s service) points(w window, devices, directions []string, now time.Time) []point {
	streams := s.streams(w, devices, directions)
	if len(streams) == 0 {
		return nil
	}
	elapsed := now.Unix() - now.Unix()%figures.Minute
	start := w.Begin - w.Begin%w.Period
	if w.Period == figures.Day {
		start = w.Begin - (w.Begin+figures.ChinaOffset)%figures.Day
	}
	var points []point
	for ; start <= w.End && start < now.Unix(); start += w.Period {
		point := point{start: start}
		for _, stream := range streams {
			point.bytes += stream.Sum(start, min(start+w.Period, elapsed))
		}
		points = append(points, point)
	}
	return points
}

func (s service) streams(w window, devices, directions []string) []figures.Series {
	var streams []figures.Series
	for _, device := range devices {
		if figures.IsIdle(device) || w.Gateway == privateGateway && isPublicOnly(figures.Number(device, deviceIDs)) {
			continue
		}
		for _, region := range w.Regions {
			for _, direction := range directions {
				mean := figures.PerMille(means[direction], regions[region])
				if w.Gateway == privateGateway {
					mean /= 4
				}
				gateway := strconv.FormatInt(w.Gateway, 10)
				streams = append(streams, s.Series(mean, "mna", device, region, direction, gateway))
			}
		}
	}
	return streams
}
