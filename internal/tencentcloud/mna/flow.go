// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package mna

import (
	"time"

	tchttp "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/http"

	"github.com/edgestats/terraform-provider-edgestats/internal/decimal"
	"github.com/edgestats/terraform-provider-edgestats/internal/jsonread"
	"github.com/edgestats/terraform-provider-edgestats/internal/limit"
	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud"
)

// FlowArguments are the arguments of all requests for traffic.
type FlowArguments struct {
	*tchttp.BaseRequest

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
	GatewayType *int64 `json:"GatewayType,omitnil,omitempty" name:"GatewayType"`
	// Limits limits the result. It is not sent.
	Limits limit.Limits `json:"-"`
}

// Flow is traffic in bytes. Missing numbers are null.
type Flow struct {
	// NetDetails is in the vendor's order. Times may repeat. It is never nil.
	NetDetails []NetDetail
	// Max, Average and Total are calculated by the vendor and may not match NetDetails.
	Max, Average, Total decimal.Decimal
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

func (f *Flow) field(r *jsonread.Reader, name string) (err error) {
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

// complete completes a Flow after its fields have been read.
func (f *Flow) complete() {
	if f.NetDetails == nil {
		f.NetDetails = []NetDetail{}
	}
}

func (w *netDetailWire) read() (d NetDetail, err error) {
	if d.Time, err = tencentcloud.Time(w.Time); err != nil {
		return d, jsonread.At("Time", err)
	}
	d.Current, err = w.Current.Number()
	return d, jsonread.At("Current", err)
}
