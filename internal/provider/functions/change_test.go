// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package functions_test

import "testing"

func TestChangeFunction(t *testing.T) {
	testCalls(t, "change", []call{
		{name: "increase", arguments: numbers("90", "80"), want: "12.5"},
		{name: "decrease", arguments: numbers("80", "100"), want: "-20"},
		{name: "none", arguments: numbers("5", "5"), want: "0"},
		{name: "to zero", arguments: numbers("0", "5"), want: "-100"},
		{name: "rounded", arguments: numbers("4", "3"), want: "33.333333"},
		{name: "half away from zero", arguments: numbers("100.0000005", "100"), want: "0.000001"},
		{name: "negative half away from zero", arguments: numbers("99.9999995", "100"), want: "-0.000001"},
		{name: "from below zero", arguments: numbers("5", "-10"), want: "150"},
		{name: "further below zero", arguments: numbers("-15", "-10"), want: "-50"},
		{name: "beyond 2^53", arguments: numbers("9007199254740993", "9007199254740992"), want: "0"},
		{name: "beyond 2^53 exactly", arguments: numbers("18014398509481986", "9007199254740993"), want: "100"},
		{name: "from zero", arguments: numbers("5", "0"), want: "null"},
		{name: "zero from zero", arguments: numbers("0", "0"), want: "null"},
		{name: "null now", arguments: numbers("", "5"), want: "null"},
		{name: "null before", arguments: numbers("5", ""), want: "null"},
		{name: "only nulls", arguments: numbers("", ""), want: "null"},
		{name: "huge now", arguments: numbers("1e400", "1"), problem: "must be 0, or between 1e-308 and 1e309"},
		{name: "huge before", arguments: numbers("1", "1e400"), problem: "must be 0, or between 1e-308 and 1e309", argument: 1},
	})
}
