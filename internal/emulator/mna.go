// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"net/http"
	"slices"
	"strconv"
	"time"
)

// maxPeriods is how many periods one MNA request may ask for. The vendor publishes no such limit; it keeps a
// mistaken window from filling the memory.
const maxPeriods = 1_000_000

// mnaUnset stands for "no particular device" in a required parameter.
const mnaUnset = "-1"

// mnaRegions are the access regions and their share of the traffic, in thousandths of the Chinese mainland's.
var mnaRegions = map[string]int64{"MC": 1000, "AP": 450, "EU": 180, "AM": 260}

// mnaDirections are the values of Type: which streams it adds up.
var mnaDirections = map[int64][]string{1: {"up"}, 2: {"down"}, 3: {"up", "down"}}

// mnaMeans are the bytes that a device sends or receives in a slot by way of the Chinese mainland.
var mnaMeans = map[string]int64{"up": 9_000_000, "down": 41_000_000}

// mnaPeriods are the values of TimeGranularity in seconds.
var mnaPeriods = map[int64]int64{1: hourSeconds, 2: daySeconds, 3: minuteSeconds, 4: slotSeconds}

// mnaWindow is what the MNA actions ask for alike: time, granularity, region and gateway.
type mnaWindow struct {
	Begin, End, Period int64
	Regions            []string
	Gateway            int64
}

// periods returns an upper bound of how many periods start in the window.
func (w mnaWindow) periods() int64 { return (w.End-w.Begin)/w.Period + 2 }

// mnaPoint is the traffic of one period: when it starts, in Unix seconds, and its bytes.
type mnaPoint struct {
	start, bytes int64
}

// readMNAWindow reads the parameters of a window. The error has the given code.
func readMNAWindow(p *params, code string) (mnaWindow, error) {
	p.require("BeginTime", "EndTime", "TimeGranularity")
	w := mnaWindow{
		Begin:   p.integer("BeginTime", 0),
		End:     p.integer("EndTime", 0),
		Period:  mnaPeriods[p.integer("TimeGranularity", 0)],
		Gateway: p.integer("GatewayType", 0),
	}
	region := p.text("AccessRegion")
	if err := p.finish(); err != nil {
		return w, mistyped(code, err)
	}
	w.Regions = []string{region}
	if region == "" {
		w.Regions = []string{"MC", "AP", "EU", "AM"}
	}
	switch _, known := mnaRegions[w.Regions[0]]; {
	case w.Period == 0:
		return w, failf(code, "TimeGranularity must be 1, 2, 3 or 4.")
	case w.Begin < 0 || w.End < w.Begin:
		return w, failf(code, "BeginTime must not be negative or after EndTime.")
	case w.periods() > maxPeriods:
		return w, failf(code, "The time span holds more than %d periods.", maxPeriods)
	case w.Gateway != 0 && w.Gateway != 1:
		return w, failf(code, "GatewayType must be 0 or 1.")
	case !known:
		return w, failf(code, "AccessRegion must be MC, AP, EU or AM.")
	}
	return w, nil
}

// checkDevices returns the devices of a request, each once.
func checkDevices(devices []string, code string) ([]string, error) {
	if len(devices) == 0 || slices.Contains(devices, "") {
		return nil, failf(code, "No device is specified.")
	}
	if i := slices.IndexFunc(devices, isMissing); i >= 0 {
		return nil, failf(code, "The device `%s` does not exist.", devices[i])
	}
	return slices.Compact(slices.Sorted(slices.Values(devices))), nil
}

// mnaPoints returns the points of all devices together: the periods that start in the window, which begins at
// the start of the period around its first second, and before now. A period that is not over holds the
// minutes that are over. Idle devices have no points.
func (e *Emulator) mnaPoints(w mnaWindow, devices, directions []string, now time.Time) []mnaPoint {
	streams := e.mnaStreams(w, devices, directions)
	if len(streams) == 0 {
		return nil
	}
	elapsed := now.Unix() - now.Unix()%minuteSeconds
	start := w.Begin - w.Begin%w.Period
	if w.Period == daySeconds {
		start = w.Begin - (w.Begin+chinaOffset)%daySeconds
	}
	var points []mnaPoint
	for ; start <= w.End && start < now.Unix(); start += w.Period {
		point := mnaPoint{start: start}
		for _, s := range streams {
			point.bytes += s.sum(start, min(start+w.Period, elapsed))
		}
		points = append(points, point)
	}
	return points
}

func (e *Emulator) mnaStreams(w mnaWindow, devices, directions []string) []series {
	var streams []series
	for _, device := range devices {
		if isIdle(device) {
			continue
		}
		for _, region := range w.Regions {
			for _, direction := range directions {
				mean := perMille(mnaMeans[direction], mnaRegions[region])
				if w.Gateway == 1 {
					mean /= 4
				}
				gateway := strconv.FormatInt(w.Gateway, 10)
				streams = append(streams, e.series(mean, "mna", device, region, direction, gateway))
			}
		}
	}
	return streams
}

// flowStatistic is the result of GetFlowStatistic. All figures are bytes.
type flowStatistic struct {
	NetDetails []netDetail
	MaxValue   int64
	AvgValue   float64
	TotalValue int64
	RequestID  string `json:"RequestId"`
}

type netDetail struct {
	Time    string
	Current int64
}

// prepareFlowStatistic reads GetFlowStatistic, see https://www.tencentcloud.com/document/api/1305/79778.
func prepareFlowStatistic(e *Emulator, r *http.Request) (func() (any, error), error) {
	const code = "InvalidParameterValue"
	p := tencentParams(r)
	p.require("DeviceId", "Type")
	device, list := p.text("DeviceId"), p.list("DeviceList")
	directions := mnaDirections[p.integer("Type", 0)]
	window, err := readMNAWindow(p, code)
	if err != nil {
		return nil, err
	}
	if directions == nil {
		return nil, failf(code, "Type must be 1, 2 or 3.")
	}
	if len(list) == 0 && device != mnaUnset {
		list = []string{device}
	}
	devices, err := checkDevices(list, code)
	if err != nil {
		return nil, err
	}
	return func() (any, error) {
		return e.flowStatistic(e.mnaPoints(window, devices, directions, callOf(r).Time)), nil
	}, nil
}

func (e *Emulator) flowStatistic(points []mnaPoint) flowStatistic {
	result := flowStatistic{NetDetails: make([]netDetail, 0, len(points)), RequestID: e.requestID()}
	for _, point := range points {
		result.NetDetails = append(result.NetDetails, netDetail{
			Time:    strconv.FormatInt(point.start, 10),
			Current: point.bytes,
		})
		result.MaxValue = max(result.MaxValue, point.bytes)
		result.TotalValue += point.bytes
	}
	if len(points) > 0 {
		result.AvgValue = float64(result.TotalValue) / float64(len(points))
	}
	return result
}
