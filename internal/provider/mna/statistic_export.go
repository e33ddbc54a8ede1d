// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package mna

import (
	"context"
	"fmt"

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

// statisticExport describes the data source edgestats_mna_statistic_export.
func statisticExport() source.DataSource[statisticExportModel] {
	return source.DataSource[statisticExportModel]{
		Name: "mna_statistic_export",
		Schema: func(ctx context.Context) schema.Schema {
			s := schema.Schema{
				MarkdownDescription: "Makes Tencent Cloud MNA write traffic statistics to an Excel file (xlsx), and returns its URL and, " +
					"if `download` is true, its content: action " +
					"[GetStatisticDataByName](https://www.tencentcloud.com/document/api/1305/79763). Every read makes the vendor " +
					"generate another file, and every plan reads at least once.",
				Attributes: statisticExportAttributes(ctx),
			}
			statisticExportContentAttributes(s.Attributes)
			return s
		},
		Validators: []datasource.ConfigValidator{windowNames.Validator()},
		Window:     (*statisticExportModel).window,
		Read:       readStatisticExport,
	}
}

type statisticExportModel struct {
	statisticExportArguments
	statisticExportContent
	source.Timeouts
}

// statisticExportArguments are what an export takes and returns, however it is read.
type statisticExportArguments struct {
	sharedArguments

	DeviceName      types.String           `tfsdk:"device_name"`
	DeviceList      []types.String         `tfsdk:"device_list"`
	GroupID         types.String           `tfsdk:"group_id"`
	MpApplicationID types.String           `tfsdk:"mp_application_id"`
	Window          *arguments.WindowModel `tfsdk:"window"`
	FilePath        types.String           `tfsdk:"file_path"`
	ExpiresAt       types.String           `tfsdk:"expires_at"`
	RequestID       types.String           `tfsdk:"request_id"`
}

// statisticExportAttributes describes an export, however it is read.
func statisticExportAttributes(ctx context.Context) map[string]schema.Attribute {
	attributes := map[string]schema.Attribute{
		"device_name": schema.StringAttribute{
			MarkdownDescription: "Name of one device. Without it, the provider sends `-1`, which means no particular device.",
			Optional:            true,
			Validators:          []validator.String{arguments.NotEmpty()},
		},
		"device_list": schema.ListAttribute{
			MarkdownDescription: fmt.Sprintf("Names (not IDs) of several devices, at most %d.", mna.MaxExportDevices),
			Optional:            true,
			ElementType:         types.StringType,
			Validators:          []validator.List{arguments.Entries{Max: mna.MaxExportDevices}},
		},
		"group_id": schema.StringAttribute{
			MarkdownDescription: "ID of a device group.",
			Optional:            true,
			Validators:          []validator.String{arguments.NotEmpty()},
		},
		applicationID: schema.StringAttribute{
			MarkdownDescription: "ID of an application.",
			Optional:            true,
			Validators:          []validator.String{arguments.NotEmpty()},
		},
		"window": arguments.WindowAttribute("UTC+8"),
		"file_path": schema.StringAttribute{
			MarkdownDescription: "Presigned URL of the Excel file. Anyone who has it can download the file until `expires_at`. It differs at every " +
				"read. Null if the window contains no whole period yet: then no file is generated.",
			Computed:  true,
			Sensitive: true,
		},
		"expires_at": arguments.ComputedText("When the URL expires according to its signature, RFC 3339 in UTC+8; null if it has no signature."),
		"request_id": arguments.ComputedText("ID of the call, for the vendor's support. It differs at every read."),
	}
	windowNames.Attributes(attributes)
	sharedAttributes(ctx, attributes)
	return attributes
}

func readStatisticExport(ctx context.Context, c *settings.Clients, m *statisticExportModel, w *arguments.Window) diag.Diagnostics {
	client, problem := c.MNA()
	if problem != nil {
		return diag.Diagnostics{problem}
	}
	if w.IsEmpty() {
		m.Window = w.Model()
		return m.statisticExportContent.flatten(ctx, nil)
	}
	data, file, err := m.export(ctx, client, w)
	if err != nil {
		return m.operation(w).Diagnostics(ctx, err)
	}
	m.statisticExportArguments.flatten(w, data)
	return m.statisticExportContent.flatten(ctx, file)
}

// export has an Excel file written, and returns it if download is true.
func (m *statisticExportModel) export(ctx context.Context, client *mna.Client, w *arguments.Window) (*mna.StatisticData, []byte, error) {
	if m.Download.ValueBool() {
		return client.DownloadStatisticData(ctx, m.request(w))
	}
	data, err := client.GetStatisticDataByName(ctx, m.request(w))
	return data, nil, err
}

func (m *statisticExportArguments) operation(w *arguments.Window) source.Operation {
	selector := "device_name"
	switch {
	case !m.DeviceName.IsNull():
	case m.DeviceList != nil:
		selector = "device_list"
	case !m.GroupID.IsNull():
		selector = "group_id"
	case !m.MpApplicationID.IsNull():
		selector = applicationID
	}
	return source.Operation{
		Noun: "MNA Statistic Export", Action: "GetStatisticDataByName", Window: w,
		Arguments: m.errorArguments(selector),
	}
}

func (m *statisticExportArguments) request(w *arguments.Window) mna.GetStatisticDataByNameRequest {
	device := m.DeviceName.ValueStringPointer()
	if device == nil {
		device = new(mna.NoDevice)
	}
	return mna.GetStatisticDataByNameRequest{
		DeviceName:      device,
		DeviceList:      arguments.StringPointers(m.DeviceList),
		GroupID:         m.GroupID.ValueStringPointer(),
		MpApplicationID: m.MpApplicationID.ValueStringPointer(),
		BeginTime:       new(w.Start.Unix()),
		EndTime:         new(w.LastSecond().Unix()),
		TimeGranularity: granularities.Code(m.TimeGranularity),
		AccessRegion:    m.AccessRegion.ValueStringPointer(),
		GatewayType:     gatewayTypes.Code(m.GatewayType),
	}
}

func (m *statisticExportArguments) flatten(w *arguments.Window, s *mna.StatisticData) {
	m.Window = w.Model()
	m.FilePath = types.StringValue(s.FilePath)
	m.ExpiresAt = arguments.BeijingTime(s.ExpiresAt)
	m.RequestID = arguments.NullText(s.RequestID)
}
