// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package mna

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/edgestats/terraform-provider-edgestats/internal/provider/arguments"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider/settings"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider/source"
	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud/mna"
)

// groupFlowStatistic describes the data source edgestats_mna_group_flow_statistic.
func groupFlowStatistic() source.DataSource[groupFlowStatisticModel] {
	return source.DataSource[groupFlowStatisticModel]{
		Name:   "mna_group_flow_statistic",
		Schema: groupFlowStatisticSchema,
		Validators: []datasource.ConfigValidator{
			arguments.ExactlyOneOf(
				arguments.Alternative{Argument: "group_id", For: "the devices of a group"},
				arguments.Alternative{Argument: applicationID, For: "the devices of an application"}),
			windowNames.Validator(),
		},
		Window: (*groupFlowStatisticModel).window,
		Read:   readGroupFlowStatistic,
	}
}

type groupFlowStatisticModel struct {
	flowModel

	GroupID         types.String `tfsdk:"group_id"`
	MpApplicationID types.String `tfsdk:"mp_application_id"`
}

func groupFlowStatisticSchema(ctx context.Context) schema.Schema {
	s := schema.Schema{
		MarkdownDescription: "Reads how many bytes the devices of a group, or of an application, transferred together per period: action " +
			"[GetFlowStatisticByGroup](https://www.tencentcloud.com/document/api/1305/79777) of Tencent Cloud MNA.",
		Attributes: map[string]schema.Attribute{
			"group_id": schema.StringAttribute{
				MarkdownDescription: "ID of the group. Set this or `mp_application_id`.",
				Optional:            true,
				Validators:          []validator.String{arguments.NotEmpty()},
			},
			applicationID: schema.StringAttribute{
				MarkdownDescription: "ID of the application. Set this or `group_id`.",
				Optional:            true,
				Validators:          []validator.String{arguments.NotEmpty()},
			},
		},
	}
	flowModelAttributes(ctx, s.Attributes)
	return s
}

func readGroupFlowStatistic(ctx context.Context, c *settings.Clients, m *groupFlowStatisticModel, w *arguments.Window) diag.Diagnostics {
	request := mna.GetFlowStatisticByGroupRequest{
		GroupID: m.GroupID.ValueStringPointer(), MpApplicationID: m.MpApplicationID.ValueStringPointer(), FlowArguments: m.request(w),
	}
	group := "group_id"
	if request.GroupID == nil {
		group, request.GroupID = applicationID, new(mna.NoGroup)
	}
	o := m.operation("MNA Group Flow Statistic", "GetFlowStatisticByGroup", group, w)
	return m.read(ctx, c, o, func(client *mna.Client) (*mna.FlowStatistic, error) {
		return client.GetFlowStatisticByGroup(ctx, request)
	})
}
