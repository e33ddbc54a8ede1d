// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package cdnetworks

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/edgestats/terraform-provider-edgestats/internal/provider/arguments"
)

// listAttribute describes a list that goes on the wire as one text: an entry with a separator in it would become two.
// Omitted is what the list stands for where it is left out.
func listAttribute(description, omitted string, rule arguments.Entries) schema.ListAttribute {
	rule.Omitted, rule.Separators = omitted, ";,"
	return schema.ListAttribute{
		MarkdownDescription: description + " Defaults to " + omitted + ".",
		Optional:            true,
		ElementType:         types.StringType,
		Validators:          []validator.List{rule},
	}
}

// roundingValidator refuses time_rounding where days are read: the vendor knows it for shorter periods only.
type roundingValidator struct{}

func (roundingValidator) Description(context.Context) string {
	return "time_rounding requires granularity 5m or 1h"
}

func (v roundingValidator) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (roundingValidator) ValidateDataSource(ctx context.Context, req datasource.ValidateConfigRequest, resp *datasource.ValidateConfigResponse) {
	var rounding, granularity types.String
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("time_rounding"), &rounding)...)
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("granularity"), &granularity)...)
	if arguments.IsGiven(rounding) && (granularity.IsNull() || granularity.ValueString() == "1d") {
		resp.Diagnostics.AddAttributeError(path.Root("time_rounding"), "Invalid Attribute Combination",
			`time_rounding requires granularity "5m" or "1h". The times of "1d", which is the default, are not rounded.`)
	}
}
