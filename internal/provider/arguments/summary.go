// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package arguments

import (
	"context"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/edgestats/terraform-provider-edgestats/internal/decimal"
	"github.com/edgestats/terraform-provider-edgestats/internal/points"
	"github.com/edgestats/terraform-provider-edgestats/internal/stats"
)

// summaryType is the type of every summary.
var summaryType = SummaryAttribute("", "").GetType()

// Summarize describes samples as a value of summaryType, with the percentiles that were asked for. The error is the
// context's.
func Summarize(ctx context.Context, samples []stats.Sample, kind stats.Kind, percentiles []types.Number) (tftypes.Value, error) {
	s, err := stats.Summarize(ctx, samples, kind, percentilesOf(percentiles)...)
	if err != nil {
		return tftypes.Value{}, err
	}
	return summaryValue(ctx, s, percentiles), nil
}

// NewSummary is Summarize for a summary that is an attribute of the model itself. It returns the figures too.
func NewSummary(ctx context.Context, samples []stats.Sample, kind stats.Kind, percentiles []types.Number) (types.Object, stats.Summary, error) {
	s, err := stats.Summarize(ctx, samples, kind, percentilesOf(percentiles)...)
	if err != nil {
		return types.Object{}, s, err
	}
	value, err := summaryType.ValueFromTerraform(ctx, summaryValue(ctx, s, percentiles))
	object, _ := value.(types.Object) // Otherwise there is an error.
	return object, s, err
}

func summaryValue(ctx context.Context, s stats.Summary, percentiles []types.Number) tftypes.Value {
	return tftypes.NewValue(summaryType.TerraformType(ctx), points.Object{
		"count":               points.Integer(s.Count),
		"min":                 points.Number(s.Min),
		"max":                 points.Number(s.Max),
		"max_time":            points.Time(s.MaxTime),
		"average":             points.Number(s.Average),
		"total":               points.Number(s.Total),
		"p95":                 points.Number(s.P95),
		percentilesName:       percentilesByText(percentiles, s.Percentiles),
		"latest":              points.Number(s.Latest),
		"first_time":          points.Time(s.FirstTime),
		"last_time":           points.Time(s.LastTime),
		"interval_seconds":    points.IntegerOrNull(s.IntervalSeconds),
		"largest_gap_seconds": points.IntegerOrNull(s.LargestGapSeconds),
	})
}

// Samples gives each value the time at which its period begins.
func Samples(start time.Time, interval time.Duration, values []decimal.Decimal) []stats.Sample {
	list := make([]stats.Sample, len(values))
	for i, v := range values {
		list[i] = stats.Sample{Time: start.Add(time.Duration(i) * interval), Value: v}
	}
	return list
}

// SummaryAttribute describes the summary of a series, whose values have the given unit. A unit that depends on an argument is
// described as "the unit of" that argument.
func SummaryAttribute(series, unit string) schema.SingleNestedAttribute {
	total := "Exact sum, in " + unit
	if strings.HasPrefix(unit, "the unit of ") {
		total += "; null for rates, durations and ratios, which do not add up"
	}
	return schema.SingleNestedAttribute{
		MarkdownDescription: "Statistics of `" + series + "`, computed exactly. Null values do not count. If there are no other values, everything " +
			"except `count` and the keys of `percentiles` is null.",
		Computed: true,
		Attributes: map[string]schema.Attribute{
			"count":    ComputedInteger("Number of values that are not null."),
			"min":      ComputedNumber("Smallest value, in " + unit + "."),
			"max":      ComputedNumber("Greatest value, in " + unit + "."),
			"max_time": ComputedText("Time of the greatest value, RFC 3339; the earliest if there are several."),
			"average":  ComputedNumber("Average in " + unit + ", rounded half away from zero to 6 decimals."),
			"total":    ComputedNumber(total + "."),
			"p95": ComputedNumber("95th percentile by nearest rank, in " + unit + ": the smallest value that at least 95% of the values do not " +
				"exceed. It is computed from the values of this series; a 95th percentile for billing needs 5-minute bandwidth."),
			percentilesName: schema.MapAttribute{
				MarkdownDescription: "Percentiles by nearest rank, in " + unit + ". The keys are the numbers as strings: " +
					"`percentiles[\"99.9\"]`. Null if the argument `percentiles` is not set. Each is null if there are no values.",
				Computed:    true,
				ElementType: types.NumberType,
			},
			"latest":           ComputedNumber("Value at the latest time, in " + unit + "; the last if there are several."),
			"first_time":       ComputedText("Earliest time of a value, RFC 3339."),
			"last_time":        ComputedText("Latest time of a value, RFC 3339. It shows how fresh the data is."),
			"interval_seconds": ComputedInteger("Seconds from one time with a value to the next; null if they vary, or if there are fewer than two times."),
			"largest_gap_seconds": ComputedInteger("Largest gap between two consecutive times with a value, in seconds; null if there are fewer than " +
				"two times. A gap longer than a period means that values are missing."),
		},
	}
}
