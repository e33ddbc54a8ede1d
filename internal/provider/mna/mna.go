// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package mna holds the data sources and ephemeral resources of Tencent Cloud MNA, a file each, and what they share.
package mna

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/edgestats/terraform-provider-edgestats/internal/provider/arguments"
	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud/mna"
)

// DataSources returns the constructors of the data sources of MNA.
func DataSources() []func() datasource.DataSource {
	return []func() datasource.DataSource{
		deviceFlowStatistics().New, devices().New, flowPackages().New, flowStatistic().New, groupFlowStatistic().New,
		regionFlowStatistic().New, statisticExport().New,
	}
}

// applicationID is the argument that selects the devices of an application.
const applicationID = "mp_application_id"

// EphemeralResources returns the constructors of the ephemeral resources of MNA.
func EphemeralResources() []func() ephemeral.EphemeralResource {
	return []func() ephemeral.EphemeralResource{ephemeralStatisticExport().New}
}

var (
	windowNames = arguments.WindowNames{
		Start: "begin_time", End: "end_time", Granularity: "time_granularity", Granularities: granularities, Period: periodOf,
	}
	granularities = arguments.Codes(
		arguments.Option{Word: "hour", Code: mna.Hour}, arguments.Option{Word: "day", Code: mna.Day},
		arguments.Option{Word: "minute", Code: mna.Minute}, arguments.Option{Word: "5min", Code: mna.FiveMinutes})
	accessRegions = arguments.WordOptions(
		arguments.Option{Word: "MC", Near: []string{"CN", "China", "mainland", "Chinese mainland"}},
		arguments.Option{Word: "AP", Near: []string{"APAC", "Asia", "Asia-Pacific"}},
		arguments.Option{Word: "EU", Near: []string{"Europe", "EMEA"}},
		arguments.Option{Word: "AM", Near: []string{"US", "NA", "SA", "America", "Americas"}})
	gatewayTypes = arguments.Codes(
		arguments.Option{Word: "public", Code: mna.PublicGateway}, arguments.Option{Word: "private", Code: mna.PrivateGateway})
)

// periodOf returns the period of a granularity. It is an hour where the granularity is not valid, which is an error of its own.
func periodOf(granularity types.String) arguments.Period {
	switch granularities.Word(granularity) {
	case "day":
		return arguments.Day
	case "minute":
		return arguments.Minute
	case "5min":
		return arguments.FiveMinutes
	}
	return arguments.Hour
}

// sharedArguments are the arguments of all MNA data sources.
type sharedArguments struct {
	BeginTime       types.String `tfsdk:"begin_time"`
	EndTime         types.String `tfsdk:"end_time"`
	Lookback        types.String `tfsdk:"lookback"`
	Offset          types.String `tfsdk:"offset"`
	TimeGranularity types.String `tfsdk:"time_granularity"`
	AccessRegion    types.String `tfsdk:"access_region"`
	GatewayType     types.String `tfsdk:"gateway_type"`
}

func (a sharedArguments) window(now time.Time) (*arguments.Window, diag.Diagnostics) {
	return a.windowArguments().Resolve(now, a.period())
}

func (a sharedArguments) windowArguments() arguments.WindowArguments {
	return arguments.WindowArguments{Names: windowNames, Start: a.BeginTime, End: a.EndTime, Lookback: a.Lookback, Offset: a.Offset}
}

func (a sharedArguments) period() arguments.Period { return periodOf(a.TimeGranularity) }

// narrow says how there can be fewer points. No period is longer than a day.
func (a sharedArguments) narrow() arguments.Narrow {
	narrow := arguments.Narrow{Argument: a.windowArguments().StartPath()}
	if a.period() != arguments.Day {
		narrow.Longer = windowNames.Granularity
	}
	return narrow
}

func sharedAttributes(ctx context.Context, into map[string]schema.Attribute) {
	into["time_granularity"] = schema.StringAttribute{
		MarkdownDescription: "Length of a period. " + granularities.MarkdownDescription(ctx) +
			". `minute` and `5min` are documented for mainland accounts only.",
		Required:   true,
		Validators: []validator.String{granularities},
	}
	into["access_region"] = schema.StringAttribute{
		MarkdownDescription: "Access region: `MC` (Chinese mainland), `AP` (Asia-Pacific), `EU` (Europe) or `AM` (Americas). " +
			"Defaults to all of them.",
		Optional:   true,
		Validators: []validator.String{accessRegions},
	}
	into["gateway_type"] = schema.StringAttribute{
		MarkdownDescription: "Kind of gateway. " + gatewayTypes.MarkdownDescription(ctx) + ". The vendor's default is `public`.",
		Optional:            true,
		Validators:          []validator.String{gatewayTypes},
	}
}

// errorArguments tells which argument the vendor's codes point at. The device is the argument that names what is measured; it
// is empty if there is none.
func (a sharedArguments) errorArguments(device string) map[string]path.Path {
	start := a.windowArguments().StartPath()
	places := map[string]path.Path{
		"InvalidParameterValue.TimeSpanExceeded": start,
		"InvalidParameterValue.TimeTooEarly":     start,
		"InvalidParameterValue.TimeFuture":       path.Root(windowNames.End),
	}
	if device != "" {
		places["ResourceNotFound"] = path.Root(device)
		places["OperationDenied.DeviceNotFound"] = path.Root(device)
	}
	return places
}
