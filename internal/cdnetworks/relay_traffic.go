// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package cdnetworks

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/decimal"
	"github.com/edgestats/terraform-provider-edgestats/internal/jsonread"
	"github.com/edgestats/terraform-provider-edgestats/internal/limit"
	"github.com/edgestats/terraform-provider-edgestats/internal/times"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

// DefaultTimezone is the vendor's zone for requests without one.
const DefaultTimezone = "GMT+08:00"

const relayTrafficPath = "/cdn/traffic/relay"

// Limits of one call of RelayTraffic.
const (
	// MaxDays is the number of calendar days, the first and the last included.
	MaxDays = 30
	// MaxDaysBack is how many days ago the first may be.
	MaxDaysBack = 730
	// MaxDomains is the number of domains; accounts with more must name them.
	MaxDomains = 2000
)

// RelayTrafficRequest asks for whole days, the first at most MaxDaysBack ago. Empty fields are not sent.
type RelayTrafficRequest struct {
	// DateFrom and DateTo are yyyy-MM-dd and inclusive. Both are required.
	DateFrom, DateTo string
	// Timezone is GMT±hh:mm and holds for the dates and for the answer; the vendor's default is DefaultTimezone.
	Timezone string
	// TimeRounding is up or down: whether a period of 5m or 1h is labelled with its end or its start.
	TimeRounding string
	// Domains is empty for all domains of the account.
	Domains        []string
	ServiceTypes   []string
	BillingRegions []string
	// Granularity is 5m, 1h or 1d; the vendor's default is 1d.
	Granularity string
	// GroupBy may hold domain.
	GroupBy []string
	// Limits bound the result. They are not sent.
	Limits limit.Limits
}

// RelayTrafficReport is a report, with groups and items in the vendor's order.
type RelayTrafficReport struct {
	// Type is the vendor's name of the report.
	Type string
	// Location is the fixed offset of the report's times: the answer's own, or else the one asked for.
	Location *time.Location
	// DateFrom and DateTo are the days that the answer names, yyyy-MM-dd; empty if it names none.
	DateFrom, DateTo string
	Groups           []Group
}

// Group is the traffic of one domain, or of all requested domains.
type Group struct {
	// Domain is empty if the vendor gives none.
	Domain string
	// Total is the traffic in the vendor's GB, or null.
	Total decimal.Decimal
	// PeakBandwidth is the highest 5-minute bandwidth in Mbps, or null.
	PeakBandwidth decimal.Decimal
	// PeakTime is the time of the peak, or zero.
	PeakTime time.Time
	Items    []Item
}

// Item is the traffic of one period.
type Item struct {
	// Time is the vendor's label of the period: its end or its start.
	Time time.Time
	// Traffic is in the vendor's GB, or null.
	Traffic decimal.Decimal
}

// RelayTraffic returns the traffic from relay nodes, GetCdnRelayTraffic in the vendor's words:
// https://documents.cdnetworks.com/document/api-doc/39395.
//
// A request beyond MaxDays or MaxDomains is split into parts, which are merged: totals and items are exact sums. The peak
// of a group of more than MaxDomains domains is null, because the peaks of its parts may be at different times. If a part
// fails, the call fails, and the error names the part.
//
// An invalid date or timezone, and parts that the rate limit would delay past the deadline, are errors without a call. A
// result beyond the limits is a *limit.Error. Any other error is a *transport.CallError around an *APIError or one of
// transport's errors: an answer about other days is a *transport.ContentError.
func (c *Client) RelayTraffic(ctx context.Context, r RelayTrafficRequest) (*RelayTrafficReport, error) {
	parts, err := r.parts()
	if err != nil {
		return nil, err
	}
	return c.fetch(ctx, r, parts)
}

// part makes one call.
func (c *Client) part(ctx context.Context, r RelayTrafficRequest) (*RelayTrafficReport, error) {
	zone, err := times.ParseZone(cmp.Or(r.Timezone, DefaultTimezone))
	if err != nil {
		return nil, fmt.Errorf("timezone: %w", err)
	}
	body, err := json.Marshal(r.wire())
	if err != nil {
		return nil, fmt.Errorf("encode the request: %w", err)
	}
	return limit.Ask(ctx, c.config.Policy, string(body), r.Limits, func(ctx context.Context) (*RelayTrafficReport, error) {
		return c.attempt(ctx, r, body, zone)
	})
}

// attempt builds, signs and sends one request and decodes the answer.
func (c *Client) attempt(ctx context.Context, r RelayTrafficRequest, body []byte, zone *time.Location) (*RelayTrafficReport, error) {
	signed := c.config.Clock.Now()
	request, err := c.newRequest(ctx, relayTrafficPath, body, signed)
	if err != nil {
		return nil, err
	}
	answer, err := c.config.HTTP.Exchange(request)
	if err != nil {
		return nil, err
	}
	report, err := c.report(ctx, answer, r, zone)
	if err := answer.CheckClock(c.config.Clock, signed, refusal(err, answer)); err != nil {
		return nil, err
	}
	return report, nil
}

// report reads an answer, or returns the error that the answer stands for.
func (c *Client) report(ctx context.Context, answer *transport.Answer, r RelayTrafficRequest, zone *time.Location) (*RelayTrafficReport, error) {
	report := new(RelayTrafficReport)
	err := c.open(ctx, answer, r.Limits, func(data *jsonread.Reader) error { return report.read(data, zone) })
	switch {
	case err != nil:
		return nil, err
	case report.Location == nil:
		return nil, jsonread.Malformed(answer, "$.data", errNoReport)
	}
	if err := report.checkDays(r, zone); err != nil {
		return nil, jsonread.Malformed(answer, "$.data.report", err)
	}
	return report, nil
}

// wireRelayTraffic is the body of a request.
type wireRelayTraffic struct {
	DateFrom      string `json:"dateFrom,omitempty"`
	DateTo        string `json:"dateTo,omitempty"`
	Timezone      string `json:"timezone,omitempty"`
	TimeRounding  string `json:"timeRounding,omitempty"`
	Domain        string `json:"domain,omitempty"`
	ServiceType   string `json:"serviceType,omitempty"`
	BillingRegion string `json:"billingRegion,omitempty"`
	Granularity   string `json:"granularity,omitempty"`
	GroupBy       string `json:"groupBy,omitempty"`
}

func (r RelayTrafficRequest) wire() wireRelayTraffic {
	const separator = ";"
	return wireRelayTraffic{
		DateFrom:      r.DateFrom,
		DateTo:        r.DateTo,
		Timezone:      r.Timezone,
		TimeRounding:  r.TimeRounding,
		Domain:        strings.Join(r.Domains, separator),
		ServiceType:   strings.Join(r.ServiceTypes, separator),
		BillingRegion: strings.Join(r.BillingRegions, separator),
		Granularity:   r.Granularity,
		GroupBy:       strings.Join(r.GroupBy, separator),
	}
}
