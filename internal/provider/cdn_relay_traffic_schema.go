// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/edgestats/terraform-provider-edgestats/internal/cdnetworks"
	"github.com/edgestats/terraform-provider-edgestats/internal/points"
)

// relayListAttribute describes a list that goes on the wire as one text: an entry with a separator in it would become
// two.
func relayListAttribute(description string, more ...validator.List) schema.ListAttribute {
	return schema.ListAttribute{
		MarkdownDescription: description + " No entry twice.",
		Optional:            true,
		ElementType:         types.StringType,
		Validators: append(append(nameListValidators(), listvalidator.UniqueValues(), listvalidator.ValueStringsAre(hasNoSeparator())),
			more...),
	}
}

func hasNoSeparator() validator.String {
	return textValidator{"a single entry", func(text string) error {
		if strings.ContainsAny(text, ";,") {
			return fmt.Errorf("must be a single entry without %q or %q: make it several entries of the list, got: %q", ";", ",", text)
		}
		return nil
	}}
}

func isZone() validator.String {
	return textValidator{"a zone GMT±hh:mm", func(text string) error {
		if _, err := cdnetworks.ParseZone(text); err != nil {
			return fmt.Errorf(`must be a fixed offset such as "GMT+08:00" or "GMT-05:30", got: %q`, text)
		}
		return nil
	}}
}

var relayGroups = points.NewObjects("Traffic per group, in the API's order.", map[string]schema.Attribute{
	"domain":              computedText("Domain of the group; null unless grouped by domain."),
	"total_relay_traffic": computedNumber("Traffic of the whole window in GB, as the vendor counts them (whether 10⁹ or 2³⁰ bytes is not documented)."),
	"peak_bandwidth":      computedNumber("Highest bandwidth of 5 minutes in Mbps; the API leaves it out at granularity `5m`, and it is null then."),
	"peak_time":           computedText("Time of that bandwidth, RFC 3339 with the offset of the answer's zone."),
	"summary":             summaryAttribute("items", "GB"),
	"items":               relayItems.Attribute(),
})

var relayItems = points.NewObjects("Traffic per period, in the API's order.", map[string]schema.Attribute{
	"time": computedText("The vendor's label of the period, RFC 3339 with the offset of the answer's zone: at `5m` its end " +
		"unless `time_rounding` is `down`, at `1d` its start; at `1h` the document contradicts itself."),
	"relay_traffic": computedNumber("Traffic of the period in GB, as the vendor counts them."),
})

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
	if isGiven(rounding) && (granularity.IsNull() || granularity.ValueString() == "1d") {
		resp.Diagnostics.AddAttributeError(path.Root("time_rounding"), "Invalid Attribute Combination",
			`time_rounding goes with granularity "5m" or "1h" only; days, which are the default, are not rounded.`)
	}
}
