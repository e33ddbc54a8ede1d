// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package functions_test

import "testing"

func TestRFC3339Function(t *testing.T) {
	const form = "must be whole seconds from -62167219200 to 9999999999, got "
	at := func(seconds string, offsets ...any) []any { return append(numbers(seconds), offsets...) }
	testCalls(t, "rfc3339", []call{
		{name: "offset", arguments: at("1768435200", "+08:00"), want: "2026-01-15T08:00:00+08:00"},
		{name: "negative offset", arguments: at("1768435200", "-03:30"), want: "2026-01-14T20:30:00-03:30"},
		{name: "UTC", arguments: at("1768435200", "Z"), want: "2026-01-15T00:00:00Z"},
		{name: "offset of zero", arguments: at("1768435200", "+00:00"), want: "2026-01-15T00:00:00Z"},
		{name: "null offset", arguments: at("1768435200", nil), want: "2026-01-15T00:00:00Z"},
		{name: "before 1970 at an offset", arguments: at("-1", "+08:00"), want: "1970-01-01T07:59:59+08:00"},
		{name: "year 0 at an offset", arguments: at("-62167219200", "+08:00"), want: "0000-01-01T08:00:00+08:00"},
		{
			name: "before year 0 at an offset", arguments: at("-62167219200", "-08:00"),
			problem: "must not be before the year 0 at the offset -08:00, got -62167219200",
		},
		{name: "offset without a colon", arguments: at("0", "+0800"), problem: `got "+0800"; write "+08:00"`, argument: 1},
		{name: "UTC and hours", arguments: at("0", "UTC+8"), problem: `; write "+08:00"`, argument: 1},
		{name: "GMT and hours", arguments: at("0", "GMT+8"), problem: `; write "+08:00"`, argument: 1},
		{name: "zone", arguments: at("0", "Asia/Shanghai"), problem: "names of time zones are not accepted", argument: 1},
		{name: "a day away", arguments: at("0", "+24:00"), problem: `must be from "-23:59" to "+23:59"`, argument: 1},
		{name: "empty offset", arguments: at("0", ""), problem: "must be hours and minutes", argument: 1},
		{name: "two offsets", arguments: at("0", "Z", "+08:00"), problem: "must be at most one offset, got 2", argument: 2},
		{name: "midnight", arguments: numbers("1768435200"), want: "2026-01-15T00:00:00Z"},
		{name: "first", arguments: numbers("0"), want: "1970-01-01T00:00:00Z"},
		{name: "last", arguments: numbers("9999999999"), want: "2286-11-20T17:46:39Z"},
		{name: "whole number with an exponent", arguments: numbers("1.7684352e9"), want: "2026-01-15T00:00:00Z"},
		{name: "before 1970", arguments: numbers("-1"), want: "1969-12-31T23:59:59Z"},
		{name: "year 1", arguments: numbers("-62135596800"), want: "0001-01-01T00:00:00Z"},
		{name: "year 0", arguments: numbers("-62167219200"), want: "0000-01-01T00:00:00Z"},
		{name: "before year 0", arguments: numbers("-62167219201"), problem: form + "-62167219201"},
		{name: "fraction before 1970", arguments: numbers("-0.5"), problem: form + "-0.5"},
		{name: "fraction", arguments: numbers("1768435200.5"), problem: form + "1768435200.5"},
		{name: "milliseconds", arguments: numbers("1768435200123"), problem: "looks like milliseconds; write 1768435200"},
		{name: "eleven digits", arguments: numbers("10000000000"), problem: "at most 10 digits, got 11 digits"},
		{name: "beyond 64 bits", arguments: numbers("18446744073709551616"), problem: "at most 10 digits, got 20 digits"},
		{name: "huge", arguments: numbers("1e400"), problem: "must be 0, or between 1e-308 and 1e309"},
	})
}
