// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package trro holds the data sources of Tencent Cloud TRRO.
package trro

import (
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/edgestats/terraform-provider-edgestats/internal/codes"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider/arguments"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider/settings"
	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud/trro"
)

// DataSources returns the constructors of the data sources of TRRO.
func DataSources() []func() datasource.DataSource {
	return []func() datasource.DataSource{devices().New, projects().New, sessionStatistics().New}
}

// setRegion is the advice where the vendor misses a region or does not know it.
const setRegion = "The vendor's pages disagree on whether this API needs a region: set region, here or in the provider block, to one that has TRRO, " +
	"such as ap-guangzhou."

// regionCodes are the vendor's codes about the region, and regionAdvice is the advice on them.
var (
	regionCodes  = codes.Table[path.Path]{"MissingParameter": path.Root("region"), "UnsupportedRegion": path.Root("region")}
	regionAdvice = codes.Table[string]{"MissingParameter": setRegion, "UnsupportedRegion": setRegion}
)

// withRegionCodes adds the codes about the region to those of a data source.
func withRegionCodes(own codes.Table[path.Path]) codes.Table[path.Path] {
	maps.Copy(own, regionCodes)
	return own
}

func regionAttribute() schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: "Tencent Cloud region, such as `ap-guangzhou`. Defaults to the provider's. It is sent where it is given; the vendor's " +
			"pages disagree on whether the API needs one.",
		Optional:   true,
		Validators: []validator.String{arguments.NotEmpty()},
	}
}

// regionalClient returns the client and the region to send, or diagnostics that say what to set.
func regionalClient(c *settings.Clients, configured types.String) (*trro.Client, string, diag.Diagnostics) {
	client, missing := c.TRRO()
	region, unknown := c.Region(configured)
	var diags diag.Diagnostics
	diags.Append(missing, unknown)
	return client, region, diags
}
