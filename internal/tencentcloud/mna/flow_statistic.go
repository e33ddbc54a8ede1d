// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package mna

import (
	"context"
	"fmt"
	"time"

	tchttp "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/http"

	"github.com/edgestats/terraform-provider-edgestats/internal/decimal"
	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud"
)

// GetFlowStatisticRequest asks for the traffic of one device, or the sum of several.
type GetFlowStatisticRequest struct {
	*tchttp.BaseRequest

	// DeviceID is required; NoDevice where DeviceList is given.
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
	// GatewayType is PublicGateway, which is the vendor's default, or PrivateGateway.
	GatewayType *int64    `json:"GatewayType,omitnil,omitempty" name:"GatewayType"`
	DeviceList  []*string `json:"DeviceList,omitnil,omitempty" name:"DeviceList"`
}

// fresh returns a copy for one attempt.
func (r GetFlowStatisticRequest) fresh() tencentcloud.Request {
	r.BaseRequest = &tchttp.BaseRequest{}
	return &r
}

// FlowStatistic is the traffic of the devices asked for. All figures are bytes and null where the vendor sent none.
type FlowStatistic struct {
	// NetDetails are in the vendor's order, which may repeat times. It is never nil.
	NetDetails []NetDetail
	// Max, Average and Total are the vendor's own figures; they need not follow from NetDetails.
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

type flowStatisticResult struct {
	tencentcloud.Envelope
	NetDetails []struct {
		Time    decimal.JSON `json:"Time"`
		Current decimal.JSON `json:"Current"`
	} `json:"NetDetails"`
	MaxValue   decimal.JSON `json:"MaxValue"`
	AvgValue   decimal.JSON `json:"AvgValue"`
	TotalValue decimal.JSON `json:"TotalValue"`
}

// GetFlowStatistic returns the traffic per period.
// See https://www.tencentcloud.com/document/api/1305/79778.
func (c *Client) GetFlowStatistic(ctx context.Context, r GetFlowStatisticRequest) (*FlowStatistic, error) {
	return tencentcloud.Call(ctx, c.api, c.flowStatistic, "", r.fresh, newFlowStatistic)
}

func newFlowStatistic(w *flowStatisticResult) (*FlowStatistic, error) {
	f := &FlowStatistic{NetDetails: make([]NetDetail, 0, len(w.NetDetails)), RequestID: w.RequestID}
	if err := tencentcloud.Numbers(
		tencentcloud.Number{Name: "MaxValue", Value: w.MaxValue, Into: &f.Max},
		tencentcloud.Number{Name: "AvgValue", Value: w.AvgValue, Into: &f.Average},
		tencentcloud.Number{Name: "TotalValue", Value: w.TotalValue, Into: &f.Total},
	); err != nil {
		return nil, err
	}
	for i, d := range w.NetDetails {
		at, err := tencentcloud.Time(d.Time)
		if err != nil {
			return nil, fmt.Errorf("NetDetails[%d].Time: %w", i, err)
		}
		current, err := d.Current.Decimal()
		if err != nil {
			return nil, fmt.Errorf("NetDetails[%d].Current: %w", i, err)
		}
		f.NetDetails = append(f.NetDetails, NetDetail{Time: at, Current: current})
	}
	return f, nil
}
