// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package stats computes statistics of series of measured values: summaries, percentiles, changes, resampled series,
// rankings and sparklines. Its functions are pure and exact.
package stats

import (
	"context"
	"slices"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/decimal"
)

const (
	// averagePlaces is the number of decimal places of an average.
	averagePlaces = 6
	// summaryPercentile is the percentile in a summary.
	summaryPercentile = 95
)

// Kind says what the values of a series are.
type Kind int

const (
	// Amounts add up over time, such as bytes or requests.
	Amounts Kind = iota
	// Levels do not add up, such as rates, durations and ratios.
	Levels
)

// Sample is one value of a series.
type Sample struct {
	// Time is the vendor's label of the value.
	Time time.Time
	// Value is null if nothing was measured.
	Value decimal.Decimal
}

// Summary describes the samples of a series whose value is not null. If there are none, every field except Percentiles has
// its zero value: zero times, null decimals, nil pointers. Times keep the location of their sample.
type Summary struct {
	// Count is the number of samples. Samples with the same time all count.
	Count int64
	// Min and Max are the lowest and the highest value.
	Min, Max decimal.Decimal
	// MaxTime is the earliest time of Max.
	MaxTime time.Time
	// Average is rounded half away from zero to 6 decimal places.
	Average decimal.Decimal
	// Total is the exact sum of amounts. It is null for levels.
	Total decimal.Decimal
	// P95 is the smallest value that at least 95 % of the samples do not exceed.
	P95 decimal.Decimal
	// Percentiles are the requested percentiles in the requested order, by nearest rank like P95. Without samples, each is
	// null.
	Percentiles []decimal.Decimal
	// Latest is the value with the latest time. If several samples have that time, it is the last of these samples.
	Latest decimal.Decimal
	// FirstTime and LastTime are the earliest and the latest time.
	FirstTime, LastTime time.Time
	// IntervalSeconds is the interval between consecutive distinct times in whole seconds. It is nil if it varies or if there
	// are fewer than two times.
	IntervalSeconds *int64
	// LargestGapSeconds is the longest interval between consecutive distinct times in whole seconds. It is nil if there are
	// fewer than two times.
	LargestGapSeconds *int64
}

// Summarize returns the summary of samples, which may be in any order and are not changed. Percentiles must be from 1 to
// 100. The only error is that of ctx.
func Summarize(ctx context.Context, samples []Sample, kind Kind, percentiles ...decimal.Decimal) (Summary, error) {
	timeline := inTimeOrder(ctx, samples)
	if len(timeline) == 0 {
		var none Summary
		if len(percentiles) > 0 {
			none.Percentiles = make([]decimal.Decimal, len(percentiles))
		}
		return none, ctx.Err()
	}
	values := make([]decimal.Decimal, len(timeline))
	for i, sample := range timeline {
		values[i] = sample.Value
	}
	total := decimal.Sum(values...)
	slices.SortFunc(values, until(ctx, decimal.Decimal.Cmp))
	if err := ctx.Err(); err != nil {
		return Summary{}, err // The order may be wrong.
	}

	first, last, greatest := timeline[0], timeline[len(timeline)-1], values[len(values)-1]
	peak := slices.IndexFunc(timeline, func(s Sample) bool { return s.Value.Equal(greatest) })
	summary := Summary{
		Count:     int64(len(values)),
		Min:       values[0],
		Max:       greatest,
		MaxTime:   timeline[peak].Time,
		Average:   total.DivRound(decimal.FromInt(int64(len(values))), averagePlaces),
		P95:       nearestRank(values, decimal.FromInt(summaryPercentile)),
		Latest:    last.Value,
		FirstTime: first.Time,
		LastTime:  last.Time,
	}
	if kind == Amounts {
		summary.Total = total
	}
	for _, p := range percentiles {
		summary.Percentiles = append(summary.Percentiles, nearestRank(values, p))
	}
	summary.IntervalSeconds, summary.LargestGapSeconds = gaps(timeline)
	return summary, nil
}

// until returns a comparison that reports all values as equal after ctx has ended, so that sorting ends early.
func until[T any](ctx context.Context, compare func(a, b T) int) func(a, b T) int {
	return func(a, b T) int {
		if ctx.Err() != nil {
			return 0
		}
		return compare(a, b)
	}
}

// inTimeOrder returns the samples with a value in the order of their times. Samples with the same time keep their order.
func inTimeOrder(ctx context.Context, samples []Sample) []Sample {
	timeline := make([]Sample, 0, len(samples))
	for _, sample := range samples {
		if !sample.Value.IsNull() {
			timeline = append(timeline, sample)
		}
	}
	byTime := func(a, b Sample) int { return a.Time.Compare(b.Time) }
	if !slices.IsSortedFunc(timeline, byTime) {
		slices.SortStableFunc(timeline, until(ctx, byTime))
	}
	return timeline
}

// gaps returns the interval and the largest gap of Summary. It counts seconds, because a time.Duration cannot be longer than
// 292 years.
func gaps(timeline []Sample) (interval, largest *int64) {
	var shortest, longest int64
	for i := 1; i < len(timeline); i++ {
		gap := timeline[i].Time.Unix() - timeline[i-1].Time.Unix()
		if gap == 0 {
			continue
		}
		if shortest == 0 || gap < shortest {
			shortest = gap
		}
		longest = max(longest, gap)
	}
	if longest == 0 {
		return nil, nil
	}
	if shortest == longest {
		interval = &shortest
	}
	return interval, &longest
}
