// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/datasource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud/mna"
)

type mnaStatisticExportDataSource struct{ dataSource }

func newMNAStatisticExportDataSource() source { return &mnaStatisticExportDataSource{} }

type mnaStatisticExportModel struct {
	mnaArguments

	DeviceName      types.String   `tfsdk:"device_name"`
	DeviceList      []types.String `tfsdk:"device_list"`
	GroupID         types.String   `tfsdk:"group_id"`
	MpApplicationID types.String   `tfsdk:"mp_application_id"`
	Window          *windowModel   `tfsdk:"window"`
	FilePath        types.String   `tfsdk:"file_path"`
	ExpiresAt       types.String   `tfsdk:"expires_at"`
	RequestID       types.String   `tfsdk:"request_id"`
	Timeouts        timeouts.Value `tfsdk:"timeouts"`
}

func (d *mnaStatisticExportDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_mna_statistic_export"
}

func (d *mnaStatisticExportDataSource) Schema(ctx context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Has Tencent Cloud MNA write traffic statistics into a workbook (xlsx) and returns its address: action " +
			"[GetStatisticDataByName](https://www.tencentcloud.com/document/api/1305/79763). Every read makes the vendor " +
			"generate another file, and every plan reads at least once.",
		Attributes: map[string]schema.Attribute{
			"device_name": schema.StringAttribute{
				MarkdownDescription: "Name of one device. Without it, no particular device is meant, which the API is told as `-1`.",
				Optional:            true,
				Validators:          []validator.String{notEmpty()},
			},
			"device_list": schema.ListAttribute{
				MarkdownDescription: fmt.Sprintf("Names (not IDs) of several devices, at most %d.", mna.MaxExportDevices),
				Optional:            true,
				ElementType:         types.StringType,
				Validators:          append(nameListValidators(), listvalidator.SizeAtMost(mna.MaxExportDevices)),
			},
			"group_id": schema.StringAttribute{
				MarkdownDescription: "ID of a device group.",
				Optional:            true,
				Validators:          []validator.String{notEmpty()},
			},
			"mp_application_id": schema.StringAttribute{
				MarkdownDescription: "ID of an application.",
				Optional:            true,
				Validators:          []validator.String{notEmpty()},
			},
			"window": windowAttribute(),
			"file_path": schema.StringAttribute{
				MarkdownDescription: "Presigned address of the workbook. Whoever has it can fetch the file until `expires_at`. It differs at every read.",
				Computed:            true,
				Sensitive:           true,
			},
			"expires_at": computedText("When the address expires, RFC 3339 in UTC, as its signature says; null where it has none."),
			"request_id": requestIDAttribute(),
			"timeouts":   timeoutsAttribute(ctx),
		},
	}
	mnaWindow.attributes(resp.Schema.Attributes)
	mnaAttributes(ctx, resp.Schema.Attributes)
}

func (d *mnaStatisticExportDataSource) ConfigValidators(context.Context) []datasource.ConfigValidator {
	return []datasource.ConfigValidator{windowValidator{names: mnaWindow}}
}

func (d *mnaStatisticExportDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var m mnaStatisticExportModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := withReadTimeout(ctx, m.Timeouts, &resp.Diagnostics)
	defer cancel()
	client, problem := d.clients.MNA()
	resp.Diagnostics.Append(problem)
	w, problem := m.window(d.clients.clock)
	resp.Diagnostics.Append(problem)
	if resp.Diagnostics.HasError() {
		return
	}
	data, err := client.GetStatisticDataByName(ctx, m.request(w))
	if err != nil {
		resp.Diagnostics.Append(m.operation(w).diagnostic(err))
		return
	}
	m.flatten(w, data)
	resp.Diagnostics.Append(resp.State.Set(ctx, &m)...)
}

func (m *mnaStatisticExportModel) operation(w *window) operation {
	var selector string
	switch {
	case m.DeviceList != nil && m.DeviceName.IsNull():
		selector = "device_list"
	case !m.GroupID.IsNull() && m.DeviceName.IsNull():
		selector = "group_id"
	case !m.MpApplicationID.IsNull() && m.DeviceName.IsNull():
		selector = "mp_application_id"
	default:
		selector = "device_name"
	}
	return operation{
		noun: "MNA Statistic Export", action: "GetStatisticDataByName", window: w,
		arguments: m.errorArguments(selector),
	}
}

func (m *mnaStatisticExportModel) request(w *window) mna.GetStatisticDataByNameRequest {
	device := m.DeviceName.ValueStringPointer()
	if device == nil {
		device = new(mna.NoDevice)
	}
	return mna.GetStatisticDataByNameRequest{
		DeviceName:      device,
		DeviceList:      stringPointers(m.DeviceList),
		GroupID:         m.GroupID.ValueStringPointer(),
		MpApplicationID: m.MpApplicationID.ValueStringPointer(),
		BeginTime:       new(w.start.Unix()),
		EndTime:         new(w.lastSecond.Unix()),
		TimeGranularity: mnaGranularities.code(m.TimeGranularity),
		AccessRegion:    m.AccessRegion.ValueStringPointer(),
		GatewayType:     mnaGatewayTypes.code(m.GatewayType),
	}
}

func (m *mnaStatisticExportModel) flatten(w *window, s *mna.StatisticData) {
	m.Window = w.model()
	m.FilePath = types.StringValue(s.FilePath)
	m.ExpiresAt = timeString(s.ExpiresAt)
	m.RequestID = text(s.RequestID)
}
