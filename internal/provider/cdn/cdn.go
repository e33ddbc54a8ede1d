// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package cdn holds the data sources of Tencent Cloud CDN and of its retired legacy API, a file each, and what they share.
package cdn

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/edgestats/terraform-provider-edgestats/internal/provider/arguments"
)

// DataSources returns the constructors of the data sources of CDN.
func DataSources() []func() datasource.DataSource {
	return []func() datasource.DataSource{overseaISPDetail().New, districtISPData().New}
}

// codeListAttribute describes a list of codes of a table. Omitted is what it stands for where it is left out.
func codeListAttribute(ctx context.Context, description, omitted string, table arguments.Table) schema.ListAttribute {
	return schema.ListAttribute{
		MarkdownDescription: description + " Each " + table.MarkdownDescription(ctx) + ". Defaults to " + omitted + ".",
		Optional:            true,
		ElementType:         types.StringType,
		Validators:          []validator.List{arguments.Entries{Omitted: omitted, Rule: table}},
	}
}

// nameListAttribute describes a required list of domains or hosts.
func nameListAttribute(description string) schema.ListAttribute {
	return schema.ListAttribute{
		MarkdownDescription: description,
		Required:            true,
		ElementType:         types.StringType,
		Validators:          []validator.List{arguments.Entries{IgnoreCase: true}},
	}
}
