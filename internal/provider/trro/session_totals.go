// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package trro

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/edgestats/terraform-provider-edgestats/internal/provider/arguments"
	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud/trro"
)

type sessionTotalsModel struct {
	SessionNum            types.Number `tfsdk:"session_num"`
	TotalDuration         types.Number `tfsdk:"total_duration"`
	ActiveFieldDeviceNum  types.Number `tfsdk:"active_field_device_num"`
	ActiveRemoteDeviceNum types.Number `tfsdk:"active_remote_device_num"`
	NotBadSessionRatio    types.Number `tfsdk:"not_bad_session_ratio"`
}

func sessionTotalsAttribute() schema.SingleNestedAttribute {
	return schema.SingleNestedAttribute{
		MarkdownDescription: "Figures of the whole window as the API counts them. They require a second call, " +
			"[DescribeSessionStatistics](https://www.tencentcloud.com/document/product/1252/68096); null unless `include` has `\"totals\"`. " +
			"A device counts once, however many intervals it was active in. All are null if the window contains no whole interval yet.",
		Computed:   true,
		Attributes: sessionFigures(),
	}
}

// readTotals reads the totals of the window. An empty window has none, and makes no call.
func (m *sessionStatisticsModel) readTotals(ctx context.Context, client *trro.Client, region string, w *arguments.Window) diag.Diagnostics {
	totals, err := &trro.SessionTotals{}, error(nil)
	if w == nil || !w.IsEmpty() {
		totals, err = client.DescribeSessionStatistics(ctx, region, m.request(w).DescribeSessionStatisticsRequest)
	}
	if err == nil {
		m.Totals = newSessionTotalsModel(totals.Sessions)
	}
	o := m.operation(w, region)
	o.Action = "DescribeSessionStatistics"
	return o.Diagnostics(ctx, err)
}

func newSessionTotalsModel(s trro.Sessions) *sessionTotalsModel {
	return &sessionTotalsModel{
		SessionNum:            arguments.Number(s.SessionNum),
		TotalDuration:         arguments.Number(s.TotalDuration),
		ActiveFieldDeviceNum:  arguments.Number(s.ActiveFieldDeviceNum),
		ActiveRemoteDeviceNum: arguments.Number(s.ActiveRemoteDeviceNum),
		NotBadSessionRatio:    arguments.Number(s.NotBadSessionRatio),
	}
}
