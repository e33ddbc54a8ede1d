// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package qcloud

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/edgestats/terraform-provider-edgestats/internal/decimal"
	"github.com/edgestats/terraform-provider-edgestats/internal/jsonread"
	"github.com/edgestats/terraform-provider-edgestats/internal/limit"
	"github.com/edgestats/terraform-provider-edgestats/internal/split"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

const overseaISPDetailAction = "GetCdnOverseaProvIspDetailStat"

// maxHosts is the maximum number of hosts in one call. A call returns one day.
const maxHosts = 5

// OverseaISPDetailRequest asks for the values of hosts on days. Empty fields are not sent.
type OverseaISPDetailRequest struct {
	// Dates are yyyy-mm-dd, days of GMT+8.
	Dates []string
	Hosts []string
	// Provs are codes of regions. If it is empty, all regions are returned.
	Provs []int64
	// ISPs are codes of ISPs. If it is empty, all ISPs are returned. The only overseas code is -1.
	ISPs []int64
	// StatType is bandwidth, requests, flux, statuscode, dlspeed, dltime or hitrate.
	StatType string
	// Limits limits the result. It is not sent.
	Limits limit.Limits
}

// Series is one day of one host in one region with one ISP.
type Series struct {
	// Date is the requested day.
	Date     string
	Host     string
	ProvID   int64
	ProvName string
	// ISPID is nil if the response names no ISP.
	ISPID *int64
	// StatType is the statistic in the response, or else the requested one. It may be empty.
	StatType string
	// StatusCode is an HTTP status such as 404, or a class such as 4XX. It is empty unless StatType is statuscode.
	StatusCode string
	// Values contains a value for every five minutes from midnight GMT+8, 288 for a whole day. The unit is bit/s for
	// bandwidth and dlspeed, bytes for flux, seconds for dltime, percent for hitrate, and requests otherwise. Missing
	// values are null.
	Values []decimal.Decimal
}

// OverseaISPDetail calls GetCdnOverseaProvIspDetailStat: https://cloud.tencent.com/document/api/228/7344. Days are in the
// requested order, and the series of a day in the vendor's order. Series without data are missing. The last half hour is
// incomplete.
//
// It makes one call per day for up to five hosts. If a call fails, the read fails, and the error names the day and the
// hosts. If the rate limit would delay calls past the deadline, it makes no call and returns a *transport.TooSlowError. A
// result that exceeds the limits is a *limit.Error. Any other error is a *transport.CallError that wraps an *APIError, an
// error of package transport or the error of the credential.
func (c *Client) OverseaISPDetail(ctx context.Context, r OverseaISPDetailRequest) ([]Series, error) {
	parts := r.parts()
	if err := c.config.Policy.CheckFits(ctx, len(parts)); err != nil {
		return nil, err
	}
	total := r.Limits.Read(1)
	answers, err := split.Fetch(ctx, parts, func(ctx context.Context, p part) ([]Series, error) {
		series, err := c.part(ctx, p)
		if err == nil {
			err = total.Add(Size(series))
		}
		return series, err
	})
	return slices.Concat(answers...), err
}

// Size returns the numbers of series and points.
func Size(series []Series) limit.Size {
	size := limit.Size{Series: len(series)}
	for _, s := range series {
		size.Points += len(s.Values)
	}
	return size
}

// part is the request of one call.
type part struct {
	OverseaISPDetailRequest
	date string
}

// String names the part in an error.
func (p part) String() string { return p.date + " of " + strings.Join(p.Hosts, ", ") }

func (r OverseaISPDetailRequest) parts() []part {
	var parts []part
	for _, date := range r.Dates {
		for _, hosts := range split.List(r.Hosts, maxHosts) {
			p := part{r, date}
			p.Hosts = hosts
			parts = append(parts, p)
		}
	}
	return parts
}

func (c *Client) part(ctx context.Context, p part) ([]Series, error) {
	question, err := json.Marshal(p.parameters())
	if err != nil {
		return nil, fmt.Errorf("encode the request: %w", err)
	}
	return limit.Ask(ctx, c.config.Policy, string(question), p.Limits, func(ctx context.Context) ([]Series, error) {
		return c.attempt(ctx, p)
	})
}

// attempt makes one attempt of a call.
func (c *Client) attempt(ctx context.Context, r part) ([]Series, error) {
	request, signed, err := c.newRequest(ctx, overseaISPDetailAction, r.parameters())
	if err != nil {
		return nil, err
	}
	answer, err := c.config.HTTP.Exchange(request)
	if err != nil {
		return nil, err
	}
	series, err := c.series(ctx, answer, signed, r)
	if err := answer.CheckClock(c.config.Clock, signed.at, err); err != nil {
		return nil, err
	}
	for i := range series {
		series[i].Date = r.date
	}
	return series, nil
}

// series decodes a response. It returns the vendor's error if the response contains one.
func (c *Client) series(ctx context.Context, answer *transport.Answer, signed signature, r part) ([]Series, error) {
	var d decoder
	present := false
	err := c.open(ctx, answer, signed, r.Limits, func(reader *jsonread.Reader) error {
		present = !reader.IsNull()
		d = decoder{Reader: reader, statType: r.StatType}
		return d.data()
	})
	if err == nil && !present {
		err = jsonread.Malformed(answer, "$.data", errNoData)
	}
	if err != nil {
		return nil, err
	}
	return d.series, nil
}

func (p part) parameters() map[string]string {
	parameters := map[string]string{"date": p.date}
	for i, host := range p.Hosts {
		parameters["hosts."+strconv.Itoa(i)] = host
	}
	for i, prov := range p.Provs {
		parameters["provs."+strconv.Itoa(i)] = strconv.FormatInt(prov, 10)
	}
	for i, isp := range p.ISPs {
		parameters["isps."+strconv.Itoa(i)] = strconv.FormatInt(isp, 10)
	}
	if p.StatType != "" {
		parameters["statType"] = p.StatType
	}
	return parameters
}
