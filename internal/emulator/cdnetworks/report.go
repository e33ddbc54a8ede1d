// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package cdnetworks

import (
	"fmt"
	"slices"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/exchange"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/figures"
)

// serviceTypes are the vendor's service types. All of them have the same share of a domain's traffic.
var serviceTypes = []string{
	"web", "web-https", "wsa", "wsa-https", "vodstream", "vod-https", "download", "dl-https", "livestream", "live-https",
	"cloudv-live", "appa", "s-appa", "1028", "1115", "1348", "1369", "1391", "1551",
}

// billingRegions maps billing regions to their mean traffic per slot, in thousandths of a GB. The vendor's documentation
// names cn, kr, hk and apac; us and eu are invented, because the full list is not public.
var billingRegions = map[string]int64{"cn": 1200, "kr": 600, "hk": 300, "apac": 500, "us": 800, "eu": 400}

type relayReport struct {
	Type     string       `json:"type" xml:"type"`
	DateFrom string       `json:"dateFrom" xml:"dateFrom"`
	DateTo   string       `json:"dateTo" xml:"dateTo"`
	Timezone string       `json:"timezone" xml:"timezone"`
	Groups   []relayGroup `json:"groups" xml:"groups"`
}

type relayGroup struct {
	Domain            string      `json:"domain,omitempty" xml:"domain,omitempty"`
	TotalRelayTraffic string      `json:"totalRelayTraffic" xml:"totalRelayTraffic"`
	PeakBandwidth     string      `json:"peakBandwidth,omitempty" xml:"peakBandwidth,omitempty"`
	PeakTime          string      `json:"peakTime,omitempty" xml:"peakTime,omitempty"`
	Items             []relayItem `json:"item" xml:"item"`
}

type relayItem struct {
	Time         string `json:"time" xml:"time"`
	RelayTraffic string `json:"relayTraffic" xml:"relayTraffic"`
}

// report returns the report for a query, with one group for each domain or one group for all. Domains without traffic are
// left out.
func (a *API) report(q query, now time.Time) relayReport {
	report := relayReport{
		Type:     "get-cdn-relay-traffic",
		DateFrom: q.first.Format(time.DateOnly),
		DateTo:   q.last.Format(time.DateOnly),
		Timezone: q.zone,
		Groups:   []relayGroup{},
	}
	all := make([]int64, q.slots(now))
	busy := false
	for i, domain := range q.domains {
		if len(all) == 0 || figures.IsIdle(domain) || slices.Contains(q.domains[:i], domain) {
			continue
		}
		busy = true
		traffic := a.traffic(q, domain, len(all))
		if q.byDomain {
			report.Groups = append(report.Groups, q.group(domain, traffic))
		}
		for n, v := range traffic {
			all[n] += v
		}
	}
	if busy && !q.byDomain {
		report.Groups = append(report.Groups, q.group("", all))
	}
	return report
}

// slots returns the number of slots that have begun. The current slot counts as a whole one.
func (q *query) slots(now time.Time) int {
	until := q.last.AddDate(0, 0, 1)
	if now.Before(until) {
		until = now
	}
	const slot = figures.Slot * time.Second
	return int((until.Sub(q.first) + slot - 1) / slot)
}

// traffic returns the traffic of a domain in each slot, in thousandths of a GB.
func (a *API) traffic(q query, domain string, slots int) []int64 {
	traffic := make([]int64, slots)
	first := q.first.Unix() / figures.Slot
	for region, mean := range billingRegions {
		if len(q.regions) > 0 && !slices.Contains(q.regions, region) {
			continue
		}
		series := a.Series(mean, string(exchange.CDNetworks), domain, region)
		for n := range traffic {
			traffic[n] += shareOf(series.Slot(first+int64(n)), q.services)
		}
	}
	return traffic
}

// shareOf returns the share of service types in the traffic v of a slot. The shares of all service types add up to v
// exactly.
func shareOf(v int64, services []string) int64 {
	if len(services) == 0 {
		return v
	}
	total, count := int64(0), int64(len(serviceTypes))
	for i, service := range serviceTypes {
		if slices.Contains(services, service) {
			total += v*int64(i+1)/count - v*int64(i)/count
		}
	}
	return total
}

// group adds up slots to items of the query's granularity. There is no peak if the items are slots.
func (q *query) group(domain string, traffic []int64) relayGroup {
	group := relayGroup{Domain: domain}
	step := slotsOf[q.granularity]
	total := int64(0)
	for first := 0; first < len(traffic); first += step {
		sum := int64(0)
		for _, v := range traffic[first:min(first+step, len(traffic))] {
			sum += v
		}
		total += sum
		group.Items = append(group.Items, relayItem{Time: q.label(first, step), RelayTraffic: thousandths(sum)})
	}
	group.TotalRelayTraffic = thousandths(total)
	if step > 1 {
		peak := slices.Max(traffic)
		// A thousandth of a GB is 8,000 kbit.
		group.PeakBandwidth = thousandths(peak * 8000 / figures.Slot)
		group.PeakTime = q.label(slices.Index(traffic, peak), 1)
	}
	return group
}

// label returns the label of a period that begins with a slot and has a number of slots: its end, or its start for days or
// when rounding down.
func (q *query) label(slot, slots int) string {
	if slots < slotsOf["1d"] && !q.down {
		slot += slots
	}
	return q.first.Add(time.Duration(slot) * figures.Slot * time.Second).Format(time.DateTime)
}

// thousandths formats a number of thousandths with three decimal places.
func thousandths(n int64) string { return fmt.Sprintf("%d.%03d", n/1000, n%1000) }
