// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package trro calls the Tencent Real-Time Remote Operations API, version 2022-03-25.
package trro

import "github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud"

// Client calls the TRRO API.
type Client struct {
	api                         *tencentcloud.Client
	devices                     tencentcloud.Action
	projects                    tencentcloud.Action
	sessionStatistics           tencentcloud.Action
	sessionStatisticsByInterval tencentcloud.Action
}

// New returns a client.
func New(c tencentcloud.Config) *Client {
	api := tencentcloud.New(c)
	action := func(name string) tencentcloud.Action { return api.Action("trro", "2022-03-25", name) }
	return &Client{
		api:                         api,
		devices:                     action("GetDevices"),
		projects:                    action("DescribeProjectList"),
		sessionStatistics:           action("DescribeSessionStatistics"),
		sessionStatisticsByInterval: action("DescribeSessionStatisticsByInterval"),
	}
}
