// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package mna

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/edgestats/terraform-provider-edgestats/internal/provider/arguments"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider/settings"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider/source"
	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud/mna"
)

// regionFlowStatistic describes the data source edgestats_mna_region_flow_statistic.
func regionFlowStatistic() source.DataSource[flowModel] {
	return source.DataSource[flowModel]{
		Name:       "mna_region_flow_statistic",
		Schema:     regionFlowStatisticSchema,
		Validators: []datasource.ConfigValidator{windowNames.Validator()},
		Window:     (*flowModel).window,
		Read:       readRegionFlowStatistic,
	}
}

func regionFlowStatisticSchema(ctx context.Context) schema.Schema {
	s := schema.Schema{
		MarkdownDescription: "Reads how many bytes all devices of the account transferred together per period, in one access region or in all of them: " +
			"action [GetFlowStatisticByRegion](https://www.tencentcloud.com/document/api/1305/79775) of Tencent Cloud MNA.",
		Attributes: make(map[string]schema.Attribute),
	}
	flowModelAttributes(ctx, s.Attributes)
	return s
}

func readRegionFlowStatistic(ctx context.Context, c *settings.Clients, m *flowModel, w *arguments.Window) diag.Diagnostics {
	request := mna.GetFlowStatisticByRegionRequest{FlowArguments: m.request(w)}
	o := m.operation("MNA Region Flow Statistic", "GetFlowStatisticByRegion", "", w)
	return m.read(ctx, c, o, func(client *mna.Client) (*mna.FlowStatistic, error) {
		return client.GetFlowStatisticByRegion(ctx, request)
	})
}
