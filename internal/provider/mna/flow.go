// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package mna

import (
	"context"
	"maps"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/edgestats/terraform-provider-edgestats/internal/limit"
	"github.com/edgestats/terraform-provider-edgestats/internal/points"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider/arguments"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider/settings"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider/source"
	"github.com/edgestats/terraform-provider-edgestats/internal/stats"
	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud/mna"
)

// flowArguments are the arguments of all data sources for traffic, without those that name what is measured.
type flowArguments struct {
	sharedArguments
	arguments.IncludeArguments

	Type        types.String   `tfsdk:"type"`
	Percentiles []types.Number `tfsdk:"percentiles"`
}

// flowWindow says which periods were read.
type flowWindow struct {
	Window        *arguments.WindowModel `tfsdk:"window"`
	PeriodSeconds types.Int64            `tfsdk:"period_seconds"`
}

// flowFigures is the traffic of one thing.
type flowFigures struct {
	NetDetails points.List  `tfsdk:"net_details"`
	MaxValue   types.Number `tfsdk:"max_value"`
	AvgValue   types.Number `tfsdk:"avg_value"`
	TotalValue types.Number `tfsdk:"total_value"`
	Summary    types.Object `tfsdk:"summary"`
	Bandwidth  types.Object `tfsdk:"bandwidth"`
}

// flowModel is the model of a data source for the traffic of one thing, without the arguments that name it.
type flowModel struct {
	flowArguments
	flowWindow
	flowFigures
	source.Timeouts

	RequestID types.String `tfsdk:"request_id"`
}

var netDetails = points.NewObjects("Traffic per period, in the API's order. The API may return a time twice.",
	map[string]schema.Attribute{
		"time":    arguments.ComputedText("Time of the period as the API returns it, RFC 3339 in UTC+8."),
		"current": arguments.ComputedNumber("Traffic of the period in bytes."),
	})

var flowTypes = arguments.Codes(
	arguments.Option{Word: "uplink", Code: mna.Uplink, Near: []string{"up", "upload", "upstream"}},
	arguments.Option{Word: "downlink", Code: mna.Downlink, Near: []string{"down", "download", "downstream"}},
	arguments.Option{Word: "total", Code: mna.Total})

// flowModelAttributes adds the attributes of flowModel.
func flowModelAttributes(ctx context.Context, into map[string]schema.Attribute) {
	maps.Copy(into, flowFigureAttributes())
	into["request_id"] = arguments.RequestIDAttribute()
	flowAttributes(ctx, into, "", arguments.IncludePoints, arguments.IncludeRequestID)
}

// flowAttributes adds the attributes of flowArguments, whose include has the given values, and of flowWindow. The series is what
// has traffic of its own; it is empty if there is only one.
func flowAttributes(ctx context.Context, into map[string]schema.Attribute, series string, include ...string) {
	into["type"] = schema.StringAttribute{
		MarkdownDescription: "Direction of the traffic. " + flowTypes.MarkdownDescription(ctx) + ".",
		Required:            true,
		Validators:          []validator.String{flowTypes},
	}
	into["percentiles"] = arguments.PercentilesAttribute()
	into["window"] = arguments.WindowAttribute("UTC+8")
	into["period_seconds"] = arguments.PeriodSecondsAttribute()
	windowNames.Attributes(into)
	sharedAttributes(ctx, into)
	arguments.IncludeRules{Points: "`net_details`", Series: series, Values: include}.Attributes(into)
}

func flowFigureAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"net_details": netDetails.Attribute(),
		"max_value":   arguments.ComputedNumber("Greatest traffic of a period in bytes, as the API returns it."),
		"avg_value":   arguments.ComputedNumber("Average traffic of a period in bytes, as the API returns it."),
		"total_value": arguments.ComputedNumber("Traffic of the whole window in bytes, as the API returns it; it may differ from `summary.total`."),
		"summary":     arguments.SummaryAttribute("net_details", "bytes"),
		"bandwidth":   bandwidthAttribute(),
	}
}

// window resolves the window and refuses one of too many periods: the vendor returns all of them.
func (a flowArguments) window(now time.Time) (*arguments.Window, diag.Diagnostics) {
	w, diags := a.sharedArguments.window(now)
	if diags.HasError() {
		return nil, diags
	}
	return w, append(diags, a.CheckPoints(w.Periods(a.period()), 0, a.narrow())...)
}

// request returns what all requests for traffic have in common.
func (a flowArguments) request(w *arguments.Window) mna.FlowArguments {
	return mna.FlowArguments{
		BeginTime:       new(w.Start.Unix()),
		EndTime:         new(w.LastSecond().Unix()),
		Type:            flowTypes.Code(a.Type),
		TimeGranularity: granularities.Code(a.TimeGranularity),
		AccessRegion:    a.AccessRegion.ValueStringPointer(),
		GatewayType:     gatewayTypes.Code(a.GatewayType),
		Limits:          a.Limits(),
	}
}

// operation describes a read. The device is the argument that names what is measured; it is empty if there is none.
func (a flowArguments) operation(noun, action, device string, w *arguments.Window) source.Operation {
	return source.Operation{
		Noun: noun, Action: action, Window: w,
		Arguments: a.errorArguments(device), Include: a.IncludeArguments, Narrow: a.narrow(),
	}
}

func (a flowArguments) windowModel(w *arguments.Window) flowWindow {
	return flowWindow{Window: w.Model(), PeriodSeconds: a.period().Seconds()}
}

// figures converts the traffic of one thing.
func (a flowArguments) figures(ctx context.Context, f mna.Flow) (flowFigures, error) {
	samples := make([]stats.Sample, len(f.NetDetails))
	for i, detail := range f.NetDetails {
		samples[i] = stats.Sample{Time: detail.Time.In(arguments.Beijing), Value: detail.Current}
	}
	summary, figures, err := arguments.NewSummary(ctx, samples, stats.Amounts, a.Percentiles)
	if err != nil {
		return flowFigures{}, err
	}
	details := netDetails.Null()
	if a.Includes(arguments.IncludePoints) {
		details, err = netDetails.List(ctx, len(samples), func(i int) (points.Object, error) {
			return points.Object{"time": points.Time(samples[i].Time), "current": points.Number(samples[i].Value)}, nil
		})
	}
	return flowFigures{
		NetDetails: details,
		MaxValue:   arguments.Number(f.Max), AvgValue: arguments.Number(f.Average), TotalValue: arguments.Number(f.Total),
		Summary: summary, Bandwidth: newBandwidth(figures, a.period()),
	}, err
}

// object returns the figures as an element of a map.
func (f flowFigures) object(ctx context.Context) (points.Object, error) {
	object := make(points.Object)
	for name, value := range map[string]attr.Value{
		"net_details": f.NetDetails, "max_value": f.MaxValue, "avg_value": f.AvgValue, "total_value": f.TotalValue,
		"summary": f.Summary, "bandwidth": f.Bandwidth,
	} {
		raw, err := value.ToTerraformValue(ctx)
		if err != nil {
			return nil, err
		}
		object[name] = raw
	}
	return object, nil
}

// flowCall is a call for the traffic of one thing.
type flowCall func(*mna.Client) (*mna.FlowStatistic, error)

// read fills the model with one call, or with none if the window is empty.
func (m *flowModel) read(ctx context.Context, c *settings.Clients, o source.Operation, call flowCall) diag.Diagnostics {
	client, problem := c.MNA()
	if problem != nil {
		return diag.Diagnostics{problem}
	}
	statistic, err := &mna.FlowStatistic{}, error(nil)
	if !o.Window.IsEmpty() {
		statistic, err = call(client)
	}
	if err == nil {
		err = m.flatten(ctx, o.Window, statistic)
	}
	return o.Diagnostics(ctx, err)
}

func (m *flowModel) flatten(ctx context.Context, w *arguments.Window, f *mna.FlowStatistic) (err error) {
	if err := m.Limits().Result().Add(limit.Size{Points: len(f.NetDetails)}); err != nil {
		return err
	}
	m.flowWindow = m.windowModel(w)
	m.RequestID = m.IncludeArguments.RequestID(f.RequestID)
	m.flowFigures, err = m.figures(ctx, f.Flow)
	return err
}
