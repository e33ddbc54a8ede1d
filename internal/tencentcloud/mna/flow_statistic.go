// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package mna

import (
	"context"

	tchttp "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/http"

	"github.com/edgestats/terraform-provider-edgestats/internal/limit"
	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud"
)

// GetFlowStatisticRequest asks for the traffic of one device, or the sum of several.
type GetFlowStatisticRequest struct {
	// DeviceID is required. It must be NoDevice if DeviceList is set.
	DeviceID *string `json:"DeviceId,omitnil,omitempty" name:"DeviceId"`

	FlowArguments

	DeviceList []*string `json:"DeviceList,omitnil,omitempty" name:"DeviceList"`
}

// GetFlowStatisticByGroupRequest asks for the sum of the traffic of the devices of a group or of an application.
type GetFlowStatisticByGroupRequest struct {
	// GroupID is required. It must be NoGroup if MpApplicationID is set.
	GroupID *string `json:"GroupId,omitnil,omitempty" name:"GroupId"`

	FlowArguments

	MpApplicationID *string `json:"MpApplicationId,omitnil,omitempty" name:"MpApplicationId"`
}

// GetFlowStatisticByRegionRequest asks for the sum of the traffic of all devices of the account. Unlike in other requests,
// a nil GatewayType is sent as PublicGateway.
type GetFlowStatisticByRegionRequest struct{ FlowArguments }

// fresh returns a copy for one attempt.
func (r GetFlowStatisticRequest) fresh() tencentcloud.Request {
	r.BaseRequest = &tchttp.BaseRequest{}
	return &r
}

func (r GetFlowStatisticByGroupRequest) fresh() tencentcloud.Request {
	r.BaseRequest = &tchttp.BaseRequest{}
	return &r
}

func (r GetFlowStatisticByRegionRequest) fresh() tencentcloud.Request {
	r.BaseRequest = &tchttp.BaseRequest{}
	if r.GatewayType == nil {
		r.GatewayType = new(PublicGateway)
	}
	return &r
}

// FlowStatistic is the sum of the requested traffic.
type FlowStatistic struct {
	Flow

	// RequestID is the vendor's request ID. It may be empty.
	RequestID string
}

// GetFlowStatistic returns the traffic of devices per period. See https://www.tencentcloud.com/document/api/1305/79778.
func (c *Client) GetFlowStatistic(ctx context.Context, r GetFlowStatisticRequest) (*FlowStatistic, error) {
	return c.flow(ctx, c.flowStatistic, r.fresh, r.Limits)
}

// GetFlowStatisticByGroup returns the traffic of a group or an application per period. See
// https://www.tencentcloud.com/document/api/1305/79777.
func (c *Client) GetFlowStatisticByGroup(ctx context.Context, r GetFlowStatisticByGroupRequest) (*FlowStatistic, error) {
	return c.flow(ctx, c.flowStatisticByGroup, r.fresh, r.Limits)
}

// GetFlowStatisticByRegion returns the traffic of the account per period. See
// https://www.tencentcloud.com/document/api/1305/79775.
func (c *Client) GetFlowStatisticByRegion(ctx context.Context, r GetFlowStatisticByRegionRequest) (*FlowStatistic, error) {
	return c.flow(ctx, c.flowStatisticByRegion, r.fresh, r.Limits)
}

func (c *Client) flow(
	ctx context.Context, a tencentcloud.Action, build func() tencentcloud.Request, limits limit.Limits,
) (*FlowStatistic, error) {
	return tencentcloud.Call(ctx, c.api, a, tencentcloud.Question[FlowStatistic]{
		Build: build, Limits: limits, Field: (*FlowStatistic).field, Finish: (*FlowStatistic).finish,
	})
}

func (f *FlowStatistic) finish(requestID string) error {
	f.complete()
	f.RequestID = requestID
	return nil
}
