// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package functions_test

import (
	"strings"
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
)

// series are the arguments of resample: times and values of a series, each separated by blanks, and the other arguments.
func series(times, values string, rest ...any) []any {
	labels := []any{}
	for label := range strings.FieldsSeq(times) {
		labels = append(labels, label)
	}
	texts := strings.Fields(values)
	for i, text := range texts {
		texts[i] = strings.TrimPrefix(text, "null")
	}
	return append([]any{labels, numbers(texts...)}, rest...)
}

// oneOf is the result with one entry.
func oneOf(label, value string) string {
	return "time.#=1 time.0=" + label + " value.#=1 value.0=" + value
}

func TestResampleFunction(t *testing.T) {
	const (
		// days are two midnights in UTC+8 and what is an hour before the second.
		days  = "2026-01-14T16:00:00Z 2026-01-16T00:00:00+08:00 2026-01-15T15:00:00Z"
		noon  = "2026-01-15T12:34:56Z"
		empty = "time.#=0 value.#=0"
	)
	testCalls(t, "resample", []call{
		{
			name: "days in UTC+8", arguments: series(days, "1 2 4", "day", "sum"),
			want: "time.#=2 time.0=2026-01-15T00:00:00+08:00 time.1=2026-01-16T00:00:00+08:00 value.#=2 value.0=5 value.1=2",
		},
		{
			name: "days in UTC", arguments: series(days, "1 2 4", "day", "sum", "Z"),
			want: "time.#=2 time.0=2026-01-14T00:00:00Z time.1=2026-01-15T00:00:00Z value.#=2 value.0=1 value.1=6",
		},
		{name: "null offset", arguments: series(noon, "1", "day", "sum", nil), want: oneOf("2026-01-15T00:00:00+08:00", "1")},
		{name: "hour", arguments: series(noon, "1", "hour", "sum"), want: oneOf("2026-01-15T20:00:00+08:00", "1")},
		{name: "hour at half an hour", arguments: series(noon, "1", "hour", "sum", "+05:30"), want: oneOf("2026-01-15T18:00:00+05:30", "1")},
		{name: "week from Monday", arguments: series(noon, "1", "week", "sum"), want: oneOf("2026-01-12T00:00:00+08:00", "1")},
		{name: "7d from Thursday", arguments: series("2026-01-14T12:00:00Z", "1", "7d", "sum"), want: oneOf("2026-01-08T00:00:00+08:00", "1")},
		{name: "month", arguments: series("2026-01-31T16:00:00Z", "1", "month", "sum"), want: oneOf("2026-02-01T00:00:00+08:00", "1")},
		{name: "duration", arguments: series(noon, "1", "15m", "sum", "Z"), want: oneOf("2026-01-15T12:30:00Z", "1")},
		{name: "unix seconds", arguments: series("1768480496", "1", "hour", "sum", "Z"), want: oneOf("2026-01-15T12:00:00Z", "1")},
		{name: "exact sum", arguments: series(noon+" "+noon, "0.1 9007199254740993", "hour", "sum", "Z"), want: oneOf("2026-01-15T12:00:00Z", "9007199254740993.1")},
		{name: "max", arguments: series(days, "1 2 4", "month", "max"), want: oneOf("2026-01-01T00:00:00+08:00", "4")},
		{name: "min", arguments: series(days, "1 2 4", "month", "min"), want: oneOf("2026-01-01T00:00:00+08:00", "1")},
		{name: "average", arguments: series(days, "1 2 4", "month", "average"), want: oneOf("2026-01-01T00:00:00+08:00", "2.333333")},
		{name: "count", arguments: series(days, "1 null 4", "month", "count"), want: oneOf("2026-01-01T00:00:00+08:00", "2")},
		{name: "last", arguments: series(days, "1 2 4", "month", "last"), want: oneOf("2026-01-01T00:00:00+08:00", "2")},
		{name: "null is not last", arguments: series(days, "1 null 4", "month", "last"), want: oneOf("2026-01-01T00:00:00+08:00", "4")},
		{name: "period of nulls", arguments: series(days, "1 null 4", "day", "count"), want: oneOf("2026-01-15T00:00:00+08:00", "2")},
		{name: "only nulls", arguments: series(days, "null null null", "day", "sum"), want: empty},
		{name: "empty", arguments: series("", "", "day", "sum"), want: empty},
		{name: "before 1970", arguments: series("1969-12-31T23:59:59Z", "1", "6h", "sum", "Z"), want: oneOf("1969-12-31T18:00:00Z", "1")},
		{name: "year 1", arguments: series("0001-01-01T00:00:00Z", "1", "day", "sum", "Z"), want: oneOf("0001-01-01T00:00:00Z", "1")},
		{name: "unknown value", arguments: []any{[]any{noon}, []any{acctest.Unknown}, "day", "sum"}, want: acctest.Unknown},
		{name: "unknown time", arguments: []any{[]any{acctest.Unknown}, []any{1}, "day", "sum"}, want: acctest.Unknown},
	})
}

func TestResampleFunctionErrors(t *testing.T) {
	const day = "2026-01-15T00:00:00Z"
	with := func(rest ...any) []any { return series(day, "1", rest...) }
	const period, how = `must be "hour", "day", "week", "month" or a duration such as "6h", got `, `must be one of "sum", "max", "min", "average", "count", "last", got `
	testCalls(t, "resample", []call{
		{name: "fewer values", arguments: series(day+" "+day, "1", "day", "sum"), problem: "must have as many elements as times, which has 2, got 1", argument: 1},
		{name: "more values", arguments: series("", "1", "day", "sum"), problem: "as times, which has 0, got 1", argument: 1},
		{name: "fewer values than unknown times", arguments: []any{[]any{acctest.Unknown}, []any{}, "day", "sum"}, problem: "which has 1, got 0", argument: 1},
		{name: "null time", arguments: []any{[]any{day, nil}, []any{1, nil}, "day", "sum"}, problem: "times[1] must not be null"},
		{name: "date", arguments: series(day+" 2026-01-15", "1 2", "day", "sum"), problem: `times[1] must be a time, not a date, got "2026-01-15"; write "2026-01-15T00:00:00+08:00"`},
		{name: "no offset", arguments: series("2026-01-15T00:00:00", "1", "day", "sum"), problem: `times[0] must have an offset from UTC, got "2026-01-15T00:00:00"; write "2026-01-15T00:00:00+08:00"`},
		{name: "offset without a colon", arguments: series("2026-01-15T00:00:00+0800", "1", "day", "sum"), problem: `times[0] must have an offset of the form +08:00, got "2026-01-15T00:00:00+0800"; write +08:00`},
		{name: "fraction", arguments: series("2026-01-15T00:00:00.5Z", "1", "day", "sum"), problem: `times[0] must be a whole second, got "2026-01-15T00:00:00.5Z"; write "2026-01-15T00:00:00Z"`},
		{name: "milliseconds", arguments: series("1768435200000", "1", "day", "sum"), problem: "looks like milliseconds"},
		{name: "before year 0", arguments: series("0000-01-01T00:00:00Z", "1", "week", "sum", "Z"), problem: "must be from the year 0 to 9999 at the offset"},
		{name: "after year 9999", arguments: series("9999-12-31T23:00:00Z", "1", "day", "sum"), problem: "must be from the year 0 to 9999"},
		{name: "huge value", arguments: series(day, "1e400", "day", "sum"), problem: "values[0] must be 0, or between", argument: 1},
		{name: "period in other words", arguments: with("daily", "sum"), problem: period + `"daily"; write "day"`, argument: 2},
		{name: "period in capitals", arguments: with("Month", "sum"), problem: `; write "month"`, argument: 2},
		{name: "month as a duration", arguments: with("1M", "sum"), problem: period + `"1M"; write "month"`, argument: 2},
		{name: "period that does not exist", arguments: with("fortnight", "sum"), problem: period + `"fortnight"`, argument: 2},
		{name: "period without a unit", arguments: with("24", "sum"), problem: `write "24h" for hours`, argument: 2},
		{name: "period of a capital unit", arguments: with("7D", "sum"), problem: `; write "7d"`, argument: 2},
		{name: "ISO period", arguments: with("P7D", "sum"), problem: `; write "7d"`, argument: 2},
		{name: "fraction of an hour", arguments: with("1.5h", "sum"), problem: `; write "1h30m"`, argument: 2},
		{name: "no period", arguments: with("0s", "sum"), problem: "must be greater than 0", argument: 2},
		{name: "negative period", arguments: with("-1h", "sum"), problem: "must not be negative", argument: 2},
		{name: "period of milliseconds", arguments: with("1500ms", "sum"), problem: "must be whole seconds", argument: 2},
		{name: "endless period", arguments: with("293y", "sum"), problem: "must be at most 292 years", argument: 2},
		{name: "empty period", arguments: with("", "sum"), problem: period + `""`, argument: 2},
		{name: "how in other words", arguments: with("day", "avg"), problem: how + `"avg"; write "average"`, argument: 3},
		{name: "how in capitals", arguments: with("day", "SUM"), problem: how + `"SUM"; write "sum"`, argument: 3},
		{name: "how that does not exist", arguments: with("day", "p95"), problem: how + `"p95"`, argument: 3},
		{name: "zone", arguments: with("day", "sum", "Asia/Shanghai"), problem: "names of time zones", argument: 4},
		{name: "offset of UTC", arguments: with("day", "sum", "UTC+8"), problem: `; write "+08:00"`, argument: 4},
		{name: "two offsets", arguments: with("day", "sum", "Z", "Z"), problem: "must be at most one offset, got 2", argument: 5},
		{name: "unknown value and a wrong period", arguments: []any{[]any{day}, []any{acctest.Unknown}, "", "sum"}, problem: period, argument: 2},
	})
}
