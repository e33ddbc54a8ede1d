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

// DefaultTimezone is the time zone of requests without one.
const DefaultTimezone = "GMT+08:00"

const relayTrafficPath = "/cdn/traffic/relay"

// Limits of one call of RelayTraffic.
const (
	// MaxDays is the maximum number of calendar days, including the first and the last.
	MaxDays = 30
	// MaxDaysBack is the maximum number of days between the first day and today.
	MaxDaysBack = 730
	// MaxDomains is the maximum number of domains. Accounts with more domains must name them.
	MaxDomains = 2000
)

// RelayTrafficRequest asks for the traffic of whole days. Empty fields are not sent.
type RelayTrafficRequest struct {
	// DateFrom and DateTo are yyyy-MM-dd and inclusive. Both are required.
	DateFrom, DateTo string
	// Timezone is GMT±hh:mm. It applies to the dates and the response. The vendor's default is DefaultTimezone.
	Timezone string
	// TimeRounding is up to label periods of 5m or 1h with their end, or down to label them with their start.
	TimeRounding string
	// Domains is empty for all domains of the account.
	Domains        []string
	ServiceTypes   []string
	BillingRegions []string
	// Granularity is 5m, 1h or 1d. The vendor's default is 1d.
	Granularity string
	// GroupBy may contain domain.
	GroupBy []string
	// Limits limits the result. It is not sent.
	Limits limit.Limits
}

// RelayTrafficReport is a report, with groups and items in the vendor's order.
type RelayTrafficReport struct {
	// Type is the vendor's name for the report.
	Type string
	// Location is the fixed offset of the report's times: the one in the response, or else the requested one.
	Location *time.Location
	// DateFrom and DateTo are the days in the response, yyyy-MM-dd. They are empty if the response does not name them.
	DateFrom, DateTo string
	Groups           []Group
}

// Group is the traffic of one domain, or of all requested domains.
type Group struct {
	// Domain is empty if the response names none.
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

// RelayTraffic returns the traffic from relay nodes. The vendor calls it GetCdnRelayTraffic:
// https://documents.cdnetworks.com/document/api-doc/39395.
//
// A request for more than MaxDays or MaxDomains is split into parts, and their responses are merged. Totals and items are
// exact sums. The peak of a group with more than MaxDomains domains is null, because the peaks of its parts may be at
// different times. If a part fails, the read fails, and the error names the part.
//
// If a date or the time zone is invalid, it makes no call. If the rate limit would delay parts past the deadline, it makes
// no call and returns a *transport.TooSlowError. A response about other days is a *transport.ContentError. A result that
// exceeds the limits is a *limit.Error. Any other error is a *transport.CallError that wraps an *APIError or an error of
// package transport.
func (c *Client) RelayTraffic(ctx context.Context, r RelayTrafficRequest) (*RelayTrafficReport, error) {
	parts, err := r.parts()
	if err != nil {
		return nil, err
	}
	return c.fetch(ctx, r, parts)
}

// part makes the call of one part.
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

// attempt builds, signs and sends one request and decodes the response.
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

// report decodes a response, or returns the vendor's error in it.
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
