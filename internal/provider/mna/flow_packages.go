// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package mna

import (
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/edgestats/terraform-provider-edgestats/internal/codes"
	"github.com/edgestats/terraform-provider-edgestats/internal/decimal"
	"github.com/edgestats/terraform-provider-edgestats/internal/points"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider/arguments"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider/settings"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider/source"
	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud/mna"
)

// flowPackages describes the data source edgestats_mna_flow_packages.
func flowPackages() source.DataSource[flowPackagesModel] {
	return source.DataSource[flowPackagesModel]{Name: "mna_flow_packages", Schema: flowPackagesSchema, Read: readFlowPackages}
}

type flowPackagesModel struct {
	source.Timeouts

	DeviceID      types.String `tfsdk:"device_id"`
	ResourceID    types.String `tfsdk:"resource_id"`
	Status        types.String `tfsdk:"status"`
	Packages      points.List  `tfsdk:"packages"`
	RemainingMB   types.Number `tfsdk:"remaining_mb"`
	NextExpiresAt types.String `tfsdk:"next_expires_at"`
}

var packageStatuses = arguments.Codes(
	arguments.Option{Word: "pending", Code: mna.PendingPackage, Near: []string{"inactive", "unused"}},
	arguments.Option{Word: "valid", Code: mna.ValidPackage, Near: []string{"active"}},
	arguments.Option{Word: "expired", Code: mna.ExpiredPackage})

// setProviderRegion is the advice where the vendor misses a region or does not know it.
const setProviderRegion = "The vendor's page requires a region for this action: set region in the provider block, such as ap-guangzhou."

var packageList = points.NewObjects("The packages, one entry for each resource ID, sorted by resource ID. What the API does not return is null.",
	map[string]schema.Attribute{
		"resource_id":  arguments.ComputedText("Resource ID of the package."),
		"package_type": arguments.ComputedText("Type of the package: its number of devices and its size, such as `DEVICE_2_FLOW_50G`."),
		"status": arguments.ComputedText("`pending` (not in effect yet), `valid` or `expired`. A code that the vendor adds later is returned " +
			"as the code."),
		"created_at":   arguments.ComputedText("When the package was bought, RFC 3339 in UTC+8."),
		"activated_at": arguments.ComputedText("When the package takes effect, RFC 3339 in UTC+8."),
		"expires_at":   arguments.ComputedText("When the package expires, RFC 3339 in UTC+8."),
		"device_list": schema.ListAttribute{
			MarkdownDescription: "IDs of the devices that use the package, in the API's order; empty if the API returns none.",
			Computed:            true, ElementType: types.StringType,
		},
		"capacity_mb": arguments.ComputedNumber("Size of the package in MB."),
		"remaining_mb": arguments.ComputedNumber("What remains of the package in MB: the API's precise value (`CapacityRemainPrecise`), or else " +
			"its rounded one (`CapacityRemain`)."),
		"renews": schema.BoolAttribute{MarkdownDescription: "Whether the package renews itself.", Computed: true},
	})

func flowPackagesSchema(ctx context.Context) schema.Schema {
	return schema.Schema{
		MarkdownDescription: "Lists prepaid traffic packages, what remains of them, and when they expire: action " +
			"[GetFlowPackages](https://cloud.tencent.com/document/api/1385/102110) of Tencent Cloud MNA.",
		Attributes: map[string]schema.Attribute{
			"device_id": schema.StringAttribute{
				MarkdownDescription: "ID of a device whose packages are listed. Defaults to all devices.",
				Optional:            true,
				Validators:          []validator.String{arguments.NotEmpty()},
			},
			"resource_id": schema.StringAttribute{
				MarkdownDescription: "Resource ID of the one package that is listed. Defaults to all packages.",
				Optional:            true,
				Validators:          []validator.String{arguments.NotEmpty()},
			},
			"status": schema.StringAttribute{
				MarkdownDescription: "Status of the packages that are listed. " + packageStatuses.MarkdownDescription(ctx) +
					". Defaults to all.",
				Optional:   true,
				Validators: []validator.String{packageStatuses},
			},
			"packages": packageList.Attribute(),
			"remaining_mb": arguments.ComputedNumber("What remains of the valid packages that are listed, in MB. It is null if none is valid, or if " +
				"the API does not return what remains of one of them."),
			"next_expires_at": arguments.ComputedText("When the first of the valid packages that are listed expires, RFC 3339 in UTC+8. It is null if " +
				"none is valid, or if the API does not return when one of them expires."),
		},
	}
}

func readFlowPackages(ctx context.Context, c *settings.Clients, m *flowPackagesModel, _ *arguments.Window) diag.Diagnostics {
	client, missing := c.MNA()
	region, unknown := c.Region(types.StringNull())
	var diags diag.Diagnostics
	diags.Append(missing, unknown)
	if diags.HasError() {
		return diags
	}
	list, err := client.GetFlowPackages(ctx, region, mna.GetFlowPackagesRequest{
		ResourceID: m.ResourceID.ValueStringPointer(), DeviceID: m.DeviceID.ValueStringPointer(), Status: packageStatuses.Code(m.Status),
	})
	if err == nil {
		err = m.flatten(ctx, list)
	}
	return source.Operation{
		Noun: "MNA Flow Packages", Action: "GetFlowPackages", Fewer: "Narrow device_id, resource_id or status.",
		Advice: codes.Table[string]{"MissingParameter": setProviderRegion, "UnsupportedRegion": setProviderRegion},
	}.Diagnostics(ctx, err)
}

func (m *flowPackagesModel) flatten(ctx context.Context, list []mna.FlowPackage) (err error) {
	m.Packages, err = packageList.List(ctx, len(list), func(i int) (points.Object, error) {
		p := list[i]
		return points.Object{
			"resource_id":  points.Text(p.ResourceID),
			"package_type": points.TextOrNull(p.PackageType),
			"status":       packageStatuses.PointOf(p.Status),
			"created_at":   arguments.BeijingPoint(p.CreatedAt),
			"activated_at": arguments.BeijingPoint(p.ActivatedAt),
			"expires_at":   arguments.BeijingPoint(p.ExpiresAt),
			"device_list":  points.Texts(p.DeviceIDs),
			"capacity_mb":  points.Number(p.Capacity),
			"remaining_mb": points.Number(p.Remaining),
			"renews":       points.BoolOrNull(p.Renews),
		}, nil
	})
	remaining, nextExpiry := validPackages(list)
	m.RemainingMB, m.NextExpiresAt = arguments.Number(remaining), arguments.BeijingTime(nextExpiry)
	return err
}

// validPackages returns what remains of the valid packages, and when the first of them expires. The results are null and zero if
// there are none, or if one of them lacks the value.
func validPackages(list []mna.FlowPackage) (remaining decimal.Decimal, nextExpiry time.Time) {
	var amounts []decimal.Decimal
	var expiries []time.Time
	for _, p := range list {
		if p.Status == strconv.FormatInt(mna.ValidPackage, 10) {
			amounts, expiries = append(amounts, p.Remaining), append(expiries, p.ExpiresAt)
		}
	}
	if !slices.ContainsFunc(amounts, decimal.Decimal.IsNull) {
		remaining = decimal.Sum(amounts...)
	}
	if len(expiries) > 0 {
		nextExpiry = slices.MinFunc(expiries, time.Time.Compare) // No time is zero: the earliest.
	}
	return remaining, nextExpiry
}
