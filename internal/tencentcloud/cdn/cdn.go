// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package cdn calls the Content Delivery Network API, version 2018-06-06.
package cdn

import (
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud"
)

// Client calls the CDN API.
type Client struct {
	api             *tencentcloud.Client
	districtISPData tencentcloud.Action
}

// New returns a client.
func New(c tencentcloud.Config) *Client {
	api := tencentcloud.New(c)
	return &Client{api: api, districtISPData: api.Action("cdn", "2018-06-06", "DescribeDistrictIspData")}
}

// Interval is the length of a period, as the API names it.
type Interval string

// Values of Interval.
const (
	Minute      Interval = "min"
	FiveMinutes Interval = "5min"
)

// Duration returns the length of a period.
func (i Interval) Duration() time.Duration {
	if i == Minute {
		return time.Minute
	}
	return 5 * time.Minute
}

// span returns the maximum length of the window of one call.
func (i Interval) span() time.Duration {
	if i == Minute {
		return 10 * time.Minute
	}
	return 3 * time.Hour
}

// zone is UTC+8, the time zone of the API, whose times have no offset.
var zone = time.FixedZone("GMT+08:00", 8*60*60)
