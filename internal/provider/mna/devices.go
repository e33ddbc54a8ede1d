// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package mna

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/edgestats/terraform-provider-edgestats/internal/points"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider/arguments"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider/settings"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider/source"
	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud/mna"
)

// devices describes the data source edgestats_mna_devices.
func devices() source.DataSource[devicesModel] {
	return source.DataSource[devicesModel]{Name: "mna_devices", Schema: devicesSchema, Read: readDevices}
}

type devicesModel struct {
	source.Timeouts

	Keyword    types.String   `tfsdk:"keyword"`
	DeviceType types.String   `tfsdk:"device_type"`
	IDs        []types.String `tfsdk:"ids"`
	Devices    points.List    `tfsdk:"devices"`
}

var (
	deviceTypes = arguments.Codes(
		arguments.Option{Word: "own", Code: mna.OwnDevice}, arguments.Option{Word: "third_party", Code: mna.ThirdPartyDevice})
	accessScopes = arguments.Codes(
		arguments.Option{Word: "public", Code: 0}, arguments.Option{Word: "private", Code: 1}, arguments.Option{Word: "both", Code: 2})
	licensePayModes = arguments.Codes(arguments.Option{Word: "monthly", Code: 0}, arguments.Option{Word: "permanent", Code: 1})
	payers          = arguments.Codes(arguments.Option{Word: "vendor", Code: 0}, arguments.Option{Word: "customer", Code: 1})
	exhaustedModes  = arguments.Codes(arguments.Option{Word: "pay_as_you_go", Code: 0}, arguments.Option{Word: "cut_off", Code: 1})
)

var deviceList = points.NewObjects("The devices, one entry for each ID, sorted by ID. What the API does not return is null. A code that it adds "+
	"later is returned as it is.",
	map[string]schema.Attribute{
		"id":                  arguments.ComputedText("ID of the device."),
		"name":                arguments.ComputedText("Name of the device."),
		"remark":              arguments.ComputedText("Remark about the device."),
		"group_id":            arguments.ComputedText("ID of the device's group."),
		"group_name":          arguments.ComputedText("Name of the device's group."),
		"created_at":          arguments.ComputedText("When the device was created, RFC 3339 in UTC+8."),
		"last_online_at":      arguments.ComputedText("When the device was last online, RFC 3339 in UTC+8."),
		"access_scope":        arguments.ComputedText("Gateways that the device can use: `public`, `private` or `both`."),
		"license_pay_mode":    arguments.ComputedText("License of the device: `monthly` or `permanent`."),
		"payer":               arguments.ComputedText("Who pays for the license: `vendor` or `customer`."),
		"when_flow_exhausted": arguments.ComputedText("What happens when the traffic packages are used up: `pay_as_you_go` or `cut_off`."),
		"serial_number":       arguments.ComputedText("Serial number of the hardware."),
		"vendor":              arguments.ComputedText("Manufacturer of the hardware."),
		"allowed_regions": schema.ListAttribute{
			MarkdownDescription: "Access regions that the device may use; empty if the API returns none.", Computed: true, ElementType: types.StringType,
		},
	})

func devicesSchema(ctx context.Context) schema.Schema {
	return schema.Schema{
		MarkdownDescription: "Lists the devices of the account: action " +
			"[GetDevices](https://www.tencentcloud.com/document/api/1305/79781) of Tencent Cloud MNA.",
		Attributes: map[string]schema.Attribute{
			"keyword": schema.StringAttribute{
				MarkdownDescription: "ID or name to search for. Defaults to all devices.",
				Optional:            true,
				Validators:          []validator.String{arguments.NotEmpty()},
			},
			"device_type": schema.StringAttribute{
				MarkdownDescription: "Kind of devices. " + deviceTypes.MarkdownDescription(ctx) + ". Defaults to both.",
				Optional:            true,
				Validators:          []validator.String{deviceTypes},
			},
			"ids":     arguments.IDsAttribute("IDs of the devices, sorted. Use them with `for_each = toset(…)`."),
			"devices": deviceList.Attribute(),
		},
	}
}

func readDevices(ctx context.Context, c *settings.Clients, m *devicesModel, _ *arguments.Window) diag.Diagnostics {
	client, problem := c.MNA()
	if problem != nil {
		return diag.Diagnostics{problem}
	}
	list, err := client.GetDevices(ctx, mna.GetDevicesRequest{
		Keyword: m.Keyword.ValueStringPointer(), DeviceType: deviceTypes.Code(m.DeviceType),
	})
	if err == nil {
		err = m.flatten(ctx, list)
	}
	return source.Operation{
		Noun: "MNA Devices", Action: "GetDevices", Fewer: "Narrow keyword or device_type.",
	}.Diagnostics(ctx, err)
}

func (m *devicesModel) flatten(ctx context.Context, list []mna.Device) (err error) {
	m.IDs = arguments.IDs(list, func(d mna.Device) string { return d.ID })
	m.Devices, err = deviceList.List(ctx, len(list), func(i int) (points.Object, error) {
		d := list[i]
		return points.Object{
			"id":                  points.Text(d.ID),
			"name":                points.TextOrNull(d.Name),
			"remark":              points.TextOrNull(d.Remark),
			"group_id":            points.TextOrNull(d.GroupID),
			"group_name":          points.TextOrNull(d.GroupName),
			"created_at":          arguments.BeijingPoint(d.CreatedAt),
			"last_online_at":      arguments.BeijingPoint(d.LastOnlineAt),
			"access_scope":        accessScopes.PointOf(d.AccessScope),
			"license_pay_mode":    licensePayModes.PointOf(d.LicensePayMode),
			"payer":               payers.PointOf(d.Payer),
			"when_flow_exhausted": exhaustedModes.PointOf(d.FlowTrunc),
			"serial_number":       points.TextOrNull(d.SerialNumber),
			"vendor":              points.TextOrNull(d.Vendor),
			"allowed_regions":     points.Texts(d.AllowedRegions),
		}, nil
	})
	return err
}
