// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"cmp"
	"net/http"
	"regexp"
	"slices"
	"time"
)

// What one request for district data may ask for at most.
const (
	cdnMaxDomains  = 20
	cdnMaxDaysBack = 60
)

// cdnBadParameter is the code for what has none of its own.
const cdnBadParameter = "InvalidParameter.CdnParamError"

// cdnInterval is a value of Interval: seconds of a period and of the longest window.
type cdnInterval struct{ period, span int64 }

var cdnIntervals = map[string]cdnInterval{
	"min":  {minuteSeconds, 10 * minuteSeconds},
	"5min": {slotSeconds, 3 * hourSeconds},
}

var (
	cdnMetrics    = []string{"bandwidth", "flux", "request", "statusCode", "2xx", "3xx", "4xx", "5xx"}
	cdnStatusCode = regexp.MustCompile(`^[1-9][0-9]{2}$`)
)

// cdnQuery is what DescribeDistrictIspData asks for.
type cdnQuery struct {
	domains              []string
	start, end           time.Time // both inclusive
	interval             cdnInterval
	metric               string
	districts, isps      []int64 // none: all of them
	protocol, ipProtocol string
}

// districtISPData is the result of DescribeDistrictIspData.
type districtISPData struct {
	Data      []districtISPInfo
	RequestID string `json:"RequestId"`
}

// districtISPInfo is one series. Interval counts minutes.
type districtISPInfo struct {
	Domain       string
	Protocol     string
	IPProtocol   string `json:"IpProtocol"`
	StartTime    string
	EndTime      string
	Interval     int64
	Metric       string
	District     int64
	ISP          int64 `json:"Isp"`
	DataPoints   []int64
	DistrictName string
	ISPName      string `json:"IspName"`
}

// prepareDistrictISPData reads DescribeDistrictIspData, see https://cloud.tencent.com/document/api/228/47395.
func prepareDistrictISPData(e *Emulator, r *http.Request) (func() (any, error), error) {
	now := callOf(r).Time
	q, err := readCDNQuery(tencentParams(r), now)
	if err != nil {
		return nil, err
	}
	return func() (any, error) {
		return districtISPData{Data: e.cdnData(q, now), RequestID: e.requestID()}, nil
	}, nil
}

func readCDNQuery(p *params, now time.Time) (cdnQuery, error) {
	p.require("Domains", "StartTime", "EndTime", "Metric")
	q := cdnQuery{
		domains:    p.list("Domains"),
		metric:     p.text("Metric"),
		districts:  p.integers("Districts"),
		isps:       p.integers("Isps"),
		protocol:   cmp.Or(p.text("Protocol"), "all"),
		ipProtocol: p.text("IpProtocol"),
	}
	start, end, interval := p.text("StartTime"), p.text("EndTime"), cmp.Or(p.text("Interval"), "5min")
	if err := p.finish(); err != nil {
		return q, mistyped(cdnBadParameter, err)
	}
	var known bool
	if q.interval, known = cdnIntervals[interval]; !known {
		return q, failf("InvalidParameter.CdnInvalidParamInterval", "Interval must be min or 5min.")
	}
	if err := q.check(); err != nil {
		return q, err
	}
	return q.between(start, end, now)
}

// check refuses what is wrong with everything but the times.
func (q cdnQuery) check() error {
	switch {
	case len(q.domains) == 0 || slices.Contains(q.domains, ""):
		return failf(cdnBadParameter, "No domain is specified.")
	case len(q.domains) > cdnMaxDomains:
		return failf("InvalidParameter.CdnStatTooManyDomains", "At most %d domains can be queried.", cdnMaxDomains)
	case !slices.Contains(cdnMetrics, q.metric) && !cdnStatusCode.MatchString(q.metric):
		return failf("InvalidParameter.CdnStatInvalidMetric", "The metric `%s` is not supported.", q.metric)
	case !slices.Contains([]string{"all", "http", "https"}, q.protocol):
		return failf(cdnBadParameter, "Protocol must be all, http or https.")
	case !slices.Contains([]string{"", "all", "ipv4", "ipv6"}, q.ipProtocol):
		return failf(cdnBadParameter, "IpProtocol must be all, ipv4 or ipv6.")
	case q.ipProtocol != "" && len(q.districts)+len(q.isps) > 0:
		return failf(cdnBadParameter, "IpProtocol cannot be combined with Districts or Isps.")
	}
	if i := slices.IndexFunc(q.domains, isMissing); i >= 0 {
		return failf("ResourceNotFound.CdnHostNotExists", "The domain `%s` does not exist.", q.domains[i])
	}
	return nil
}

// between returns the query with a window. The vendor does not say at which moment data becomes too old: here it is at
// midnight.
func (q cdnQuery) between(start, end string, now time.Time) (cdnQuery, error) {
	const code = "InvalidParameter.CdnStatInvalidDate"
	var errStart, errEnd error
	q.start, errStart = time.ParseInLocation(time.DateTime, start, chinaTime)
	q.end, errEnd = time.ParseInLocation(time.DateTime, end, chinaTime)
	if errStart != nil || errEnd != nil {
		return q, failf(code, "Times must be given as YYYY-MM-DD hh:mm:ss.")
	}
	year, month, day := now.In(chinaTime).Date()
	oldest := time.Date(year, month, day-cdnMaxDaysBack, 0, 0, 0, 0, chinaTime)
	span := time.Duration(q.interval.span) * time.Second
	switch {
	case q.end.Before(q.start):
		return q, failf(code, "StartTime must not be after EndTime.")
	case q.end.Sub(q.start) > span:
		return q, failf(code, "The time span exceeds %s.", span)
	case q.start.Before(oldest) || q.start.After(now):
		return q, failf(code, "StartTime must be within the last %d days.", cdnMaxDaysBack)
	}
	return q, nil
}
