// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package functions_test

import "testing"

func TestRFC3339Function(t *testing.T) {
	const form = "must be whole seconds from -62167219200 to 9999999999, got "
	testCalls(t, "rfc3339", []call{
		{name: "midnight", arguments: numbers("1768435200"), want: "2026-01-15T00:00:00Z"},
		{name: "first", arguments: numbers("0"), want: "1970-01-01T00:00:00Z"},
		{name: "last", arguments: numbers("9999999999"), want: "2286-11-20T17:46:39Z"},
		{name: "whole all the same", arguments: numbers("1.7684352e9"), want: "2026-01-15T00:00:00Z"},
		{name: "before 1970", arguments: numbers("-1"), want: "1969-12-31T23:59:59Z"},
		{name: "year 1", arguments: numbers("-62135596800"), want: "0001-01-01T00:00:00Z"},
		{name: "year 0", arguments: numbers("-62167219200"), want: "0000-01-01T00:00:00Z"},
		{name: "before year 0", arguments: numbers("-62167219201"), problem: form + "-62167219201"},
		{name: "fraction before 1970", arguments: numbers("-0.5"), problem: form + "-0.5"},
		{name: "fraction", arguments: numbers("1768435200.5"), problem: form + "1768435200.5"},
		{name: "milliseconds", arguments: numbers("1768435200123"), problem: "looks like milliseconds; unix seconds would be 1768435200"},
		{name: "eleven digits", arguments: numbers("10000000000"), problem: "at most 10 digits, got 11 digits"},
		{name: "beyond 64 bits", arguments: numbers("18446744073709551616"), problem: "at most 10 digits, got 20 digits"},
		{name: "huge", arguments: numbers("1e400"), problem: "must be 0, or between 1e-308 and 1e309"},
	})
}
