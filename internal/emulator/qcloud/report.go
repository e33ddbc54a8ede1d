// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package qcloud

import (
	"math"
	"slices"
	"strconv"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/exchange"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/figures"
)

// data is the data of a response.
type data struct {
	Date string `json:"date"`
	// ProvData is a map by host. If there are no hosts, it is an empty array, because PHP has one type for both.
	ProvData any `json:"prov_data"`
}

type regionData struct {
	ID   int    `json:"id"`
	Name string `json:"name"`
	Host string `json:"host"`
	// ISPValue maps the statistic and the carrier to a list of values, or for status codes to a map from status codes to
	// lists of values.
	ISPValue map[string]map[string]any `json:"isp_value"`
}

const (
	// overseaISP is the code of all carriers outside the mainland.
	overseaISP = -1
	// delay is the time between the end of a slot and its appearance in reports.
	delay = 30 * time.Minute
	// requestBytes is the number of bytes per request.
	requestBytes = 128 << 10
)

// region is a region of the reports. mean is in bytes per slot; zero means no data.
type region struct {
	id   int
	name string
	mean int64
}

// regions are the regions of the vendor's table, in its order.
var regions = []region{
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

// report returns the data for a query. Hosts and regions without data are left out.
func (a *API) report(q query, now time.Time) data {
	d := data{Date: q.date, ProvData: []string{}}
	slots := countedSlots(q.day, now)
	if slots == 0 || len(q.isps) > 0 && !slices.Contains(q.isps, overseaISP) {
		return d
	}
	hosts := make(map[string][]regionData)
	for _, host := range q.hosts {
		for _, r := range regions {
			if figures.IsIdle(host) || r.mean == 0 || len(q.provs) > 0 && !slices.Contains(q.provs, r.id) {
				continue
			}
			hosts[host] = append(hosts[host], a.regionData(q, host, r, slots))
		}
	}
	if len(hosts) > 0 {
		d.ProvData = hosts
	}
	return d
}

// countedSlots returns the number of slots of a day that reports contain at the time now.
func countedSlots(day, now time.Time) int64 {
	counted := min(now.Add(-delay).Sub(day), figures.Day*time.Second)
	return max(0, int64(counted/(figures.Slot*time.Second)))
}

func (a *API) regionData(q query, host string, r region, slots int64) regionData {
	traffic := a.Series(r.mean, string(exchange.CDNLegacy), host, strconv.Itoa(r.id))
	first := q.day.Unix() / figures.Slot
	bytes := make([]int64, slots)
	for n := range slots {
		bytes[n] = traffic.Slot(first + n)
	}
	return regionData{
		ID:       r.id,
		Name:     r.name,
		Host:     host,
		ISPValue: map[string]map[string]any{q.statType: {strconv.Itoa(overseaISP): valuesOf(q.statType, bytes)}},
	}
}

// statistics maps each statistic, except status codes, to a function that computes it from the bytes of a slot.
var statistics = map[string]func(int64) float64{
	"bandwidth": func(b int64) float64 { return float64(b * 8 / figures.Slot) },
	"requests":  func(b int64) float64 { return float64(requestsOf(b)) },
	"flux":      func(b int64) float64 { return float64(b) },
	"dlspeed":   speedOf,
	"dltime":    func(b int64) float64 { return rounded(requestBytes*8/speedOf(b), 1000) },
	// The low digits of the traffic are noise.
	"hitrate": func(b int64) float64 { return rounded(90+float64(b%900)/100, 100) },
}

// valuesOf computes a statistic from the bytes of slots: a list of values, or for status codes a list for each code.
func valuesOf(statType string, bytes []int64) any {
	if statType != "statuscode" {
		return listOf(bytes, statistics[statType])
	}
	codes := make(map[string][]float64)
	for _, code := range []string{"200", "304", "404", "500"} {
		codes[code] = listOf(bytes, func(b int64) float64 { return statusOf(code, requestsOf(b)) })
	}
	return codes
}

func listOf(bytes []int64, value func(int64) float64) []float64 {
	values := make([]float64, len(bytes))
	for i, b := range bytes {
		values[i] = value(b)
	}
	return values
}

func requestsOf(bytes int64) int64 { return (bytes + requestBytes - 1) / requestBytes }

// statusOf returns the number of requests that ended with a status. All statuses add up to the number of requests.
func statusOf(code string, requests int64) float64 {
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

// speedOf returns the speed of downloads in bit/s, with one decimal: 4 to 8 Mbit/s.
func speedOf(bytes int64) float64 { return rounded(4e6+float64(bytes%40_000_000)/10, 10) }

// rounded rounds to a fraction of one: a unit of 100 keeps two decimal places.
func rounded(v, unit float64) float64 { return math.Round(v*unit) / unit }
