// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package cdn

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/edgestats/terraform-provider-edgestats/internal/decimal"
	"github.com/edgestats/terraform-provider-edgestats/internal/points"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider/arguments"
	"github.com/edgestats/terraform-provider-edgestats/internal/stats"
)

// valuesAttributes adds the attributes of values at a fixed interval: where they start, which is described, the interval,
// the values and their summary.
func valuesAttributes(start string, values points.Numbers, unit string, into map[string]schema.Attribute) map[string]schema.Attribute {
	into["start_time"] = arguments.ComputedText(start)
	into["interval_seconds"] = arguments.ComputedInteger("Seconds from one value to the next: value *i* covers the time from `start_time` + *i* × " +
		"`interval_seconds` to the start of the next.")
	into["values"] = values.Attribute()
	into["summary"] = arguments.SummaryAttribute("values", unit)
	return into
}

// valuesAt are values at a fixed interval.
type valuesAt struct {
	start    time.Time
	interval time.Duration
	values   []decimal.Decimal
	kind     stats.Kind
	// percentiles are those that the summary has.
	percentiles []types.Number
}

// addTo adds the attributes of valuesAttributes to an object. The values are null unless they are included. The error is
// the context's.
func (v valuesAt) addTo(ctx context.Context, into points.Object, list points.Numbers, include bool) error {
	summary, err := arguments.Summarize(ctx, arguments.Samples(v.start, v.interval, v.values), v.kind, v.percentiles)
	if err != nil {
		return err
	}
	values := list.Null()
	if include {
		values, err = list.List(ctx, v.values)
	}
	into["start_time"] = points.Time(v.start)
	into["interval_seconds"] = points.Integer(int64(v.interval / time.Second))
	into["values"] = values.Value()
	into["summary"] = summary
	return err
}
