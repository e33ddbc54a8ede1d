// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package cdnetworks

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/edgestats/terraform-provider-edgestats/internal/cdnetworks"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider/arguments"
)

// listAttribute describes a list that goes on the wire as one text: an entry with a separator in it would become
// two.
func listAttribute(description string, more ...validator.List) schema.ListAttribute {
	return schema.ListAttribute{
		MarkdownDescription: description + " No entry twice.",
		Optional:            true,
		ElementType:         types.StringType,
		Validators: slices.Concat(arguments.NameListValidators(),
			[]validator.List{listvalidator.UniqueValues(), listvalidator.ValueStringsAre(hasNoSeparator())}, more),
	}
}

func hasNoSeparator() validator.String {
	return arguments.Text("a single entry", func(text string) error {
		if strings.ContainsAny(text, ";,") {
			return fmt.Errorf("must be a single entry without %q or %q: make it several entries of the list, got: %q", ";", ",", text)
		}
		return nil
	})
}

func isZone() validator.String {
	return arguments.Text("a zone GMT±hh:mm", func(text string) error {
		if _, err := cdnetworks.ParseZone(text); err != nil {
			return fmt.Errorf(`must be a fixed offset such as "GMT+08:00" or "GMT-05:30", got: %q`, text)
		}
		return nil
	})
}

// roundingValidator refuses time_rounding where days are read: the vendor knows it for shorter periods only.
type roundingValidator struct{}

func (roundingValidator) Description(context.Context) string {
	return "time_rounding goes with granularity 5m or 1h"
}

func (v roundingValidator) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (roundingValidator) ValidateDataSource(ctx context.Context, req datasource.ValidateConfigRequest, resp *datasource.ValidateConfigResponse) {
	var rounding, granularity types.String
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("time_rounding"), &rounding)...)
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("granularity"), &granularity)...)
	if arguments.IsGiven(rounding) && (granularity.IsNull() || granularity.ValueString() == "1d") {
		resp.Diagnostics.AddAttributeError(path.Root("time_rounding"), "Invalid Attribute Combination",
			`time_rounding goes with granularity "5m" or "1h" only; days, which are the default, are not rounded.`)
	}
}
