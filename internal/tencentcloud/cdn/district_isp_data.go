// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package cdn

import (
	"cmp"
	"context"
	"fmt"
	"time"

	tchttp "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/http"

	"github.com/edgestats/terraform-provider-edgestats/internal/decimal"
	"github.com/edgestats/terraform-provider-edgestats/internal/excerpt"
	"github.com/edgestats/terraform-provider-edgestats/internal/jsonread"
	"github.com/edgestats/terraform-provider-edgestats/internal/limit"
	"github.com/edgestats/terraform-provider-edgestats/internal/split"
	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud"
)

// MaxDaysBack is the age in days of the oldest data that the vendor keeps.
const MaxDaysBack = 60

// DistrictISPDataRequest asks for the values of domains over a window. Empty fields are not sent.
type DistrictISPDataRequest struct {
	// Domains has at least one domain.
	Domains []string
	// Start and End are inclusive: the result contains the periods that begin from Start to End.
	Start, End time.Time
	// Metric is bandwidth, flux, request, statusCode, 2xx, 3xx, 4xx, 5xx or a status code.
	Metric string
	// Districts and ISPs are the vendor's codes. If they are empty, all are returned. They cannot be used with IPProtocol.
	Districts, ISPs []int64
	// Protocol is all, http or https.
	Protocol string
	// IPProtocol is all, ipv4 or ipv6.
	IPProtocol string
	// Interval is Minute or FiveMinutes.
	Interval Interval
	// Limits limits the result.
	Limits limit.Limits
}

// DistrictISPData contains series in the order of their first appearance. Series is never nil.
type DistrictISPData struct {
	Series []Series
	// RequestID is the vendor's request ID of the last call. It may be empty.
	RequestID string
}

// Series is one metric of one domain in one district with one ISP.
type Series struct {
	Domain string
	// DistrictID and ISPID are the vendor's codes, or null. The names are the vendor's, in Chinese.
	DistrictID, ISPID     decimal.Decimal
	DistrictName, ISPName string
	// Protocol and IPProtocol are the vendor's names.
	Protocol, IPProtocol string
	// Metric is the requested metric or a part of it: 0, 2xx, 3xx, 4xx or 5xx for statusCode, and a single code for 4xx.
	Metric string
	// Start is the start of the first period, in UTC+8.
	Start time.Time
	// Interval is the length of a period.
	Interval time.Duration
	// Values contains a value for each period of the window. The unit is bit/s for bandwidth, bytes for flux, and requests
	// otherwise. Missing values are null.
	Values []decimal.Decimal
}

// DistrictISPData calls DescribeDistrictIspData: https://cloud.tencent.com/document/api/228/47395. The series cover the whole
// window.
//
// It makes one call for every 20 domains and every 3 hours of the window, or every 10 minutes if Interval is Minute. If a
// call fails, the read fails, and the error names the window and the domains. If the rate limit would delay calls past the
// deadline, it makes no call and returns a *transport.TooSlowError. A result that exceeds the limits is a *limit.Error. Any
// other error is one of tencentcloud.Call.
func (c *Client) DistrictISPData(ctx context.Context, r DistrictISPDataRequest) (*DistrictISPData, error) {
	if err := c.districtISPData.CheckFits(ctx, r.calls()); err != nil {
		return nil, err
	}
	parts, total := r.parts(), r.Limits.Read(1)
	answers, err := split.Fetch(ctx, parts, func(ctx context.Context, p part) (*DistrictISPData, error) {
		answer, err := tencentcloud.Call(ctx, c.api, c.districtISPData, tencentcloud.Question[DistrictISPData]{
			Build: p.fresh, Limits: p.Limits, Field: p.field, Finish: (*DistrictISPData).finish,
		})
		if err == nil {
			err = total.Add(answer.Size())
		}
		return answer, err
	})
	if err != nil {
		return nil, err
	}
	return r.merge(ctx, parts, answers)
}

// describeDistrictISPData is the request as it is sent.
type describeDistrictISPData struct {
	*tchttp.BaseRequest

	Domains    []string `json:"Domains,omitnil,omitempty" name:"Domains"`
	StartTime  string   `json:"StartTime,omitnil,omitempty" name:"StartTime"`
	EndTime    string   `json:"EndTime,omitnil,omitempty" name:"EndTime"`
	Metric     string   `json:"Metric,omitnil,omitempty" name:"Metric"`
	Districts  []int64  `json:"Districts,omitnil,omitempty" name:"Districts"`
	ISPs       []int64  `json:"Isps,omitnil,omitempty" name:"Isps"`
	Protocol   *string  `json:"Protocol,omitnil,omitempty" name:"Protocol"`
	IPProtocol *string  `json:"IpProtocol,omitnil,omitempty" name:"IpProtocol"`
	Interval   Interval `json:"Interval,omitnil,omitempty" name:"Interval"`
}

// fresh returns a new request for one attempt.
func (p part) fresh() tencentcloud.Request {
	return &describeDistrictISPData{
		BaseRequest: &tchttp.BaseRequest{},
		Domains:     p.Domains,
		StartTime:   wireTime(p.Start),
		EndTime:     wireTime(p.End),
		Metric:      p.Metric,
		Districts:   p.Districts,
		ISPs:        p.ISPs,
		Protocol:    tencentcloud.Optional(p.Protocol),
		IPProtocol:  tencentcloud.Optional(p.IPProtocol),
		Interval:    p.Interval,
	}
}

func wireTime(t time.Time) string { return t.In(zone).Format(time.DateTime) }

// field reads a field of the response to a part.
func (p part) field(into *DistrictISPData, r *jsonread.Reader, name string) error {
	if name != "Data" {
		return nil
	}
	into.Series = []Series{}
	return r.List(func(int) error {
		if err := r.Counter().AddSeries(); err != nil {
			return err
		}
		s, err := p.series(r)
		into.Series = append(into.Series, s)
		return err
	})
}

// Size returns the numbers of series and values.
func (d *DistrictISPData) Size() limit.Size {
	size := limit.Size{Series: len(d.Series)}
	for _, s := range d.Series {
		size.Points += len(s.Values)
	}
	return size
}

func (d *DistrictISPData) finish(requestID string) error {
	d.RequestID = requestID
	if d.Series == nil {
		d.Series = []Series{}
	}
	return nil
}

// series reads a series. It returns an error if the values are not those of the requested periods.
func (p part) series(r *jsonread.Reader) (Series, error) {
	s := Series{Start: p.Start, Interval: p.Interval.Duration(), Values: []decimal.Decimal{}}
	var minutes decimal.Decimal
	var start string
	err := r.Object(func(name string) (err error) {
		switch name {
		case "Domain":
			s.Domain, err = r.Name()
		case "Protocol":
			s.Protocol, err = r.Name()
		case "IpProtocol":
			s.IPProtocol, err = r.Name()
		case "StartTime":
			start, err = r.Text()
		case "Interval":
			minutes, err = r.Number()
		case "Metric":
			s.Metric, err = r.Name()
		case "District":
			s.DistrictID, err = r.Number()
		case "Isp":
			s.ISPID, err = r.Number()
		case "DataPoints":
			s.Values, err = jsonread.Numbers(r)
		case "DistrictName":
			s.DistrictName, err = r.Name()
		case "IspName":
			s.ISPName, err = r.Name()
		}
		return err
	})
	if err != nil {
		return s, err
	}
	s.Metric = cmp.Or(s.Metric, p.Metric)
	return s, p.check(s, minutes, start)
}

func (p part) check(s Series, minutes decimal.Decimal, start string) error {
	if want := decimal.FromInt(int64(s.Interval / time.Minute)); minutes != want {
		return jsonread.At("Interval", fmt.Errorf("%s minutes instead of %s", excerpt.Of(minutes.String()), want))
	}
	if want := wireTime(p.Start); start != want {
		return jsonread.At("StartTime", fmt.Errorf("%s instead of %q", excerpt.Quote(start), want))
	}
	if len(s.Values) > p.Periods() {
		return jsonread.At("DataPoints", fmt.Errorf("%d values for %d periods", len(s.Values), p.Periods()))
	}
	return nil
}
