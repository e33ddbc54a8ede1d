// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package functions_test

import (
	"math/rand/v2"
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
)

func TestPercentileFunction(t *testing.T) {
	var thousand []any
	for _, i := range rand.New(rand.NewPCG(1, 2)).Perm(1000) {
		thousand = append(thousand, i+1)
	}
	with := func(values []any, p string) []any { return append([]any{values}, numbers(p)...) }
	testCalls(t, "percentile", []call{
		{name: "exact rank", arguments: with(thousand, "99.9"), want: "999"},
		{name: "just above a rank", arguments: with(thousand, "99.90000000000000000001"), want: "1000"},
		{name: "least", arguments: with(thousand, "1"), want: "10"},
		{name: "nulls do not count", arguments: with(numbers("", "1", "", "2", "3", ""), "100"), want: "3"},
		{name: "median", arguments: with(numbers("3", "1", "2"), "50"), want: "2"},
		{name: "greatest", arguments: with(numbers("3", "1", "2"), "100"), want: "3"},
		{name: "one value", arguments: with(numbers("-0.053"), "95"), want: "-0.053"},
		{
			name:      "beyond 2^53",
			arguments: with(numbers("9007199254740993", "9007199254740992", "9007199254740994"), "50"), want: "9007199254740993",
		},
		{
			name:      "many digits",
			arguments: with(numbers("12345678901234567890.123456789012345678", "0"), "100"), want: "12345678901234567890.123456789012345678",
		},
		{name: "unknown value", arguments: []any{[]any{1, acctest.Unknown}, 50}, want: acctest.Unknown},
		{name: "unknown value and a wrong percentile", arguments: []any{[]any{1, acctest.Unknown}, 101}, problem: "got 101", argument: 1},
		{name: "unknown value and null", arguments: []any{[]any{nil, acctest.Unknown}, 50}, want: acctest.Unknown},
		{name: "no values", arguments: with(nil, "50"), problem: "must have at least one number that is not null"},
		{name: "only nulls", arguments: with(numbers("", ""), "50"), problem: "must have at least one number that is not null"},
		{name: "huge value", arguments: with(numbers("1", "1e400"), "50"), problem: "values[1] must be 0, or between 1e-308 and 1e309"},
		{name: "zero percent", arguments: with(numbers("1"), "0"), problem: "must be from 1 to 100, got 0", argument: 1},
		{name: "ratio", arguments: with(numbers("1"), "0.95"), problem: "must be from 1 to 100, got 0.95; write 95 for the 95th percentile", argument: 1},
		{name: "ratio beside wrong values", arguments: with(nil, "0.5"), problem: "write 95 for the 95th percentile", argument: 1},
		{name: "negative percentile", arguments: with(numbers("1"), "-5"), problem: "got -5", argument: 1},
		{name: "above 100", arguments: with(numbers("1"), "100.0000000000000000000001"), problem: "must be from 1 to 100", argument: 1},
		{name: "huge percentile", arguments: with(numbers("1"), "1e400"), problem: "must be 0, or between", argument: 1},
	})
}
