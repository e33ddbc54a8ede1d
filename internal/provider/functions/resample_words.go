// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package functions

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/stats"
	"github.com/edgestats/terraform-provider-edgestats/internal/times"
)

// parsePeriod reads the periods of resample: a word or a Prometheus duration.
func parsePeriod(text string, zone *time.Location) (stats.PeriodStart, error) {
	switch text {
	case "hour":
		return stats.Periods(time.Hour, zone), nil
	case "day":
		return stats.Periods(24*time.Hour, zone), nil
	case "week":
		return stats.Weeks(zone), nil
	case "month":
		return stats.Months(zone), nil
	}
	if length, err := times.ParsePositiveDuration(text); err == nil {
		return stats.Periods(length, zone), nil
	} else if word := periodMeant(text); word == "" && strings.ContainsAny(text, "0123456789") {
		return nil, err
	}
	const form = `must be "hour", "day", "week", "month" or a duration such as "6h"`
	return nil, fmt.Errorf("%s, got %.40q%s", form, text, advice(periodMeant(text)))
}

// periodMeant returns the word for a period that is named differently, or nothing.
func periodMeant(text string) string {
	if text == "1M" || text == "P1M" {
		return "month"
	}
	switch strings.ToLower(text) {
	case "hour", "hours", "hourly":
		return "hour"
	case "day", "days", "daily":
		return "day"
	case "week", "weeks", "weekly":
		return "week"
	case "month", "months", "monthly", "mo", "1mo", "1month", "1 month":
		return "month"
	}
	return ""
}

// parseHow reads the aggregates of resample.
func parseHow(text string) (stats.Aggregate, error) {
	aggregates := stats.Aggregates()
	if slices.Contains(aggregates, stats.Aggregate(text)) {
		return stats.Aggregate(text), nil
	}
	names := make([]string, len(aggregates))
	for i, aggregate := range aggregates {
		names[i] = fmt.Sprintf("%q", aggregate)
	}
	return "", fmt.Errorf("must be one of %s, got %.40q%s", strings.Join(names, ", "), text, advice(string(howMeant(text))))
}

// howMeant returns the aggregate that is named differently, or nothing.
func howMeant(text string) stats.Aggregate {
	word := strings.ToLower(text)
	switch word {
	case "total", "add":
		return stats.Sum
	case "maximum", "greatest", "peak":
		return stats.Max
	case "minimum", "least":
		return stats.Min
	case "avg", "mean":
		return stats.Average
	case "number", "length":
		return stats.Count
	case "latest":
		return stats.Last
	}
	if slices.Contains(stats.Aggregates(), stats.Aggregate(word)) {
		return stats.Aggregate(word)
	}
	return ""
}

func advice(word string) string {
	if word == "" {
		return ""
	}
	return fmt.Sprintf("; write %q", word)
}
