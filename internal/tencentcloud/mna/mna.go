// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package mna calls the Multi-Network Acceleration API, version 2021-01-19.
package mna

import "github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud"

const (
	service = "mna"
	version = "2021-01-19"
)

// Client calls the MNA API.
type Client struct {
	api             *tencentcloud.Client
	flowStatistic   tencentcloud.Action
	statisticByName tencentcloud.Action
	store           store
}

// New returns a client.
func New(c tencentcloud.Config) *Client {
	api := tencentcloud.New(c)
	return &Client{
		api:             api,
		flowStatistic:   api.Action(service, version, "GetFlowStatistic"),
		statisticByName: api.Action(service, version, "GetStatisticDataByName").Unshared(), // The URL expires.
		store:           newStore(c),
	}
}

// Traffic directions of GetFlowStatisticRequest.Type.
const (
	Uplink   int64 = 1
	Downlink int64 = 2
	Total    int64 = 3
)

// Values of TimeGranularity. Minute and FiveMinutes are documented for mainland accounts only.
const (
	Hour        int64 = 1
	Day         int64 = 2
	Minute      int64 = 3
	FiveMinutes int64 = 4
)

// Values of GatewayType.
const (
	PublicGateway  int64 = 0
	PrivateGateway int64 = 1
)

// NoDevice is the device of requests that name devices in a list, or no device.
const NoDevice = "-1"
