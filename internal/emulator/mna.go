// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"net/http"
	"slices"
	"strconv"
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
	begin, end, period int64
	regions            []string
	gateway            int64
}

// mnaPoint is the traffic of one period: when it starts, in Unix seconds, and its bytes.
type mnaPoint struct {
	start, bytes int64
}

// readMNAWindow reads the parameters of a window. The error has the given code.
func readMNAWindow(p *params, code string) (mnaWindow, error) {
	p.require("BeginTime", "EndTime", "TimeGranularity")
	w := mnaWindow{
		begin:   p.integer("BeginTime", 0),
		end:     p.integer("EndTime", 0),
		period:  mnaPeriods[p.integer("TimeGranularity", 0)],
		gateway: p.integer("GatewayType", 0),
	}
	region := p.text("AccessRegion")
	if err := p.finish(); err != nil {
		return w, mistyped(code, err)
	}
	w.regions = []string{region}
	if region == "" {
		w.regions = []string{"MC", "AP", "EU", "AM"}
	}
	switch _, known := mnaRegions[w.regions[0]]; {
	case w.period == 0:
		return w, failf(code, "TimeGranularity must be 1, 2, 3 or 4.")
	case w.begin < 0 || w.end < w.begin:
		return w, failf(code, "BeginTime must not be negative or after EndTime.")
	case (w.end-w.begin)/w.period >= maxPeriods:
		return w, failf(code, "The time span holds more than %d periods.", maxPeriods)
	case w.gateway != 0 && w.gateway != 1:
		return w, failf(code, "GatewayType must be 0 or 1.")
	case !known:
		return w, failf(code, "AccessRegion must be MC, AP, EU or AM.")
	}
	return w, nil
}

// mnaDevices returns the devices of a request, each once: the list if there is one, else the single device.
func mnaDevices(device string, list []string, code string) ([]string, error) {
	devices := slices.Clone(list)
	if len(devices) == 0 && device != "" && device != mnaUnset {
		devices = []string{device}
	}
	if len(devices) == 0 || slices.Contains(devices, "") {
		return nil, failf(code, "No device is specified.")
	}
	if i := slices.IndexFunc(devices, isMissing); i >= 0 {
		return nil, failf(code, "The device `%s` does not exist.", devices[i])
	}
	slices.Sort(devices)
	return slices.Compact(devices), nil
}

// mnaPoints returns the points of all devices together: the periods that start in the window, which begins at
// the start of the period around its first second, and before now. A period that is not over holds the
// minutes that are. Idle devices have no points.
func (e *Emulator) mnaPoints(w mnaWindow, devices, directions []string) []mnaPoint {
	streams := e.mnaStreams(w, devices, directions)
	if len(streams) == 0 {
		return nil
	}
	now := e.options.Clock.Now().Unix()
	elapsed := now - now%minuteSeconds
	start := w.begin - w.begin%w.period
	if w.period == daySeconds {
		start = w.begin - (w.begin+chinaOffset)%daySeconds
	}
	var points []mnaPoint
	for ; start <= w.end && start < now; start += w.period {
		point := mnaPoint{start: start}
		for _, s := range streams {
			point.bytes += s.sum(start, min(start+w.period, elapsed))
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
		for _, region := range w.regions {
			for _, direction := range directions {
				mean := perMille(mnaMeans[direction], mnaRegions[region])
				if w.gateway == 1 {
					mean /= 4
				}
				gateway := strconv.FormatInt(w.gateway, 10)
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
	p := newParams(callOf(r).Body)
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
	devices, err := mnaDevices(device, list, code)
	if err != nil {
		return nil, err
	}
	return func() (any, error) {
		return e.flowStatistic(e.mnaPoints(window, devices, directions)), nil
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
