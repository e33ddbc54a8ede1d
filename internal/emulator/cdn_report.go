// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"cmp"
	"strconv"
	"strings"
	"time"
)

// cdnShares divide the traffic of a place by protocol, in thousandths.
var (
	cdnProtocols   = map[string]int64{"http": 150, "https": 850}
	cdnIPProtocols = map[string]int64{"ipv4": 700, "ipv6": 300}
)

const (
	// cdnMean is the bytes that a domain delivers in a slot in the places whose shares add up to a thousand.
	cdnMean = 20_000_000_000
	// cdnRequestBytes is how many bytes make one request.
	cdnRequestBytes = 128 << 10
	// cdnBytes is the quantity that is no number of requests.
	cdnBytes = "bytes"
)

// cdnStatuses are how requests end, in thousandths of them; 0 are those that the client gave up.
var cdnStatuses = []struct {
	code  string
	share int64
}{
	{"0", 6}, {"200", 860}, {"206", 40}, {"302", 12}, {"304", 45}, {"403", 8}, {"404", 24}, {"502", 3}, {"504", 2},
}

// cdnSeries is a series of an answer: the quantities that it adds up, which are cdnBytes or codes of cdnStatuses.
type cdnSeries struct {
	metric     string
	quantities []string
}

// cdnSeriesOf returns the series that a metric stands for; none for a status that never occurs.
func cdnSeriesOf(metric string) []cdnSeries {
	class := func(first string) cdnSeries {
		s := cdnSeries{metric: first + "xx"}
		for _, status := range cdnStatuses {
			if strings.HasPrefix(status.code, first) {
				s.quantities = append(s.quantities, status.code)
			}
		}
		return s
	}
	switch metric {
	case "bandwidth", "flux":
		return []cdnSeries{{metric, []string{cdnBytes}}}
	case "request":
		return []cdnSeries{{metric, class("").quantities}}
	case "statusCode":
		return []cdnSeries{{"0", []string{"0"}}, class("2"), class("3"), class("4"), class("5")}
	}
	first, isClass := strings.CutSuffix(metric, "xx")
	var list []cdnSeries
	if isClass {
		list = append(list, class(first))
	}
	for _, status := range cdnStatuses {
		if status.code == metric || isClass && strings.HasPrefix(status.code, first) {
			list = append(list, cdnSeries{status.code, []string{status.code}})
		}
	}
	return list
}

// cdnData answers a query. Domains, districts and carriers without data are left out.
func (e *Emulator) cdnData(q cdnQuery, now time.Time) []districtISPInfo {
	data := []districtISPInfo{}
	starts := q.starts(now)
	if len(starts) == 0 {
		return data
	}
	pairs := cdnPairs(q.districts, q.isps)
	for _, domain := range q.domains {
		if isIdle(domain) {
			continue
		}
		for _, pair := range pairs {
			for _, s := range cdnSeriesOf(q.metric) {
				streams := e.cdnStreams(q, domain, pair, s.quantities)
				data = append(data, q.info(domain, pair, s.metric, q.points(streams, starts, now)))
			}
		}
	}
	return data
}

// starts returns when the periods begin that the window holds and that have begun by now, in Unix seconds.
func (q cdnQuery) starts(now time.Time) []int64 {
	period := q.interval.period
	var starts []int64
	for n := (q.start.Unix() + period - 1) / period; n*period <= q.end.Unix() && n*period < now.Unix(); n++ {
		starts = append(starts, n*period)
	}
	return starts
}

// cdnStreams returns the streams that add up to what is asked for of one place.
func (e *Emulator) cdnStreams(q cdnQuery, domain string, pair cdnPair, quantities []string) []series {
	var streams []series
	for protocol, protocolShare := range cdnProtocols {
		for ipProtocol, ipShare := range cdnIPProtocols {
			if q.protocol != "all" && q.protocol != protocol ||
				cmp.Or(q.ipProtocol, "all") != "all" && q.ipProtocol != ipProtocol {
				continue
			}
			mean := int64(cdnMean)
			for _, share := range []int64{pair.district.share, pair.isp.share, protocolShare, ipShare} {
				mean = perMille(mean, share)
			}
			for _, quantity := range quantities {
				streams = append(streams, e.series(cdnQuantityMean(quantity, mean), string(CDN), domain,
					strconv.FormatInt(pair.district.id, 10), strconv.FormatInt(pair.isp.id, 10), protocol, ipProtocol, quantity))
			}
		}
	}
	return streams
}

// cdnQuantityMean returns the mean of a quantity where so many bytes are delivered.
func cdnQuantityMean(quantity string, bytes int64) int64 {
	for _, status := range cdnStatuses {
		if status.code == quantity {
			return perMille(bytes/cdnRequestBytes, status.share)
		}
	}
	return bytes
}

// points returns a figure for each period. One that is not over counts the minutes that are over.
func (q cdnQuery) points(streams []series, starts []int64, now time.Time) []int64 {
	elapsed := now.Unix() - now.Unix()%minuteSeconds
	points := make([]int64, len(starts))
	for i, start := range starts {
		for _, s := range streams {
			points[i] += s.sum(start, min(start+q.interval.period, elapsed))
		}
		if q.metric == "bandwidth" {
			points[i] = points[i] * 8 / q.interval.period
		}
	}
	return points
}

func (q cdnQuery) info(domain string, pair cdnPair, metric string, points []int64) districtISPInfo {
	return districtISPInfo{
		Domain:       domain,
		Protocol:     q.protocol,
		IPProtocol:   cmp.Or(q.ipProtocol, "all"),
		StartTime:    q.start.Format(time.DateTime),
		EndTime:      q.end.Format(time.DateTime),
		Interval:     q.interval.period / minuteSeconds,
		Metric:       metric,
		District:     pair.district.id,
		ISP:          pair.isp.id,
		DataPoints:   points,
		DistrictName: pair.district.name,
		ISPName:      pair.isp.name,
	}
}
