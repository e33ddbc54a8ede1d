// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package functions_test

import "testing"

func TestMbpsFunction(t *testing.T) {
	testCalls(t, "mbps", []call{
		{name: "one", arguments: numbers("37500000", "300"), want: "1"},
		{name: "fraction of a second", arguments: numbers("1", "0.5"), want: "0.000016"},
		{name: "rounded up", arguments: numbers("1000000", "3"), want: "2.666667"},
		{name: "half rounded up", arguments: numbers("1", "16"), want: "0.000001"},
		{name: "half rounded away from zero", arguments: numbers("-1", "16"), want: "-0.000001"},
		{name: "below half", arguments: numbers("0.999999999999999999999", "16"), want: "0"},
		{name: "beyond 2^53", arguments: numbers("9007199254740993", "8"), want: "9007199254.740993"},
		{name: "nothing", arguments: numbers("0", "300"), want: "0"},
		{name: "no time", arguments: numbers("1", "0"), problem: "must be greater than 0, got 0", argument: 1},
		{name: "negative time", arguments: numbers("1", "-0.5"), problem: "must be greater than 0, got -0.5", argument: 1},
		{name: "huge bytes", arguments: numbers("1e400", "1"), problem: "must be 0, or between 1e-308 and 1e309"},
		{name: "huge seconds", arguments: numbers("1", "1e400"), problem: "must be 0, or between 1e-308 and 1e309", argument: 1},
	})
}
