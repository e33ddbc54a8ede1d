// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package idiomatic

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/edgestats/terraform-provider-edgestats/internal/decimal"
	"github.com/edgestats/terraform-provider-edgestats/internal/stats"
	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud/mna"
)

// beijing is the zone of the vendor's day.
var beijing = time.FixedZone("", 8*60*60)

type flowStatistic struct{ configured }

type flowStatisticModel struct {
	DeviceID   types.String     `tfsdk:"device_id"`
	BeginTime  types.Int64      `tfsdk:"begin_time"`
	EndTime    types.Int64      `tfsdk:"end_time"`
	NetDetails []netDetailModel `tfsdk:"net_details"`
	Summary    *summaryModel    `tfsdk:"summary"`
	RequestID  types.String     `tfsdk:"request_id"`
}

type netDetailModel struct {
	Time    types.String `tfsdk:"time"`
	Current types.Number `tfsdk:"current"`
}

type summaryModel struct {
	Max   types.Number `tfsdk:"max"`
	Total types.Number `tfsdk:"total"`
	P95   types.Number `tfsdk:"p95"`
}

func (d *flowStatistic) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "idiomatic_mna_flow_statistic"
}

func (d *flowStatistic) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{Attributes: map[string]schema.Attribute{
		"device_id":  schema.StringAttribute{Required: true},
		"begin_time": schema.Int64Attribute{Required: true},
		"end_time":   schema.Int64Attribute{Required: true},
		"net_details": schema.ListNestedAttribute{
			Computed: true,
			NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
				"time":    schema.StringAttribute{Computed: true},
				"current": schema.NumberAttribute{Computed: true},
			}},
		},
		"summary": schema.SingleNestedAttribute{
			Computed: true,
			Attributes: map[string]schema.Attribute{
				"max":   schema.NumberAttribute{Computed: true},
				"total": schema.NumberAttribute{Computed: true},
				"p95":   schema.NumberAttribute{Computed: true},
			},
		},
		"request_id": schema.StringAttribute{Computed: true},
	}}
}

func (d *flowStatistic) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var m flowStatisticModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
	if resp.Diagnostics.HasError() {
		return
	}
	statistic, err := d.clients.mna.GetFlowStatistic(ctx, mna.GetFlowStatisticRequest{
		DeviceID: m.DeviceID.ValueStringPointer(),
		FlowArguments: mna.FlowArguments{
			BeginTime:       m.BeginTime.ValueInt64Pointer(),
			EndTime:         m.EndTime.ValueInt64Pointer(),
			Type:            new(mna.Total),
			TimeGranularity: new(mna.FiveMinutes),
		},
	})
	if err != nil {
		resp.Diagnostics.AddError("Unable to Read", err.Error())
		return
	}
	if err := m.flatten(ctx, statistic); err != nil {
		resp.Diagnostics.AddError("Unable to Read", err.Error())
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, &m)...)
}

func (m *flowStatisticModel) flatten(ctx context.Context, f *mna.FlowStatistic) error {
	m.NetDetails = make([]netDetailModel, len(f.NetDetails))
	samples := make([]stats.Sample, len(f.NetDetails))
	for i, detail := range f.NetDetails {
		m.NetDetails[i] = netDetailModel{
			Time:    types.StringValue(detail.Time.In(beijing).Format(time.RFC3339)),
			Current: number(detail.Current),
		}
		samples[i] = stats.Sample{Time: detail.Time.In(beijing), Value: detail.Current}
	}
	s, err := stats.Summarize(ctx, samples, stats.Amounts)
	if err != nil {
		return err
	}
	m.Summary = &summaryModel{Max: number(s.Max), Total: number(s.Total), P95: number(s.P95)}
	m.RequestID = types.StringValue(f.RequestID)
	return nil
}

func number(d decimal.Decimal) types.Number { return types.NumberValue(d.BigFloat()) }
