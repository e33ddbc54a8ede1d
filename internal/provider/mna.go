// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud/mna"
)

// What the MNA data sources have in common.

var (
	mnaWindow        = windowNames{start: "begin_time", end: "end_time"}
	mnaGranularities = choice{{"hour", mna.Hour}, {"day", mna.Day}, {"minute", mna.Minute}, {"5min", mna.FiveMinutes}}
	mnaGatewayTypes  = choice{{"public", mna.PublicGateway}, {"private", mna.PrivateGateway}}
)

// mnaArguments are the arguments that all of them have.
type mnaArguments struct {
	BeginTime       types.String `tfsdk:"begin_time"`
	EndTime         types.String `tfsdk:"end_time"`
	Lookback        types.String `tfsdk:"lookback"`
	TimeGranularity types.String `tfsdk:"time_granularity"`
	AccessRegion    types.String `tfsdk:"access_region"`
	GatewayType     types.String `tfsdk:"gateway_type"`
}

func (a mnaArguments) window(c clock.Clock) (*window, diag.Diagnostic) {
	return a.windowArguments().resolve(c.Now(), a.period())
}

func (a mnaArguments) windowArguments() windowArguments {
	return windowArguments{mnaWindow, a.BeginTime, a.EndTime, a.Lookback}
}

func (a mnaArguments) period() period {
	switch mnaGranularities.word(a.TimeGranularity) {
	case "day":
		return dayPeriod
	case "minute":
		return minutePeriod
	case "5min":
		return fiveMinutePeriod
	}
	return hourPeriod
}

func mnaAttributes(ctx context.Context, into map[string]schema.Attribute) {
	into["time_granularity"] = schema.StringAttribute{
		MarkdownDescription: "Length of a period. " + mnaGranularities.MarkdownDescription(ctx) +
			". `minute` and `5min` are documented for mainland accounts only.",
		Required:   true,
		Validators: []validator.String{mnaGranularities},
	}
	into["access_region"] = schema.StringAttribute{
		MarkdownDescription: "Region of access: `MC` (Chinese mainland), `AP` (Asia-Pacific), `EU` (Europe) or `AM` (Americas). " +
			"Defaults to all of them.",
		Optional:   true,
		Validators: []validator.String{stringvalidator.OneOf("MC", "AP", "EU", "AM")},
	}
	into["gateway_type"] = schema.StringAttribute{
		MarkdownDescription: "Kind of gateway. " + mnaGatewayTypes.MarkdownDescription(ctx) + ". The vendor's default is `public`.",
		Optional:            true,
		Validators:          []validator.String{mnaGatewayTypes},
	}
}

// errorArguments tells which argument the vendor's codes point at.
func (a mnaArguments) errorArguments(device string) map[string]path.Path {
	start := a.windowArguments().startPath()
	return map[string]path.Path{
		"InvalidParameterValue.TimeSpanExceeded": start,
		"InvalidParameterValue.TimeTooEarly":     start,
		"InvalidParameterValue.TimeFuture":       path.Root(mnaWindow.end),
		"ResourceNotFound":                       path.Root(device),
		"OperationDenied.DeviceNotFound":         path.Root(device),
	}
}
