// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package stats

import (
	"context"
	"slices"

	"github.com/edgestats/terraform-provider-edgestats/internal/decimal"
)

// Aggregate says how Resample combines the values of a period.
type Aggregate string

// The aggregates.
const (
	// Sum is the exact sum.
	Sum Aggregate = "sum"
	// Max is the greatest value.
	Max Aggregate = "max"
	// Min is the least value.
	Min Aggregate = "min"
	// Average is rounded half away from zero to 6 decimals.
	Average Aggregate = "average"
	// Count is the number of values.
	Count Aggregate = "count"
	// Last is the value with the latest time. If several samples have that time, it is the last of these samples.
	Last Aggregate = "last"
)

// Aggregates returns all aggregates.
func Aggregates() []Aggregate { return []Aggregate{Sum, Max, Min, Average, Count, Last} }

// of combines at least one value in time order. No value may be null. It returns null for an unknown aggregate.
func (a Aggregate) of(values []decimal.Decimal) decimal.Decimal {
	count := decimal.FromInt(int64(len(values)))
	switch a {
	case Sum:
		return decimal.Sum(values...)
	case Max:
		return slices.MaxFunc(values, decimal.Decimal.Cmp)
	case Min:
		return slices.MinFunc(values, decimal.Decimal.Cmp)
	case Average:
		return decimal.Sum(values...).DivRound(count, averagePlaces)
	case Count:
		return count
	case Last:
		return values[len(values)-1]
	}
	return decimal.Decimal{}
}

// Resample returns one sample for each period with at least one value, in time order. Its time is the start of the period.
// Nulls are skipped. Samples may be in any order and are not changed. Samples with the same time all count. If ctx ends,
// the result may be wrong, so check ctx afterwards.
func Resample(ctx context.Context, samples []Sample, start PeriodStart, aggregate Aggregate) []Sample {
	timeline := inTimeOrder(ctx, samples)
	var periods []Sample
	for len(timeline) > 0 {
		begin := start(timeline[0].Time)
		var values []decimal.Decimal
		for _, sample := range timeline {
			if !start(sample.Time).Equal(begin) {
				break
			}
			values = append(values, sample.Value)
		}
		periods = append(periods, Sample{Time: begin, Value: aggregate.of(values)})
		timeline = timeline[len(values):]
	}
	return periods
}
