// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/datasource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
	"github.com/edgestats/terraform-provider-edgestats/internal/limit"
	"github.com/edgestats/terraform-provider-edgestats/internal/points"
	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud/trro"
)

type trroSessionStatisticsDataSource struct{ dataSource }

func newTRROSessionStatisticsDataSource() source {
	return &trroSessionStatisticsDataSource{}
}

type trroSessionStatisticsModel struct {
	pointsArguments

	ProjectID         types.String         `tfsdk:"project_id"`
	StatisticInterval types.String         `tfsdk:"statistic_interval"`
	DeviceID          types.String         `tfsdk:"device_id"`
	StartTime         types.String         `tfsdk:"start_time"`
	EndTime           types.String         `tfsdk:"end_time"`
	Lookback          types.String         `tfsdk:"lookback"`
	Region            types.String         `tfsdk:"region"`
	Window            *windowModel         `tfsdk:"window"`
	SessionStatistics points.List          `tfsdk:"session_statistics"`
	Summary           *sessionSummaryModel `tfsdk:"summary"`
	RequestID         types.String         `tfsdk:"request_id"`
	Timeouts          timeouts.Value       `tfsdk:"timeouts"`
}

type sessionSummaryModel struct {
	Count                     types.Int64  `tfsdk:"count"`
	SessionNum                types.Number `tfsdk:"session_num"`
	TotalDuration             types.Number `tfsdk:"total_duration"`
	MaxActiveFieldDeviceNum   types.Number `tfsdk:"max_active_field_device_num"`
	MaxActiveRemoteDeviceNum  types.Number `tfsdk:"max_active_remote_device_num"`
	MinNotBadSessionRatio     types.Number `tfsdk:"min_not_bad_session_ratio"`
	MinNotBadSessionRatioTime types.String `tfsdk:"min_not_bad_session_ratio_time"`
	FirstTime                 types.String `tfsdk:"first_time"`
	LastTime                  types.String `tfsdk:"last_time"`
}

var trroWindow = windowNames{start: "start_time", end: "end_time"}

func (d *trroSessionStatisticsDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_trro_session_statistics"
}

func (d *trroSessionStatisticsDataSource) Schema(ctx context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Reads the remote-control sessions of a project per interval: action " +
			"[DescribeSessionStatisticsByInterval](https://www.tencentcloud.com/document/product/1252/68095) of Tencent Cloud TRRO.",
		Attributes: map[string]schema.Attribute{
			"project_id": schema.StringAttribute{
				MarkdownDescription: "ID of the project.",
				Required:            true,
				Validators:          []validator.String{notEmpty()},
			},
			"statistic_interval": schema.StringAttribute{
				MarkdownDescription: "Length of an interval: `hour`, `day` or `month`.",
				Required:            true,
				Validators:          []validator.String{stringvalidator.OneOf(trro.Hour, trro.Day, trro.Month)},
			},
			"device_id": schema.StringAttribute{
				MarkdownDescription: "ID of a device, to count only its sessions. Defaults to all devices of the project.",
				Optional:            true,
				Validators:          []validator.String{notEmpty()},
			},
			"region": schema.StringAttribute{
				MarkdownDescription: "Tencent Cloud region, such as `ap-guangzhou`. Defaults to the provider's; the API requires one.",
				Optional:            true,
				Validators:          []validator.String{notEmpty()},
			},
			"window":             windowAttribute(),
			"session_statistics": trroSessionStatistics.Attribute(),
			"summary":            sessionSummaryAttribute(),
			"request_id":         requestIDAttribute(),
			"timeouts":           timeoutsAttribute(ctx),
		},
	}
	trroWindow.attributes(resp.Schema.Attributes)
	pointsAttributes("`session_statistics`", "", resp.Schema.Attributes)
}

func (d *trroSessionStatisticsDataSource) ConfigValidators(context.Context) []datasource.ConfigValidator {
	return []datasource.ConfigValidator{windowValidator{names: trroWindow, optional: true}}
}

func (d *trroSessionStatisticsDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var m trroSessionStatisticsModel
	read(ctx, req, resp, &m, &m.Timeouts, func(ctx context.Context, diags *diag.Diagnostics) {
		client, problem := d.clients.TRRO()
		diags.Append(problem)
		region, problem := d.clients.region(m.Region)
		diags.Append(problem)
		w, problem := m.window(d.clients.clock)
		diags.Append(problem)
		if diags.HasError() {
			return
		}
		statistics, err := client.DescribeSessionStatisticsByInterval(ctx, region, m.request(w))
		if err == nil {
			err = m.flatten(ctx, w, statistics)
		}
		diags.Append(m.diagnostic(ctx, err, m.operation(w), m.windowArguments().startPath()))
	})
}

// window resolves the window arguments; nil means that none is given, and none is sent.
func (m *trroSessionStatisticsModel) window(c clock.Clock) (*window, diag.Diagnostic) {
	a := m.windowArguments()
	if a.start.IsNull() && a.end.IsNull() && a.lookback.IsNull() {
		return nil, nil
	}
	interval := map[string]period{trro.Hour: hourPeriod, trro.Day: dayPeriod, trro.Month: monthPeriod}
	p := interval[m.StatisticInterval.ValueString()]
	w, problem := a.resolve(c.Now(), p)
	if problem != nil {
		return nil, problem
	}
	return w, m.checkWindow(w.periods(p), a.startPath())
}

func (m *trroSessionStatisticsModel) windowArguments() windowArguments {
	return windowArguments{trroWindow, m.StartTime, m.EndTime, m.Lookback}
}

func (m *trroSessionStatisticsModel) operation(w *window) operation {
	return operation{
		noun: "TRRO Session Statistics", action: "DescribeSessionStatisticsByInterval", window: w,
		arguments: map[string]path.Path{
			"ResourceNotFound":               path.Root("project_id"),
			"OperationDenied.DeviceNotFound": path.Root("device_id"),
			"UnsupportedRegion":              path.Root("region"),
		},
	}
}

func (m *trroSessionStatisticsModel) request(w *window) trro.DescribeSessionStatisticsByIntervalRequest {
	r := trro.DescribeSessionStatisticsByIntervalRequest{
		ProjectID:         m.ProjectID.ValueStringPointer(),
		StatisticInterval: m.StatisticInterval.ValueStringPointer(),
		DeviceID:          m.DeviceID.ValueStringPointer(),
		Limits:            m.limits(),
	}
	if w != nil {
		r.StartTime, r.EndTime = new(w.start.Unix()), new(w.wireEnd.Unix())
	}
	return r
}

func (m *trroSessionStatisticsModel) flatten(ctx context.Context, w *window, s *trro.SessionStatistics) (err error) {
	if err := m.limits().Result().Add(limit.Size{Points: len(s.Rows)}); err != nil {
		return err
	}
	m.Window = w.model()
	m.Summary = newSessionSummaryModel(s.Rows)
	m.RequestID = text(s.RequestID)
	m.SessionStatistics = trroSessionStatistics.Null()
	if m.includesPoints() {
		m.SessionStatistics, err = trroSessionStatistics.List(ctx, len(s.Rows), func(i int) (points.Object, error) {
			row := s.Rows[i]
			return points.Object{
				"start_time":               points.Time(row.StartTime),
				"end_time":                 points.Time(row.EndTime),
				"active_field_device_num":  points.Number(row.ActiveFieldDeviceNum),
				"active_remote_device_num": points.Number(row.ActiveRemoteDeviceNum),
				"session_num":              points.Number(row.SessionNum),
				"total_duration":           points.Number(row.TotalDuration),
				"not_bad_session_ratio":    points.Number(row.NotBadSessionRatio),
			}, nil
		})
	}
	return err
}
