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

	"github.com/edgestats/terraform-provider-edgestats/internal/limit"
	"github.com/edgestats/terraform-provider-edgestats/internal/points"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider/arguments"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider/settings"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider/source"
	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud/mna"
)

// deviceFlowStatistics describes the data source edgestats_mna_device_flow_statistics.
func deviceFlowStatistics() source.DataSource[deviceFlowStatisticsModel] {
	return source.DataSource[deviceFlowStatisticsModel]{
		Name:       "mna_device_flow_statistics",
		Schema:     deviceFlowStatisticsSchema,
		Validators: []datasource.ConfigValidator{windowNames.Validator()},
		Window:     (*deviceFlowStatisticsModel).window,
		Read:       readDeviceFlowStatistics,
	}
}

type deviceFlowStatisticsModel struct {
	flowArguments
	flowWindow
	source.Timeouts

	DeviceIDs      []types.String `tfsdk:"device_ids"`
	Devices        types.Map      `tfsdk:"devices"`
	MissingDevices []types.String `tfsdk:"missing_devices"`
}

var flowByDevice = points.NewObjectMap("Traffic of each device, by its ID.", flowFigureAttributes())

func deviceFlowStatisticsSchema(ctx context.Context) schema.Schema {
	s := schema.Schema{
		MarkdownDescription: "Reads how many bytes each of many devices transferred per period, with one call per ten devices: action " +
			"[GetMultiFlowStatistic](https://www.tencentcloud.com/document/api/1305/79768) of Tencent Cloud MNA.",
		Attributes: map[string]schema.Attribute{
			"device_ids": schema.ListAttribute{
				MarkdownDescription: "IDs of the devices, any number of them.",
				Required:            true,
				ElementType:         types.StringType,
				Validators:          []validator.List{arguments.Entries{}},
			},
			"devices":         flowByDevice.Attribute(),
			"missing_devices": arguments.IDsAttribute("Devices that the API did not return, in the order of `device_ids`. They are not in `devices`."),
		},
	}
	flowAttributes(ctx, s.Attributes, "device", arguments.IncludePoints)
	return s
}

func readDeviceFlowStatistics(ctx context.Context, c *settings.Clients, m *deviceFlowStatisticsModel, w *arguments.Window) diag.Diagnostics {
	client, problem := c.MNA()
	if problem != nil {
		return diag.Diagnostics{problem}
	}
	request := mna.GetMultiFlowStatisticRequest{DeviceIDs: arguments.Strings(m.DeviceIDs), FlowArguments: m.request(w)}
	statistic, err := emptyFlows(request.DeviceIDs), error(nil)
	if !w.IsEmpty() {
		statistic, err = client.GetMultiFlowStatistic(ctx, request)
	}
	if err == nil {
		err = m.flatten(ctx, w, statistic)
	}
	return m.operation("MNA Device Flow Statistics", "GetMultiFlowStatistic", "device_ids", w).Diagnostics(ctx, err)
}

// emptyFlows returns the traffic of devices in an empty window, in which none can be missing.
func emptyFlows(ids []string) *mna.MultiFlowStatistic {
	empty := new(mna.MultiFlowStatistic)
	for _, id := range ids {
		empty.Devices = append(empty.Devices, mna.DeviceFlow{DeviceID: id})
	}
	return empty
}

func (m *deviceFlowStatisticsModel) flatten(ctx context.Context, w *arguments.Window, s *mna.MultiFlowStatistic) error {
	if err := m.Limits().Result().Add(limit.Size{Series: len(s.Devices)}); err != nil {
		return err
	}
	objects := make(map[string]points.Object, len(s.Devices))
	for _, device := range s.Devices {
		figures, err := m.figures(ctx, device.Flow)
		if err != nil {
			return err
		}
		if objects[device.DeviceID], err = figures.object(ctx); err != nil {
			return err
		}
	}
	var err error
	m.flowWindow = m.windowModel(w)
	m.MissingDevices = arguments.IDs(s.Missing, func(id string) string { return id })
	m.Devices, err = flowByDevice.Map(ctx, objects)
	return err
}
