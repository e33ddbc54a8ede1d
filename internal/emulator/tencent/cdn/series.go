// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package cdn

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/exchange"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/figures"
)

// Shares of the protocols in the traffic of a place, in thousandths.
var (
	protocols   = map[string]int64{"http": 150, "https": 850}
	ipProtocols = map[string]int64{"ipv4": 700, "ipv6": 300}
)

const (
	// meanBytes is the mean number of bytes that a domain delivers in a slot to places whose shares add up to 1000.
	meanBytes = 20_000_000_000
	// requestBytes is the number of bytes per request.
	requestBytes = 128 << 10
	// delivered is the name of the quantity of bytes. The other quantities are numbers of requests, named by status code.
	delivered = "bytes"
)

// statuses are the status codes of requests and their shares in thousandths. 0 is a request that the client gave up.
var statuses = []struct {
	code  string
	share int64
}{
	{"0", 6}, {"200", 860}, {"206", 40}, {"302", 12}, {"304", 45}, {"403", 8}, {"404", 24}, {"502", 3}, {"504", 2},
}

// counted is a series of the response with the quantities that it adds up: delivered or status codes.
type counted struct {
	metric     string
	quantities []string
}

// seriesOf returns the series of a metric. It returns none for a status code that never occurs.
func seriesOf(metric string) []counted {
	class := func(first string) counted {
		c := counted{metric: first + "xx"}
		for _, status := range statuses {
			if strings.HasPrefix(status.code, first) {
				c.quantities = append(c.quantities, status.code)
			}
		}
		return c
	}
	switch metric {
	case "bandwidth", "flux":
		return []counted{{metric, []string{delivered}}}
	case "request":
		return []counted{{metric, class("").quantities}}
	case "statusCode":
		return []counted{{"0", []string{"0"}}, class("2"), class("3"), class("4"), class("5")}
	}
	first, isClass := strings.CutSuffix(metric, "xx")
	var list []counted
	if isClass {
		list = append(list, class(first))
	}
	for _, status := range statuses {
		if status.code == metric || isClass && strings.HasPrefix(status.code, first) {
			list = append(list, counted{status.code, []string{status.code}})
		}
	}
	return list
}

// data returns the series for a query. Domains, districts and carriers without data are left out.
func (s service) data(q query, now time.Time) []districtISPInfo {
	data := []districtISPInfo{}
	starts := q.starts(now)
	if len(starts) == 0 {
		return data
	}
	pairs := pairsOf(q.districts, q.isps)
	for _, domain := range q.domains {
		if figures.IsIdle(domain) {
			continue
		}
		for _, p := range pairs {
			for _, c := range seriesOf(q.metric) {
				streams := s.streams(q, domain, p, c.quantities)
				data = append(data, q.info(domain, p, c.metric, q.points(streams, starts, now)))
			}
		}
	}
	return data
}

// starts returns the start of each period in the window, in Unix seconds. Periods in the future are left out.
func (q query) starts(now time.Time) []int64 {
	period := q.interval.period
	var starts []int64
	for n := (q.start.Unix() + period - 1) / period; n*period <= q.end.Unix() && n*period < now.Unix(); n++ {
		starts = append(starts, n*period)
	}
	return starts
}

// streams returns the series that add up to the given quantities of a place.
func (s service) streams(q query, domain string, p pair, quantities []string) []figures.Series {
	var streams []figures.Series
	for protocol, protocolShare := range protocols {
		for ipProtocol, ipShare := range ipProtocols {
			if q.protocol != "all" && q.protocol != protocol ||
				cmp.Or(q.ipProtocol, "all") != "all" && q.ipProtocol != ipProtocol {
				continue
			}
			mean := int64(meanBytes)
			for _, share := range []int64{p.district.share, p.isp.share, protocolShare, ipShare} {
				mean = figures.PerMille(mean, share)
			}
			for _, quantity := range quantities {
				streams = append(streams, s.Series(quantityMean(quantity, mean), string(exchange.CDN), domain,
					strconv.FormatInt(p.district.id, 10), strconv.FormatInt(p.isp.id, 10), protocol, ipProtocol, quantity))
			}
		}
	}
	return streams
}

// quantityMean returns the mean of a quantity in a place that has the given mean number of bytes.
func quantityMean(quantity string, bytes int64) int64 {
	for _, status := range statuses {
		if status.code == quantity {
			return figures.PerMille(bytes/requestBytes, status.share)
		}
	}
	return bytes
}

// points returns a figure for each period. The current period includes only complete minutes.
func (q query) points(streams []figures.Series, starts []int64, now time.Time) []int64 {
	elapsed := now.Unix() - now.Unix()%figures.Minute
	points := make([]int64, len(starts))
	for i, start := range starts {
		for _, s := range streams {
			points[i] += s.Sum(start, min(start+q.interval.period, elapsed))
		}
		if q.metric == "bandwidth" {
			points[i] = points[i] * 8 / q.interval.period
		}
	}
	return points
}

func (q query) info(domain string, p pair, metric string, points []int64) districtISPInfo {
	return districtISPInfo{
		Domain:       domain,
		Protocol:     q.protocol,
		IPProtocol:   cmp.Or(q.ipProtocol, "all"),
		StartTime:    q.start.Format(time.DateTime),
		EndTime:      q.end.Format(time.DateTime),
		Interval:     q.interval.period / figures.Minute,
		Metric:       metric,
		District:     p.district.id,
		ISP:          p.isp.id,
		DataPoints:   points,
		DistrictName: p.district.name,
		ISPName:      p.isp.name,
	}
}
