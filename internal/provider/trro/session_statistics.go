// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package trro

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/edgestats/terraform-provider-edgestats/internal/codes"
	"github.com/edgestats/terraform-provider-edgestats/internal/limit"
	"github.com/edgestats/terraform-provider-edgestats/internal/points"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider/arguments"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider/settings"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider/source"
	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud/trro"
)

// sessionStatistics describes the data source edgestats_trro_session_statistics.
func sessionStatistics() source.DataSource[sessionStatisticsModel] {
	return source.DataSource[sessionStatisticsModel]{
		Name:       "trro_session_statistics",
		Schema:     sessionStatisticsSchema,
		Validators: []datasource.ConfigValidator{windowNames.Validator()},
		Window:     (*sessionStatisticsModel).window,
		Read:       readSessionStatistics,
	}
}

type sessionStatisticsModel struct {
	arguments.IncludeArguments
	source.Timeouts

	ProjectID         types.String           `tfsdk:"project_id"`
	StatisticInterval types.String           `tfsdk:"statistic_interval"`
	DeviceID          types.String           `tfsdk:"device_id"`
	StartTime         types.String           `tfsdk:"start_time"`
	EndTime           types.String           `tfsdk:"end_time"`
	Lookback          types.String           `tfsdk:"lookback"`
	Offset            types.String           `tfsdk:"offset"`
	Region            types.String           `tfsdk:"region"`
	Window            *arguments.WindowModel `tfsdk:"window"`
	PeriodSeconds     types.Int64            `tfsdk:"period_seconds"`
	SessionStatistics points.List            `tfsdk:"session_statistics"`
	Summary           *sessionSummaryModel   `tfsdk:"summary"`
	Totals            *sessionTotalsModel    `tfsdk:"totals"`
	RequestID         types.String           `tfsdk:"request_id"`
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

var (
	windowNames = arguments.WindowNames{
		Start: "start_time", End: "end_time", Optional: true, Months: true,
		Granularity: "statistic_interval", Granularities: intervals, Period: periodOf,
	}
	intervals    = arguments.Words(trro.Hour, trro.Day, trro.Month)
	includeRules = arguments.IncludeRules{
		Points: "`session_statistics`", Values: []string{arguments.IncludePoints, arguments.IncludeRequestID, arguments.IncludeTotals},
	}
)

// periodOf returns the period of an interval. It is an hour where the interval is not valid, which is an error of its own.
func periodOf(interval types.String) arguments.Period {
	switch interval.ValueString() {
	case trro.Day:
		return arguments.Day
	case trro.Month:
		return arguments.Month
	}
	return arguments.Hour
}

func sessionStatisticsSchema(context.Context) schema.Schema {
	s := schema.Schema{
		MarkdownDescription: "Reads the remote-control sessions of a project per hour, day or month: action " +
			"[DescribeSessionStatisticsByInterval](https://www.tencentcloud.com/document/product/1252/68095) of Tencent Cloud TRRO.",
		Attributes: map[string]schema.Attribute{
			"project_id": schema.StringAttribute{
				MarkdownDescription: "ID of the project.",
				Required:            true,
				Validators:          []validator.String{arguments.NotEmpty()},
			},
			"statistic_interval": schema.StringAttribute{
				MarkdownDescription: "Length of an interval: `hour`, `day` or `month`.",
				Required:            true,
				Validators:          []validator.String{intervals},
			},
			"device_id": schema.StringAttribute{
				MarkdownDescription: "ID of a device, to count only its sessions. Defaults to all devices of the project.",
				Optional:            true,
				Validators:          []validator.String{arguments.NotEmpty()},
			},
			"region":             regionAttribute(),
			"window":             arguments.WindowAttribute("UTC+8"),
			"period_seconds":     arguments.ComputedInteger("Length of an interval in seconds; null for months."),
			"session_statistics": sessions.Attribute(),
			"summary":            sessionSummaryAttribute(),
			"totals":             sessionTotalsAttribute(),
			"request_id":         arguments.RequestIDAttribute(),
		},
	}
	windowNames.Attributes(s.Attributes)
	includeRules.Attributes(s.Attributes)
	return s
}

// window resolves the window. It is nil where none is given; then none is sent. Any window may be read, however long: the
// vendor returns only periods that have sessions.
func (m *sessionStatisticsModel) window(now time.Time) (*arguments.Window, diag.Diagnostics) {
	return m.windowArguments().Resolve(now, m.period())
}

func (m *sessionStatisticsModel) period() arguments.Period { return periodOf(m.StatisticInterval) }

func readSessionStatistics(ctx context.Context, c *settings.Clients, m *sessionStatisticsModel, w *arguments.Window) diag.Diagnostics {
	client, region, diags := regionalClient(c, m.Region)
	if diags.HasError() {
		return diags
	}
	statistics, err := &trro.SessionStatistics{}, error(nil)
	if w == nil || !w.IsEmpty() {
		statistics, err = client.DescribeSessionStatisticsByInterval(ctx, region, m.request(w))
	}
	if err == nil {
		err = m.flatten(ctx, w, statistics)
	}
	if err != nil || !m.Includes(arguments.IncludeTotals) {
		return m.operation(w, region).Diagnostics(ctx, err)
	}
	return m.readTotals(ctx, client, region, w)
}

func (m *sessionStatisticsModel) windowArguments() arguments.WindowArguments {
	return arguments.WindowArguments{Names: windowNames, Start: m.StartTime, End: m.EndTime, Lookback: m.Lookback, Offset: m.Offset}
}

// operation describes a read that sends a region, or none.
func (m *sessionStatisticsModel) operation(w *arguments.Window, region string) source.Operation {
	narrow := arguments.Narrow{Argument: m.windowArguments().StartPath()}
	if m.period() != arguments.Month {
		narrow.Longer = windowNames.Granularity
	}
	return aboutRegion(region, source.Operation{
		Noun: "TRRO Session Statistics", Action: "DescribeSessionStatisticsByInterval", Window: w,
		Include: m.IncludeArguments, Narrow: narrow,
		Arguments: codes.Table[path.Path]{
			"ResourceNotFound":               path.Root("project_id"),
			"OperationDenied.DeviceNotFound": path.Root("device_id"),
		},
	})
}

func (m *sessionStatisticsModel) request(w *arguments.Window) trro.DescribeSessionStatisticsByIntervalRequest {
	r := trro.DescribeSessionStatisticsByIntervalRequest{
		DescribeSessionStatisticsRequest: trro.DescribeSessionStatisticsRequest{
			ProjectID: m.ProjectID.ValueStringPointer(),
			DeviceID:  m.DeviceID.ValueStringPointer(),
		},
		StatisticInterval: m.StatisticInterval.ValueStringPointer(),
		Limits:            m.Limits(),
	}
	if w != nil {
		r.StartTime, r.EndTime = new(w.Start.Unix()), new(w.LastSecond().Unix())
	}
	return r
}

func (m *sessionStatisticsModel) flatten(ctx context.Context, w *arguments.Window, s *trro.SessionStatistics) (err error) {
	if err := m.Limits().Result().Add(limit.Size{Points: len(s.Rows)}); err != nil {
		return err
	}
	m.Window, m.PeriodSeconds = w.Model(), m.period().Seconds()
	m.Summary = newSessionSummaryModel(s.Rows)
	m.RequestID = m.IncludeArguments.RequestID(s.RequestID)
	m.SessionStatistics = sessions.Null()
	if m.Includes(arguments.IncludePoints) {
		m.SessionStatistics, err = sessions.List(ctx, len(s.Rows), func(i int) (points.Object, error) {
			row := s.Rows[i]
			return points.Object{
				"start_time":               points.Time(row.StartTime.In(arguments.Beijing)),
				"end_time":                 points.Time(row.EndTime.In(arguments.Beijing)),
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
