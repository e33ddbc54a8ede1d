// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package mna

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
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

// flowStatistic describes the data source edgestats_mna_flow_statistic.
func flowStatistic() source.DataSource[flowStatisticModel] {
	return source.DataSource[flowStatisticModel]{
		Name:   "mna_flow_statistic",
		Schema: flowStatisticSchema,
		Validators: []datasource.ConfigValidator{
			arguments.ExactlyOneOf(
				arguments.Alternative{Argument: "device_id", For: "one device"},
				arguments.Alternative{Argument: "device_list", For: "several devices, whose traffic is added up"}),
			windowNames.Validator(),
		},
		Window: (*flowStatisticModel).window,
		Read:   readFlowStatistic,
	}
}

type flowStatisticModel struct {
	sharedArguments
	arguments.IncludeArguments
	source.Timeouts

	DeviceID      types.String           `tfsdk:"device_id"`
	DeviceList    []types.String         `tfsdk:"device_list"`
	Type          types.String           `tfsdk:"type"`
	Percentiles   []types.Number         `tfsdk:"percentiles"`
	Window        *arguments.WindowModel `tfsdk:"window"`
	PeriodSeconds types.Int64            `tfsdk:"period_seconds"`
	NetDetails    points.List            `tfsdk:"net_details"`
	MaxValue      types.Number           `tfsdk:"max_value"`
	AvgValue      types.Number           `tfsdk:"avg_value"`
	TotalValue    types.Number           `tfsdk:"total_value"`
	Summary       types.Object           `tfsdk:"summary"`
	Bandwidth     *bandwidthModel        `tfsdk:"bandwidth"`
	RequestID     types.String           `tfsdk:"request_id"`
}

var netDetails = points.NewObjects("Traffic per period, in the API's order; the API may repeat a time.",
	map[string]schema.Attribute{
		"time":    arguments.ComputedText("Time of the period as the API labels it, RFC 3339 in UTC+8."),
		"current": arguments.ComputedNumber("Traffic of the period in bytes."),
	})

var includeRules = arguments.IncludeRules{
	Points: "`net_details`", Values: []string{arguments.IncludePoints, arguments.IncludeRequestID},
}

var flowTypes = arguments.Codes(
	arguments.Option{Word: "uplink", Code: mna.Uplink, Near: []string{"up", "upload", "upstream"}},
	arguments.Option{Word: "downlink", Code: mna.Downlink, Near: []string{"down", "download", "downstream"}},
	arguments.Option{Word: "total", Code: mna.Total})

func flowStatisticSchema(ctx context.Context) schema.Schema {
	s := schema.Schema{
		MarkdownDescription: "Reads how many bytes a device, or several devices together, transferred per period: action " +
			"[GetFlowStatistic](https://www.tencentcloud.com/document/api/1305/79778) of Tencent Cloud MNA.",
		Attributes: map[string]schema.Attribute{
			"device_id": schema.StringAttribute{
				MarkdownDescription: "ID of the device. Give this or `device_list`.",
				Optional:            true,
				Validators:          []validator.String{arguments.NotEmpty()},
			},
			"device_list": schema.ListAttribute{
				MarkdownDescription: "IDs of several devices, whose traffic is added up. Give this or `device_id`.",
				Optional:            true,
				ElementType:         types.StringType,
				Validators:          []validator.List{arguments.Entries{}},
			},
			"type": schema.StringAttribute{
				MarkdownDescription: "Direction of the traffic. " + flowTypes.MarkdownDescription(ctx) + ".",
				Required:            true,
				Validators:          []validator.String{flowTypes},
			},
			"percentiles":    arguments.PercentilesAttribute(),
			"window":         arguments.WindowAttribute(),
			"period_seconds": arguments.PeriodSecondsAttribute(),
			"net_details":    netDetails.Attribute(),
			"max_value":      arguments.ComputedNumber("Greatest traffic of a period in bytes, as the API gives it."),
			"avg_value":      arguments.ComputedNumber("Average traffic of a period in bytes, as the API gives it."),
			"total_value":    arguments.ComputedNumber("Traffic of the whole window in bytes, as the API gives it; it need not equal `summary.total`."),
			"summary":        arguments.SummaryAttribute("net_details", "bytes"),
			"bandwidth":      bandwidthAttribute(),
			"request_id":     arguments.RequestIDAttribute(),
		},
	}
	windowNames.Attributes(s.Attributes)
	sharedAttributes(ctx, s.Attributes)
	includeRules.Attributes(s.Attributes)
	return s
}

// window resolves the window and refuses one of too many periods: the vendor returns all of them.
func (m *flowStatisticModel) window(now time.Time) (*arguments.Window, diag.Diagnostics) {
	w, diags := m.sharedArguments.window(now)
	if diags.HasError() {
		return nil, diags
	}
	return w, append(diags, m.CheckPoints(w.Periods(m.period()), 0, m.narrow())...)
}

func readFlowStatistic(ctx context.Context, c *settings.Clients, m *flowStatisticModel, w *arguments.Window) diag.Diagnostics {
	client, problem := c.MNA()
	if problem != nil {
		return diag.Diagnostics{problem}
	}
	statistic, err := &mna.FlowStatistic{}, error(nil)
	if !w.IsEmpty() {
		statistic, err = client.GetFlowStatistic(ctx, m.request(w))
	}
	if err == nil {
		err = m.flatten(ctx, w, statistic)
	}
	return m.operation(w).Diagnostics(ctx, err)
}

func (m *flowStatisticModel) operation(w *arguments.Window) source.Operation {
	device := "device_id"
	if m.DeviceID.IsNull() {
		device = "device_list"
	}
	return source.Operation{
		Noun: "MNA Flow Statistic", Action: "GetFlowStatistic", Window: w,
		Arguments: m.errorArguments(device), Include: m.IncludeArguments, Narrow: m.narrow(),
	}
}

func (m *flowStatisticModel) request(w *arguments.Window) mna.GetFlowStatisticRequest {
	device := m.DeviceID.ValueStringPointer()
	if device == nil {
		device = new(mna.NoDevice)
	}
	return mna.GetFlowStatisticRequest{
		DeviceID:        device,
		DeviceList:      arguments.StringPointers(m.DeviceList),
		BeginTime:       new(w.Start.Unix()),
		EndTime:         new(w.LastSecond().Unix()),
		Type:            flowTypes.Code(m.Type),
		TimeGranularity: granularities.Code(m.TimeGranularity),
		AccessRegion:    m.AccessRegion.ValueStringPointer(),
		GatewayType:     gatewayTypes.Code(m.GatewayType),
		Limits:          m.Limits(),
	}
}

func (m *flowStatisticModel) flatten(ctx context.Context, w *arguments.Window, f *mna.FlowStatistic) error {
	if err := m.Limits().Result().Add(limit.Size{Points: len(f.NetDetails)}); err != nil {
		return err
	}
	samples := make([]stats.Sample, len(f.NetDetails))
	for i, detail := range f.NetDetails {
		samples[i] = stats.Sample{Time: detail.Time.In(arguments.Beijing), Value: detail.Current}
	}
	summary, figures, err := arguments.NewSummary(ctx, samples, stats.Amounts, m.Percentiles)
	if err != nil {
		return err
	}
	m.Summary, m.Bandwidth = summary, newBandwidthModel(figures, m.period())
	m.Window, m.PeriodSeconds = w.Model(), m.period().Seconds()
	m.MaxValue, m.AvgValue, m.TotalValue = arguments.Number(f.Max), arguments.Number(f.Average), arguments.Number(f.Total)
	m.RequestID = m.IncludeArguments.RequestID(f.RequestID)
	m.NetDetails = netDetails.Null()
	if m.Includes(arguments.IncludePoints) {
		m.NetDetails, err = netDetails.List(ctx, len(samples), func(i int) (points.Object, error) {
			return points.Object{"time": points.Time(samples[i].Time), "current": points.Number(samples[i].Value)}, nil
		})
	}
	return err
}
