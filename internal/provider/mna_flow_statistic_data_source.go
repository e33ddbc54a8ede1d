// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/datasource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework-validators/datasourcevalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
	"github.com/edgestats/terraform-provider-edgestats/internal/limit"
	"github.com/edgestats/terraform-provider-edgestats/internal/points"
	"github.com/edgestats/terraform-provider-edgestats/internal/stats"
	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud/mna"
)

type mnaFlowStatisticDataSource struct{ dataSource }

func newMNAFlowStatisticDataSource() source { return &mnaFlowStatisticDataSource{} }

type mnaFlowStatisticModel struct {
	mnaArguments
	pointsArguments

	DeviceID   types.String   `tfsdk:"device_id"`
	DeviceList []types.String `tfsdk:"device_list"`
	Type       types.String   `tfsdk:"type"`
	Window     *windowModel   `tfsdk:"window"`
	NetDetails points.List    `tfsdk:"net_details"`
	MaxValue   types.Number   `tfsdk:"max_value"`
	AvgValue   types.Number   `tfsdk:"avg_value"`
	TotalValue types.Number   `tfsdk:"total_value"`
	Summary    types.Object   `tfsdk:"summary"`
	RequestID  types.String   `tfsdk:"request_id"`
	Timeouts   timeouts.Value `tfsdk:"timeouts"`
}

var mnaNetDetails = points.NewObjects("Traffic per period, in the API's order; the API may repeat a time.",
	map[string]schema.Attribute{
		"time":    computedText("Time of the period as the API labels it, RFC 3339 in UTC."),
		"current": computedNumber("Traffic of the period in bytes."),
	})

var mnaFlowTypes = choice{{"uplink", mna.Uplink}, {"downlink", mna.Downlink}, {"total", mna.Total}}

func (d *mnaFlowStatisticDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_mna_flow_statistic"
}

func (d *mnaFlowStatisticDataSource) Schema(ctx context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Reads how many bytes a device, or several devices together, moved per period: action " +
			"[GetFlowStatistic](https://www.tencentcloud.com/document/api/1305/79778) of Tencent Cloud MNA.",
		Attributes: map[string]schema.Attribute{
			"device_id": schema.StringAttribute{
				MarkdownDescription: "ID of the device. Give this or `device_list`.",
				Optional:            true,
				Validators:          []validator.String{notEmpty()},
			},
			"device_list": schema.ListAttribute{
				MarkdownDescription: "IDs of several devices, whose traffic is added up. Give this or `device_id`.",
				Optional:            true,
				ElementType:         types.StringType,
				Validators:          nameListValidators(),
			},
			"type": schema.StringAttribute{
				MarkdownDescription: "Direction of the traffic. " + mnaFlowTypes.MarkdownDescription(ctx) + ".",
				Required:            true,
				Validators:          []validator.String{mnaFlowTypes},
			},
			"window":      windowAttribute(),
			"net_details": mnaNetDetails.Attribute(),
			"max_value":   computedNumber("Greatest traffic of a period in bytes, as the API gives it."),
			"avg_value":   computedNumber("Average traffic of a period in bytes, as the API gives it."),
			"total_value": computedNumber("Traffic of the whole window in bytes, as the API gives it; it need not equal `summary.total`."),
			"summary":     summaryAttribute("net_details", "bytes"),
			"request_id":  requestIDAttribute(),
			"timeouts":    timeoutsAttribute(ctx),
		},
	}
	mnaWindow.attributes(resp.Schema.Attributes)
	mnaAttributes(ctx, resp.Schema.Attributes)
	pointsAttributes("`net_details`", "", resp.Schema.Attributes)
}

func (d *mnaFlowStatisticDataSource) ConfigValidators(context.Context) []datasource.ConfigValidator {
	return []datasource.ConfigValidator{
		datasourcevalidator.ExactlyOneOf(path.MatchRoot("device_id"), path.MatchRoot("device_list")),
		windowValidator{names: mnaWindow},
	}
}

func (d *mnaFlowStatisticDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var m mnaFlowStatisticModel
	read(ctx, req, resp, &m, &m.Timeouts, func(ctx context.Context, diags *diag.Diagnostics) {
		client, problem := d.clients.MNA()
		diags.Append(problem)
		w, problem := m.window(d.clients.clock)
		diags.Append(problem)
		if diags.HasError() {
			return
		}
		statistic, err := client.GetFlowStatistic(ctx, m.request(w))
		if err == nil {
			err = m.flatten(ctx, w, statistic)
		}
		diags.Append(m.diagnostic(ctx, err, m.operation(w), m.windowArguments().startPath()))
	})
}

// window resolves the window and refuses one of too many periods.
func (m *mnaFlowStatisticModel) window(c clock.Clock) (*window, diag.Diagnostic) {
	w, problem := m.mnaArguments.window(c)
	if problem != nil {
		return nil, problem
	}
	return w, m.checkWindow(w.periods(m.period()), m.windowArguments().startPath())
}

func (m *mnaFlowStatisticModel) operation(w *window) operation {
	device := "device_id"
	if m.DeviceID.IsNull() {
		device = "device_list"
	}
	return operation{
		noun: "MNA Flow Statistic", action: "GetFlowStatistic", window: w,
		arguments: m.errorArguments(device),
	}
}

func (m *mnaFlowStatisticModel) request(w *window) mna.GetFlowStatisticRequest {
	device := m.DeviceID.ValueStringPointer()
	if device == nil {
		device = new(mna.NoDevice)
	}
	return mna.GetFlowStatisticRequest{
		DeviceID:        device,
		DeviceList:      stringPointers(m.DeviceList),
		BeginTime:       new(w.start.Unix()),
		EndTime:         new(w.wireEnd.Unix()),
		Type:            mnaFlowTypes.code(m.Type),
		TimeGranularity: mnaGranularities.code(m.TimeGranularity),
		AccessRegion:    m.AccessRegion.ValueStringPointer(),
		GatewayType:     mnaGatewayTypes.code(m.GatewayType),
		Limits:          m.limits(),
	}
}

func (m *mnaFlowStatisticModel) flatten(ctx context.Context, w *window, f *mna.FlowStatistic) (err error) {
	if err := m.limits().Result().Add(limit.Size{Points: len(f.NetDetails)}); err != nil {
		return err
	}
	samples := make([]stats.Sample, len(f.NetDetails))
	for i, detail := range f.NetDetails {
		samples[i] = stats.Sample{Time: detail.Time, Value: detail.Current}
	}
	if m.Summary, err = newSummary(ctx, samples, stats.Amounts); err != nil {
		return err
	}
	m.Window = w.model()
	m.MaxValue, m.AvgValue, m.TotalValue = number(f.Max), number(f.Average), number(f.Total)
	m.RequestID = text(f.RequestID)
	m.NetDetails = mnaNetDetails.Null()
	if m.includesPoints() {
		m.NetDetails, err = mnaNetDetails.List(ctx, len(f.NetDetails), func(i int) (points.Object, error) {
			detail := f.NetDetails[i]
			return points.Object{"time": points.Time(detail.Time), "current": points.Number(detail.Current)}, nil
		})
	}
	return err
}
