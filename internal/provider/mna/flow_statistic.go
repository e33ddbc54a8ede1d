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
	flowModel

	DeviceID   types.String   `tfsdk:"device_id"`
	DeviceList []types.String `tfsdk:"device_list"`
}

func flowStatisticSchema(ctx context.Context) schema.Schema {
	s := schema.Schema{
		MarkdownDescription: "Reads how many bytes a device, or several devices together, transferred per period: action " +
			"[GetFlowStatistic](https://www.tencentcloud.com/document/api/1305/79778) of Tencent Cloud MNA.",
		Attributes: map[string]schema.Attribute{
			"device_id": schema.StringAttribute{
				MarkdownDescription: "ID of the device. Set this or `device_list`.",
				Optional:            true,
				Validators:          []validator.String{arguments.NotEmpty()},
			},
			"device_list": schema.ListAttribute{
				MarkdownDescription: "IDs of several devices, whose traffic is added up. Set this or `device_id`.",
				Optional:            true,
				ElementType:         types.StringType,
				Validators:          []validator.List{arguments.Entries{}},
			},
		},
	}
	flowModelAttributes(ctx, s.Attributes)
	return s
}

func readFlowStatistic(ctx context.Context, c *settings.Clients, m *flowStatisticModel, w *arguments.Window) diag.Diagnostics {
	request := mna.GetFlowStatisticRequest{
		DeviceID: m.DeviceID.ValueStringPointer(), DeviceList: arguments.StringPointers(m.DeviceList), FlowArguments: m.request(w),
	}
	device := "device_id"
	if request.DeviceID == nil {
		device, request.DeviceID = "device_list", new(mna.NoDevice)
	}
	return m.read(ctx, c, m.operation("MNA Flow Statistic", "GetFlowStatistic", device, w), func(client *mna.Client) (*mna.FlowStatistic, error) {
		return client.GetFlowStatistic(ctx, request)
	})
}
