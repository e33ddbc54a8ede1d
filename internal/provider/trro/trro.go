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
	"github.com/edgestats/terraform-provider-edgestats/internal/provider/source"
	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud/trro"
)

// DataSources returns the constructors of the data sources of TRRO.
func DataSources() []func() datasource.DataSource {
	return []func() datasource.DataSource{devices().New, projects().New, sessionStatistics().New}
}

// Advice on the region.
const (
	setRegion    = "This API may require a region: set region in this data source or in the provider block, such as ap-guangzhou."
	changeRegion = "TRRO is not available in this region: set region, in this data source or in the provider block, to one that has it, such as ap-guangzhou."
)

// aboutRegion adds the vendor's codes about the region that was sent to an operation. The region is empty if none was sent. Only
// then is MissingParameter about the region.
func aboutRegion(region string, o source.Operation) source.Operation {
	advice := codes.Table[string]{"UnsupportedRegion": changeRegion}
	if region == "" {
		advice["MissingParameter"] = setRegion
	}
	places := make(codes.Table[path.Path])
	maps.Copy(places, o.Arguments)
	for code := range advice {
		places[code] = path.Root("region")
	}
	o.Arguments, o.Advice = places, advice
	return o
}

func regionAttribute() schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: "Tencent Cloud region, such as `ap-guangzhou`. Defaults to the provider's `region`. If neither is set, none is sent; the " +
			"vendor's pages disagree on whether the API requires one.",
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
