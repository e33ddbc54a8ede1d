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
	"github.com/edgestats/terraform-provider-edgestats/internal/split"
	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud"
)

// MaxDaysBack is how many days ago the oldest data is.
const MaxDaysBack = 60

// DistrictISPDataRequest asks for domains over a window. What is empty is not sent.
type DistrictISPDataRequest struct {
	// Domains are the domains to read, at least one.
	Domains []string
	// Start and End are both inclusive: the periods asked for are those that begin from Start to End.
	Start, End time.Time
	// Metric is bandwidth, flux, request, statusCode, 2xx, 3xx, 4xx, 5xx or a status code.
	Metric string
	// Districts and ISPs are the vendor's codes; without any, all are returned. They do not go with IPProtocol.
	Districts, ISPs []int64
	// Protocol is all, http or https.
	Protocol string
	// IPProtocol is all, ipv4 or ipv6.
	IPProtocol string
	// Interval is Minute or FiveMinutes.
	Interval Interval
}

// DistrictISPData are series in the order in which the vendor first names them. Series is never nil.
type DistrictISPData struct {
	Series []Series
	// RequestID is the vendor's id of the last call; it may be empty.
	RequestID string
}

// Series is one metric of one domain in one district with one carrier.
type Series struct {
	Domain string
	// DistrictID and ISPID are the vendor's codes, and null where it gives none. The names are the vendor's, in Chinese.
	DistrictID, ISPID     decimal.Decimal
	DistrictName, ISPName string
	// Protocol and IPProtocol are as the vendor gives them.
	Protocol, IPProtocol string
	// Metric is one of those that the metric asked for stands for: for statusCode 0, 2xx, 3xx, 4xx and 5xx, for 4xx
	// itself and each code of it.
	Metric string
	// Start is the start of the first period, in UTC+8.
	Start time.Time
	// Interval is the length of a period.
	Interval time.Duration
	// Values are one for each period of the window: bit/s for bandwidth, bytes for flux, numbers of requests otherwise.
	// What the vendor left out is null.
	Values []decimal.Decimal
}

// DistrictISPData returns DescribeDistrictIspData: https://cloud.tencent.com/document/api/228/47395. The series span the
// whole window.
//
// Every 20 domains, and every 3 hours of a window, or 10 minutes where periods are minutes, are a call. If one fails, all of
// it does, and the error names its window and domains. What the rate limit would delay past the deadline is refused before
// the first call with a *transport.TooSlowError; any other error is one of tencentcloud.Call.
func (c *Client) DistrictISPData(ctx context.Context, r DistrictISPDataRequest) (*DistrictISPData, error) {
	if err := c.districtISPData.CheckFits(ctx, r.calls()); err != nil {
		return nil, err
	}
	parts := r.parts()
	answers, err := split.Fetch(ctx, parts, func(ctx context.Context, p part) (*DistrictISPData, error) {
		answer, err := tencentcloud.Call(ctx, c.api, c.districtISPData, "", p.fresh, p.read)
		if err != nil && len(parts) > 1 {
			err = fmt.Errorf("part %s: %w", p, err)
		}
		return answer, err
	})
	if err != nil {
		return nil, err
	}
	return r.merge(parts, answers), nil
}

// describeDistrictISPData is the request on the wire.
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

// fresh returns the request of one attempt.
func (p part) fresh() tencentcloud.Request {
	return &describeDistrictISPData{
		BaseRequest: &tchttp.BaseRequest{},
		Domains:     p.Domains,
		StartTime:   wireTime(p.Start),
		EndTime:     wireTime(p.End),
		Metric:      p.Metric,
		Districts:   p.Districts,
		ISPs:        p.ISPs,
		Protocol:    given(p.Protocol),
		IPProtocol:  given(p.IPProtocol),
		Interval:    p.Interval,
	}
}

// given returns nil for an empty text: the SDK's encoder sends every text that is there.
func given(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

func wireTime(t time.Time) string { return t.In(zone).Format(time.DateTime) }

type districtISPDataResult struct {
	tencentcloud.Envelope
	Data []districtISPInfo `json:"Data"`
}

type districtISPInfo struct {
	Domain       string         `json:"Domain"`
	Protocol     string         `json:"Protocol"`
	IPProtocol   string         `json:"IpProtocol"`
	StartTime    string         `json:"StartTime"`
	Interval     decimal.JSON   `json:"Interval"`
	Metric       string         `json:"Metric"`
	District     decimal.JSON   `json:"District"`
	ISP          decimal.JSON   `json:"Isp"`
	DataPoints   []decimal.JSON `json:"DataPoints"`
	DistrictName string         `json:"DistrictName"`
	ISPName      string         `json:"IspName"`
}

// read checks and converts the answer to a part.
func (p part) read(w *districtISPDataResult) (*DistrictISPData, error) {
	d := &DistrictISPData{Series: make([]Series, len(w.Data)), RequestID: w.RequestID}
	for i, info := range w.Data {
		if err := p.readSeries(info, &d.Series[i]); err != nil {
			return nil, fmt.Errorf("Data[%d].%w", i, err)
		}
	}
	return d, nil
}

// readSeries refuses values that cannot be told to belong to the periods asked for.
func (p part) readSeries(w districtISPInfo, into *Series) error {
	*into = Series{
		Domain: w.Domain, DistrictName: w.DistrictName, ISPName: w.ISPName,
		Protocol: w.Protocol, IPProtocol: w.IPProtocol, Metric: cmp.Or(w.Metric, p.Metric),
		Start: p.Start, Interval: p.Interval.Duration(), Values: make([]decimal.Decimal, len(w.DataPoints)),
	}
	var minutes decimal.Decimal
	if err := tencentcloud.Numbers(
		tencentcloud.Number{Name: "Interval", Value: w.Interval, Into: &minutes},
		tencentcloud.Number{Name: "District", Value: w.District, Into: &into.DistrictID},
		tencentcloud.Number{Name: "Isp", Value: w.ISP, Into: &into.ISPID},
	); err != nil {
		return err
	}
	if want := decimal.FromInt(int64(into.Interval / time.Minute)); minutes != want {
		return fmt.Errorf("Interval: %.40s minutes instead of %s", minutes, want)
	}
	if want := wireTime(p.Start); w.StartTime != want {
		return fmt.Errorf("StartTime: %.40q instead of %q", w.StartTime, want)
	}
	if len(w.DataPoints) > p.Periods() {
		return fmt.Errorf("DataPoints: %d values for %d periods", len(w.DataPoints), p.Periods())
	}
	for i, point := range w.DataPoints {
		var err error
		if into.Values[i], err = point.Decimal(); err != nil {
			return fmt.Errorf("DataPoints[%d]: %w", i, err)
		}
	}
	return nil
}
