// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package trro

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/edgestats/terraform-provider-edgestats/internal/codes"
	"github.com/edgestats/terraform-provider-edgestats/internal/points"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider/arguments"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider/settings"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider/source"
	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud/trro"
)

// devices reads edgestats_trro_devices.
func devices() source.DataSource[devicesModel] {
	return source.DataSource[devicesModel]{Name: "trro_devices", Schema: devicesSchema, Read: readDevices}
}

type devicesModel struct {
	source.Timeouts

	ProjectID types.String   `tfsdk:"project_id"`
	Region    types.String   `tfsdk:"region"`
	IDs       []types.String `tfsdk:"ids"`
	Devices   points.List    `tfsdk:"devices"`
}

var deviceList = points.NewObjects("The devices, one entry for each ID, sorted by ID.", map[string]schema.Attribute{
	"id":             arguments.ComputedText("ID of the device."),
	"name":           arguments.ComputedText("Name of the device; null if the API returns none."),
	"license_count":  arguments.ComputedNumber("Number of licenses that are bound to the device."),
	"remaining_days": arguments.ComputedNumber("Number of days until the licenses expire."),
	"expires_at":     arguments.ComputedText("When the licenses expire, RFC 3339 in UTC+8; null if the API returns no time, or 0."),
	"monthly_remain_time": arguments.ComputedNumber("What is left of this month's maximum duration. The vendor does not document its unit; " +
		"the maximum, `monthly_limit_minutes`, is in minutes."),
	"monthly_limit_minutes": arguments.ComputedNumber("Maximum duration per month, in minutes."),
	"license_ids": schema.ListAttribute{
		MarkdownDescription: "IDs of the licenses, in the API's order.", Computed: true, ElementType: types.StringType,
	},
})

func devicesSchema(context.Context) schema.Schema {
	return schema.Schema{
		MarkdownDescription: "Lists devices with their licenses: action " +
			"[GetDevices](https://www.tencentcloud.com/document/product/1252/68116) of Tencent Cloud TRRO.",
		Attributes: map[string]schema.Attribute{
			"project_id": schema.StringAttribute{
				MarkdownDescription: "ID of the project whose devices are listed. Defaults to all projects of the account.",
				Optional:            true,
				Validators:          []validator.String{arguments.NotEmpty()},
			},
			"region":  regionAttribute(),
			"ids":     arguments.IDsAttribute("IDs of the devices, sorted."),
			"devices": deviceList.Attribute(),
		},
	}
}

func readDevices(ctx context.Context, c *settings.Clients, m *devicesModel, _ *arguments.Window) diag.Diagnostics {
	client, region, diags := regionalClient(c, m.Region)
	if diags.HasError() {
		return diags
	}
	list, err := client.GetDevices(ctx, region, m.ProjectID.ValueStringPointer())
	if err == nil {
		err = m.flatten(ctx, list)
	}
	return aboutRegion(region, source.Operation{
		Noun: "TRRO Devices", Action: "GetDevices", Fewer: "Read one project at a time: set project_id.",
		Arguments: codes.Table[path.Path]{"ResourceNotFound": path.Root("project_id")},
	}).Diagnostics(ctx, err)
}

func (m *devicesModel) flatten(ctx context.Context, list []trro.Device) (err error) {
	m.IDs = arguments.IDs(list, func(d trro.Device) string { return d.ID })
	m.Devices, err = deviceList.List(ctx, len(list), func(i int) (points.Object, error) {
		d := list[i]
		return points.Object{
			"id":                    points.Text(d.ID),
			"name":                  points.TextOrNull(d.Name),
			"license_count":         points.Number(d.LicenseCount),
			"remaining_days":        points.Number(d.RemainingDays),
			"expires_at":            arguments.BeijingPoint(d.ExpiresAt),
			"monthly_remain_time":   points.Number(d.MonthlyRemainTime),
			"monthly_limit_minutes": points.Number(d.LimitedTime),
			"license_ids":           points.Texts(d.LicenseIDs),
		}, nil
	})
	return err
}
