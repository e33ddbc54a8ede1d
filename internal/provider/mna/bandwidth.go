// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package mna

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/edgestats/terraform-provider-edgestats/internal/decimal"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider/arguments"
	"github.com/edgestats/terraform-provider-edgestats/internal/stats"
)

// bandwidthTypes are the types of the members of bandwidth.
var bandwidthTypes = map[string]attr.Type{"max_mbps": types.NumberType, "average_mbps": types.NumberType, "p95_mbps": types.NumberType}

// newBandwidth returns the bandwidth of a summary of bytes per period. All of it is null where there are no values.
func newBandwidth(s stats.Summary, p arguments.Period) types.Object {
	seconds := decimal.FromInt(p.Seconds().ValueInt64())
	mbps := func(bytes, periods decimal.Decimal) types.Number {
		return arguments.Number(stats.MegabitsPerSecond(bytes, seconds.Mul(periods)))
	}
	one := decimal.FromInt(1)
	return types.ObjectValueMust(bandwidthTypes, map[string]attr.Value{
		"max_mbps":     mbps(s.Max, one),
		"average_mbps": mbps(s.Total, decimal.FromInt(s.Count)), // The average in bytes is rounded already.
		"p95_mbps":     mbps(s.P95, one),
	})
}

func bandwidthAttribute() schema.SingleNestedAttribute {
	return schema.SingleNestedAttribute{
		MarkdownDescription: "Bytes of a period divided by its length, in decimal megabits per second (Mbps), rounded half away from " +
			"zero to 6 decimals. An average over a period hides the peaks within it. All members are null if there are no values.",
		Computed: true,
		Attributes: map[string]schema.Attribute{
			"max_mbps":     arguments.ComputedNumber("Bandwidth of the busiest period, in Mbps."),
			"average_mbps": arguments.ComputedNumber("Average bandwidth of all periods that have a value, in Mbps."),
			"p95_mbps": arguments.ComputedNumber("95th percentile of the periods' bandwidth by nearest rank, in Mbps. A 95th percentile for billing " +
				"needs periods of 5 minutes."),
		},
	}
}
