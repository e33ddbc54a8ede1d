// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package functions

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/edgestats/terraform-provider-edgestats/internal/decimal"
	"github.com/edgestats/terraform-provider-edgestats/internal/stats"
	"github.com/edgestats/terraform-provider-edgestats/internal/times"
)

type resample struct{}

func newResample() function.Function { return resample{} }

// seriesTypes are the types of the members of resample's result.
func seriesTypes() map[string]attr.Type {
	return map[string]attr.Type{
		"time":  types.ListType{ElemType: types.StringType},
		"value": types.ListType{ElemType: types.NumberType},
	}
}

type seriesModel struct {
	Time  []types.String `tfsdk:"time"`
	Value []types.Number `tfsdk:"value"`
}

func (resample) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "resample"
}

func (resample) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "Combine a series into longer periods",
		MarkdownDescription: "Groups the values of a series into longer periods, combines those of each period, and returns an object of two lists, `time` and " +
			"`value`, in chronological order. `time` is the start of the period, RFC 3339 at `offset`. A period without values has no entry; nulls " +
			"are skipped. The order of the elements does not matter. If a time occurs more than once, all its values count. Times must be the " +
			"starts of periods. For relay traffic at `5m` or `1h`, set `time_rounding = \"down\"`; at `1d`, times are starts already.",
		Parameters: []function.Parameter{
			function.ListParameter{
				Name:        "times",
				ElementType: types.StringType,
				MarkdownDescription: "Time of each value, RFC 3339 with an offset, such as `2026-01-15T00:00:00Z`, or unix seconds. At most " +
					"1,000,000, none of them null.",
			},
			function.ListParameter{
				Name:                "values",
				ElementType:         types.NumberType,
				MarkdownDescription: "The values, as many as there are times. Nulls are skipped.",
			},
			function.StringParameter{
				Name: "period",
				MarkdownDescription: "`hour`, `day`, `week` (from Monday), `month`, or a Prometheus duration such as `15m`, `6h` or `2d`, " +
					"counted from 1970-01-01T00:00 at `offset`. Periods of `7d` therefore start on Thursdays; use `week` for Mondays.",
			},
			function.StringParameter{
				Name: "how",
				MarkdownDescription: "`sum` (exact), `max`, `min`, `average` (rounded half away from zero to 6 decimals), `count` (number of " +
					"values) or `last` (value at the latest time). Sum amounts such as bytes; rates and ratios do not add up.",
			},
		},
		VariadicParameter: offsetParameter("`\"+08:00\"`, the vendors' day"),
		Return:            function.ObjectReturn{AttributeTypes: seriesTypes()},
	}
}

// The positions of resample's arguments.
const (
	timesPosition = iota
	valuesPosition
	periodPosition
	howPosition
	offsetPosition
)

func (resample) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	samples, known, failure := samplesArguments(ctx, req.Arguments)
	if failure != nil {
		resp.Error = failure
		return
	}
	start, aggregate, failure := periodArguments(ctx, req.Arguments)
	if failure != nil {
		resp.Error = failure
		return
	}
	if !known {
		resp.Error = resp.Result.Set(ctx, types.ObjectUnknown(seriesTypes()))
		return
	}
	series := seriesModel{Time: []types.String{}, Value: []types.Number{}}
	for _, period := range stats.Resample(ctx, samples, start, aggregate) {
		if year := period.Time.Year(); year < 0 || year > 9999 {
			resp.Error = function.NewArgumentFuncError(timesPosition, "must be from the year 0 to 9999 at the offset")
			return
		}
		series.Time = append(series.Time, types.StringValue(period.Time.Format(time.RFC3339)))
		series.Value = append(series.Value, types.NumberValue(period.Value.BigFloat()))
	}
	resp.Error = resp.Result.Set(ctx, series)
}

// samplesArguments returns the times with their values. It reports false where an element is unknown, as valuesArgument does.
func samplesArguments(ctx context.Context, arguments function.ArgumentsData) ([]stats.Sample, bool, *function.FuncError) {
	var labels []types.String
	if err := arguments.GetArgument(ctx, timesPosition, &labels); err != nil {
		return nil, false, err
	}
	if err := checkSize(len(labels), timesPosition); err != nil {
		return nil, false, err
	}
	values, known, failure := valuesArgument(ctx, arguments, valuesPosition)
	if failure != nil {
		return nil, false, failure
	}
	if len(labels) != len(values) {
		return nil, false, function.NewArgumentFuncError(valuesPosition, fmt.Sprintf(
			"must have as many elements as times, which has %d, got %d", len(labels), len(values)))
	}
	samples := make([]stats.Sample, len(labels))
	for i, label := range labels {
		sample, err := sampleOf(label, values[i])
		if err != nil {
			return nil, false, function.NewArgumentFuncError(timesPosition, fmt.Sprintf("times[%d] %v", i, err))
		}
		samples[i] = sample
		known = known && !label.IsUnknown()
	}
	return samples, known, nil
}

func sampleOf(label types.String, value decimal.Decimal) (stats.Sample, error) {
	switch {
	case label.IsUnknown():
		return stats.Sample{}, nil
	case label.IsNull():
		return stats.Sample{}, errors.New("must not be null")
	}
	t, err := times.Parse(label.ValueString())
	return stats.Sample{Time: t, Value: value}, err
}

// periodArguments returns the periods and how their values are combined.
func periodArguments(ctx context.Context, arguments function.ArgumentsData) (stats.PeriodStart, stats.Aggregate, *function.FuncError) {
	var period, how string
	if err := arguments.GetArgument(ctx, periodPosition, &period); err != nil {
		return nil, "", err
	}
	if err := arguments.GetArgument(ctx, howPosition, &how); err != nil {
		return nil, "", err
	}
	zone, failure := offsetArgument(ctx, arguments, offsetPosition, vendorsZone())
	if failure != nil {
		return nil, "", failure
	}
	start, err := parsePeriod(period, zone)
	if err != nil {
		return nil, "", function.NewArgumentFuncError(periodPosition, err.Error())
	}
	aggregate, err := parseHow(how)
	if err != nil {
		return nil, "", function.NewArgumentFuncError(howPosition, err.Error())
	}
	return start, aggregate, nil
}

// vendorsZone is the zone in which the vendors' days and months begin, UTC+8 all year.
func vendorsZone() *time.Location { return time.FixedZone("+08:00", 8*60*60) }
