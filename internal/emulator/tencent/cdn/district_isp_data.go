// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package cdn

import (
	"cmp"
	"regexp"
	"slices"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/exchange"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/figures"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/params"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/tencent"
)

// Limits on one request.
const (
	maxDomains  = 20
	maxDaysBack = 60
)

// badParameter is the code for invalid parameters that have no code of their own.
const badParameter = "InvalidParameter.CdnParamError"

// interval is a value of Interval: the lengths of a period and of the longest window in seconds.
type interval struct{ period, span int64 }

var intervals = map[string]interval{
	"min":  {figures.Minute, 10 * figures.Minute},
	"5min": {figures.Slot, 3 * figures.Hour},
}

var (
	metrics    = []string{"bandwidth", "flux", "request", "statusCode", "2xx", "3xx", "4xx", "5xx"}
	statusCode = regexp.MustCompile(`^[1-9][0-9]{2}$`)
)

// query contains the parameters of DescribeDistrictIspData.
type query struct {
	domains              []string
	start, end           time.Time // both inclusive
	interval             interval
	metric               string
	districts, isps      []int64 // empty for all
	protocol, ipProtocol string
}

// districtISPData is the result of DescribeDistrictIspData.
type districtISPData struct {
	Data []districtISPInfo
}

// districtISPInfo is one series. Interval is in minutes.
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

// districtISPData implements DescribeDistrictIspData, see https://cloud.tencent.com/document/api/228/47395.
func (s service) districtISPData(x *exchange.Exchange, p *params.Params) (func() any, error) {
	q, err := readQuery(p, x.Time)
	if err != nil {
		return nil, err
	}
	return func() any { return districtISPData{Data: s.data(q, x.Time)} }, nil
}

func readQuery(p *params.Params, now time.Time) (query, error) {
	p.Require("Domains", "StartTime", "EndTime", "Metric")
	q := query{
		domains:    p.List("Domains"),
		metric:     p.Text("Metric"),
		districts:  p.Integers("Districts"),
		isps:       p.Integers("Isps"),
		protocol:   cmp.Or(p.Text("Protocol"), "all"),
		ipProtocol: p.Text("IpProtocol"),
	}
	start, end, name := p.Text("StartTime"), p.Text("EndTime"), cmp.Or(p.Text("Interval"), "5min")
	if err := p.Finish(); err != nil {
		return q, tencent.Mistyped(badParameter, err)
	}
	var known bool
	if q.interval, known = intervals[name]; !known {
		return q, tencent.Errorf("InvalidParameter.CdnInvalidParamInterval", "Interval must be min or 5min.")
	}
	if err := q.check(); err != nil {
		return q, err
	}
	return q.between(start, end, now)
}

// check returns an error for invalid parameters other than times.
func (q query) check() error {
	switch {
	case len(q.domains) == 0 || slices.Contains(q.domains, ""):
		return tencent.Errorf(badParameter, "No domain is specified.")
	case len(q.domains) > maxDomains:
		return tencent.Errorf("InvalidParameter.CdnStatTooManyDomains", "At most %d domains can be queried.", maxDomains)
	case !slices.Contains(metrics, q.metric) && !statusCode.MatchString(q.metric):
		return tencent.Errorf("InvalidParameter.CdnStatInvalidMetric", "The metric `%s` is not supported.", q.metric)
	case !slices.Contains([]string{"all", "http", "https"}, q.protocol):
		return tencent.Errorf(badParameter, "Protocol must be all, http or https.")
	case !slices.Contains([]string{"", "all", "ipv4", "ipv6"}, q.ipProtocol):
		return tencent.Errorf(badParameter, "IpProtocol must be all, ipv4 or ipv6.")
	case q.ipProtocol != "" && len(q.districts)+len(q.isps) > 0:
		return tencent.Errorf(badParameter, "IpProtocol cannot be combined with Districts or Isps.")
	}
	if i := slices.IndexFunc(q.domains, figures.IsMissing); i >= 0 {
		return tencent.Errorf("ResourceNotFound.CdnHostNotExists", "The domain `%s` does not exist.", q.domains[i])
	}
	return nil
}

// between returns the query with a window. The vendor does not say at what time of day data becomes too old; here it is
// midnight.
func (q query) between(start, end string, now time.Time) (query, error) {
	const code = "InvalidParameter.CdnStatInvalidDate"
	var errStart, errEnd error
	q.start, errStart = time.ParseInLocation(time.DateTime, start, figures.ChinaTime)
	q.end, errEnd = time.ParseInLocation(time.DateTime, end, figures.ChinaTime)
	if errStart != nil || errEnd != nil {
		return q, tencent.Errorf(code, "Times must be given as YYYY-MM-DD hh:mm:ss.")
	}
	year, month, day := now.In(figures.ChinaTime).Date()
	oldest := time.Date(year, month, day-maxDaysBack, 0, 0, 0, 0, figures.ChinaTime)
	span := time.Duration(q.interval.span) * time.Second
	switch {
	case q.end.Before(q.start):
		return q, tencent.Errorf(code, "StartTime must not be after EndTime.")
	case q.end.Sub(q.start) > span:
		return q, tencent.Errorf(code, "The time span exceeds %d minutes.", q.interval.span/60)
	case q.start.Before(oldest) || q.start.After(now):
		return q, tencent.Errorf(code, "StartTime must be within the last %d days.", maxDaysBack)
	}
	return q, nil
}
