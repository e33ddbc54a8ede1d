// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud/mna"
)

// What the MNA data sources have in common.

var (
	mnaWindow        = windowNames{start: "begin_time", end: "end_time"}
	mnaGranularities = choice{{"hour", mna.Hour}, {"day", mna.Day}, {"minute", mna.Minute}, {"5min", mna.FiveMinutes}}
	mnaGatewayTypes  = choice{{"public", mna.PublicGateway}, {"private", mna.PrivateGateway}}
)

func mnaPeriod(granularity types.String) period {
	switch mnaGranularities.word(granularity) {
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
		MarkdownDescription: "Region of access: `MC` (Chinese mainland), `AP` (Asia-Pacific), `EU` (Europe) or `AM` (Americas). Defaults to all of them.",
		Optional:            true,
		Validators:          []validator.String{stringvalidator.OneOf("MC", "AP", "EU", "AM")},
	}
	into["gateway_type"] = schema.StringAttribute{
		MarkdownDescription: "Kind of gateway. " + mnaGatewayTypes.MarkdownDescription(ctx) + ". The vendor's default is `public`.",
		Optional:            true,
		Validators:          []validator.String{mnaGatewayTypes},
	}
}

// mnaErrorArguments tells which argument the vendor's codes point at.
func mnaErrorArguments(device path.Path, w windowArguments) map[string]path.Path {
	start := w.startPath()
	return map[string]path.Path{
		"InvalidParameterValue.TimeSpanExceeded": start,
		"InvalidParameterValue.TimeTooEarly":     start,
		"InvalidParameterValue.TimeFuture":       path.Root(w.names.end),
		"ResourceNotFound":                       device,
		"OperationDenied.DeviceNotFound":         device,
	}
}
