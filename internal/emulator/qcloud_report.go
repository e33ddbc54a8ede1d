// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"math"
	"slices"
	"strconv"
	"time"
)

const (
	// legacyISP is the code that stands for all carriers outside the mainland.
	legacyISP = -1
	// legacyDelay is how long the vendor takes to count a slot that ended.
	legacyDelay = 30 * time.Minute
	// legacyRequestBytes is how many bytes make one request.
	legacyRequestBytes = 128 << 10
)

// legacyRegion is a region that logs are counted by. Its mean is in bytes for a slot; zero means no data.
type legacyRegion struct {
	id   int
	name string
	mean int64
}

// legacyRegions are the regions of the vendor's table, in its order.
var legacyRegions = []legacyRegion{
	{73, "印度", 900_000_000},
	{1195, "印度尼西亚", 1_200_000_000},
	{1176, "新加坡", 2_400_000_000},
	{57, "泰国", 1_500_000_000},
	{144, "越南", 1_100_000_000},
	{3701, "马来西亚", 1_000_000_000},
	{2588, "菲律宾", 700_000_000},
	{2026, "中国台湾", 1_800_000_000},
	{1044, "日本", 2_000_000_000},
	{3379, "韩国", 1_700_000_000},
	{1200, "中国香港", 3_000_000_000},
	{3839, "加拿大", 300_000_000},
	{669, "美国", 1_300_000_000},
	{-2, "境外其他地区", 500_000_000},
	{-3, "未知", 0},
}

// legacyReport answers a query. Hosts and regions without data are left out.
func (e *Emulator) legacyReport(query legacyQuery, now time.Time) legacyData {
	data := legacyData{Date: query.date, ProvData: []string{}}
	slots := legacySlots(query.day, now)
	if slots == 0 || len(query.isps) > 0 && !slices.Contains(query.isps, legacyISP) {
		return data
	}
	hosts := make(map[string][]legacyRegionData)
	for _, host := range query.hosts {
		for _, region := range legacyRegions {
			if isIdle(host) || region.mean == 0 || len(query.provs) > 0 && !slices.Contains(query.provs, region.id) {
				continue
			}
			hosts[host] = append(hosts[host], e.legacyRegionData(query, host, region, slots))
		}
	}
	if len(hosts) > 0 {
		data.ProvData = hosts
	}
	return data
}

// legacySlots returns how many slots of a day are counted by now.
func legacySlots(day, now time.Time) int64 {
	counted := min(now.Add(-legacyDelay).Sub(day), daySeconds*time.Second)
	return max(0, int64(counted/(slotSeconds*time.Second)))
}

func (e *Emulator) legacyRegionData(query legacyQuery, host string, region legacyRegion, slots int64) legacyRegionData {
	traffic := e.series(region.mean, string(CDNLegacy), host, strconv.Itoa(region.id))
	first := query.day.Unix() / slotSeconds
	bytes := make([]int64, slots)
	for n := range slots {
		bytes[n] = traffic.slot(first + n)
	}
	return legacyRegionData{
		ID:       region.id,
		Name:     region.name,
		Host:     host,
		ISPValue: map[string]map[string]any{query.statType: {strconv.Itoa(legacyISP): legacyValues(query.statType, bytes)}},
	}
}

// legacyStatistics compute a statistic of a slot from its bytes. Those of status codes are not among them.
var legacyStatistics = map[string]func(int64) float64{
	"bandwidth": func(b int64) float64 { return float64(b * 8 / slotSeconds) },
	"requests":  func(b int64) float64 { return float64(legacyRequests(b)) },
	"flux":      func(b int64) float64 { return float64(b) },
	"dlspeed":   legacySpeed,
	"dltime":    func(b int64) float64 { return rounded(legacyRequestBytes*8/legacySpeed(b), 1000) },
	// The low digits of the traffic serve as noise.
	"hitrate": func(b int64) float64 { return rounded(90+float64(b%900)/100, 100) },
}

// legacyValues turns the bytes of slots into a statistic: a list, or for status codes one list for each.
func legacyValues(statType string, bytes []int64) any {
	if statType != "statuscode" {
		return legacyList(bytes, legacyStatistics[statType])
	}
	codes := make(map[string][]float64)
	for _, code := range []string{"200", "304", "404", "500"} {
		codes[code] = legacyList(bytes, func(b int64) float64 { return legacyStatus(code, legacyRequests(b)) })
	}
	return codes
}

func legacyList(bytes []int64, value func(int64) float64) []float64 {
	values := make([]float64, len(bytes))
	for i, b := range bytes {
		values[i] = value(b)
	}
	return values
}

func legacyRequests(bytes int64) int64 { return (bytes + legacyRequestBytes - 1) / legacyRequestBytes }

// legacyStatus returns how many of the requests ended in a status. All statuses add up to the requests.
func legacyStatus(code string, requests int64) float64 {
	notModified, notFound, failed := requests/20, requests/50, requests/400
	switch code {
	case "304":
		return float64(notModified)
	case "404":
		return float64(notFound)
	case "500":
		return float64(failed)
	default:
		return float64(requests - notModified - notFound - failed)
	}
}

// legacySpeed returns the speed of downloads in bit/s, with one decimal: 4 to 8 Mbit/s.
func legacySpeed(bytes int64) float64 { return rounded(4e6+float64(bytes%40_000_000)/10, 10) }

// rounded cuts a number to the decimals of the unit: 100 keeps two.
func rounded(v, unit float64) float64 { return math.Round(v*unit) / unit }
