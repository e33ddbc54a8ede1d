// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package mna

import (
	"context"
	"time"

	tchttp "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/http"

	"github.com/edgestats/terraform-provider-edgestats/internal/decimal"
	"github.com/edgestats/terraform-provider-edgestats/internal/jsonread"
	"github.com/edgestats/terraform-provider-edgestats/internal/limit"
	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud"
)

// GetFlowStatisticRequest asks for the traffic of one device, or the sum of several.
type GetFlowStatisticRequest struct {
	*tchttp.BaseRequest

	// DeviceID is required. It is NoDevice if DeviceList is given.
	DeviceID *string `json:"DeviceId,omitnil,omitempty" name:"DeviceId"`
	// BeginTime and EndTime are unix seconds.
	BeginTime *int64 `json:"BeginTime,omitnil,omitempty" name:"BeginTime"`
	EndTime   *int64 `json:"EndTime,omitnil,omitempty" name:"EndTime"`
	// Type is Uplink, Downlink or Total.
	Type *int64 `json:"Type,omitnil,omitempty" name:"Type"`
	// TimeGranularity is Hour, Day, Minute or FiveMinutes.
	TimeGranularity *int64 `json:"TimeGranularity,omitnil,omitempty" name:"TimeGranularity"`
	// AccessRegion is MC, AP, EU or AM; nil means all.
	AccessRegion *string `json:"AccessRegion,omitnil,omitempty" name:"AccessRegion"`
	// GatewayType is PublicGateway (the vendor's default) or PrivateGateway.
	GatewayType *int64    `json:"GatewayType,omitnil,omitempty" name:"GatewayType"`
	DeviceList  []*string `json:"DeviceList,omitnil,omitempty" name:"DeviceList"`
	// Limits limits the result. It is not sent.
	Limits limit.Limits `json:"-"`
}

// fresh returns a copy for one attempt.
func (r GetFlowStatisticRequest) fresh() tencentcloud.Request {
	r.BaseRequest = &tchttp.BaseRequest{}
	return &r
}

// FlowStatistic is the traffic of the requested devices in bytes. Missing numbers are null.
type FlowStatistic struct {
	// NetDetails is in the vendor's order. Times may repeat. It is never nil.
	NetDetails []NetDetail
	// Max, Average and Total are calculated by the vendor and may not match NetDetails.
	Max, Average, Total decimal.Decimal
	RequestID           string
}

// NetDetail is the traffic of one period.
type NetDetail struct {
	// Time is the vendor's label of the period, in UTC.
	Time time.Time
	// Current is the traffic in bytes, or null.
	Current decimal.Decimal
}

type netDetailWire struct {
	Time    jsonread.Value `json:"Time"`
	Current jsonread.Value `json:"Current"`
}

// GetFlowStatistic returns the traffic per period.
// See https://www.tencentcloud.com/document/api/1305/79778.
func (c *Client) GetFlowStatistic(ctx context.Context, r GetFlowStatisticRequest) (*FlowStatistic, error) {
	return tencentcloud.Call(ctx, c.api, c.flowStatistic, tencentcloud.Question[FlowStatistic]{
		Build: r.fresh, Limits: r.Limits, Field: (*FlowStatistic).field, Finish: (*FlowStatistic).finish,
	})
}

func (f *FlowStatistic) field(r *jsonread.Reader, name string) (err error) {
	switch name {
	case "NetDetails":
		f.NetDetails, err = jsonread.Points(r, (*netDetailWire).read)
	case "MaxValue":
		f.Max, err = r.Number()
	case "AvgValue":
		f.Average, err = r.Number()
	case "TotalValue":
		f.Total, err = r.Number()
	}
	return err
}

func (f *FlowStatistic) finish(requestID string) error {
	f.RequestID = requestID
	if f.NetDetails == nil {
		f.NetDetails = []NetDetail{}
	}
	return nil
}

func (w *netDetailWire) read() (d NetDetail, err error) {
	if d.Time, err = tencentcloud.Time(w.Time); err != nil {
		return d, jsonread.At("Time", err)
	}
	d.Current, err = w.Current.Number()
	return d, jsonread.At("Current", err)
}
