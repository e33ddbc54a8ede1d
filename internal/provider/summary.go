// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/edgestats/terraform-provider-edgestats/internal/decimal"
	"github.com/edgestats/terraform-provider-edgestats/internal/stats"
)

// number returns a measured value as Terraform has it, with every digit; null stays null.
func number(d decimal.Decimal) types.Number {
	if d.IsNull() {
		return types.NumberNull()
	}
	return types.NumberValue(d.BigFloat())
}

type summaryModel struct {
	Count             types.Int64  `tfsdk:"count"`
	Min               types.Number `tfsdk:"min"`
	Max               types.Number `tfsdk:"max"`
	MaxTime           types.String `tfsdk:"max_time"`
	Average           types.Number `tfsdk:"average"`
	Total             types.Number `tfsdk:"total"`
	P95               types.Number `tfsdk:"p95"`
	Latest            types.Number `tfsdk:"latest"`
	FirstTime         types.String `tfsdk:"first_time"`
	LastTime          types.String `tfsdk:"last_time"`
	IntervalSeconds   types.Int64  `tfsdk:"interval_seconds"`
	LargestGapSeconds types.Int64  `tfsdk:"largest_gap_seconds"`
}

func newSummaryModel(s stats.Summary) *summaryModel {
	return &summaryModel{
		Count:             types.Int64Value(s.Count),
		Min:               number(s.Min),
		Max:               number(s.Max),
		MaxTime:           timeString(s.MaxTime),
		Average:           number(s.Average),
		Total:             number(s.Total),
		P95:               number(s.P95),
		Latest:            number(s.Latest),
		FirstTime:         timeString(s.FirstTime),
		LastTime:          timeString(s.LastTime),
		IntervalSeconds:   types.Int64PointerValue(s.IntervalSeconds),
		LargestGapSeconds: types.Int64PointerValue(s.LargestGapSeconds),
	}
}

// samples gives each value the time at which its period begins.
func samples(start time.Time, interval time.Duration, values []decimal.Decimal) []stats.Sample {
	list := make([]stats.Sample, len(values))
	for i, v := range values {
		list[i] = stats.Sample{Time: start.Add(time.Duration(i) * interval), Value: v}
	}
	return list
}

// summaryAttribute describes the summary of a series, whose values have the given unit.
func summaryAttribute(series, unit string) schema.SingleNestedAttribute {
	return schema.SingleNestedAttribute{
		MarkdownDescription: "Figures of `" + series + "`, computed exactly. Null values do not count; without any, all but `count` are null.",
		Computed:            true,
		Attributes: map[string]schema.Attribute{
			"count":    computedInteger("Number of values that are not null."),
			"min":      computedNumber("Smallest value, in " + unit + "."),
			"max":      computedNumber("Greatest value, in " + unit + "."),
			"max_time": computedText("Earliest time of a greatest value, RFC 3339."),
			"average":  computedNumber("Average in " + unit + ", rounded half away from zero to 6 decimals."),
			"total":    computedNumber("Exact sum, in " + unit + "; null for rates, durations and ratios, which do not add up."),
			"p95": computedNumber("95th percentile by nearest rank, in " + unit + ": the smallest value that at least 95 % of the values do not " +
				"exceed. It is of the values as they are; a 95th percentile for billing needs 5-minute bandwidth."),
			"latest":              computedNumber("Last value of the latest time, in " + unit + "."),
			"first_time":          computedText("Earliest time of a value, as labelled, RFC 3339."),
			"last_time":           computedText("Latest time of a value, as labelled, RFC 3339. It tells how fresh the data is."),
			"interval_seconds":    computedInteger("Seconds between neighbouring times; null where they are irregular, and with fewer than two."),
			"largest_gap_seconds": computedInteger("Longest distance between neighbouring times, in seconds; null with fewer than two. A distance longer than a period means that data is missing."),
		},
	}
}
