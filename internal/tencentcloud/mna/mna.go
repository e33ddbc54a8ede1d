// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package mna calls the Multi-Network Acceleration API, version 2021-01-19.
package mna

import (
	tchttp "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/http"

	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud"
)

const (
	service = "mna"
	version = "2021-01-19"
)

// Client calls the MNA API.
type Client struct {
	api                   *tencentcloud.Client
	devices               tencentcloud.Action
	flowPackages          tencentcloud.Action
	flowStatistic         tencentcloud.Action
	flowStatisticByGroup  tencentcloud.Action
	flowStatisticByRegion tencentcloud.Action
	multiFlowStatistic    tencentcloud.Action
	statisticByName       tencentcloud.Action
	store                 store
}

// New returns a client.
func New(c tencentcloud.Config) *Client {
	api := tencentcloud.New(c)
	action := func(name string) tencentcloud.Action { return api.Action(service, version, name) }
	return &Client{
		api:                   api,
		devices:               action("GetDevices"),
		flowPackages:          action("GetFlowPackages"),
		flowStatistic:         action("GetFlowStatistic"),
		flowStatisticByGroup:  action("GetFlowStatisticByGroup"),
		flowStatisticByRegion: action("GetFlowStatisticByRegion"),
		multiFlowStatistic:    action("GetMultiFlowStatistic"),
		statisticByName:       action("GetStatisticDataByName").Unshared(), // The URL expires.
		store:                 newStore(c),
	}
}

// page contains the paging fields of a request for a list.
type page struct {
	*tchttp.BaseRequest

	PageNumber int64 `json:"PageNumber" name:"PageNumber"`
	PageSize   int64 `json:"PageSize" name:"PageSize"`
}

// Traffic directions of FlowArguments.Type.
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

const (
	// NoDevice is the device ID or name of requests that name devices in a list, or no device.
	NoDevice = "-1"
	// NoGroup is the group ID of requests that name an application.
	NoGroup = "-1"
)
