// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package functions_test

import (
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
)

func TestSparklineFunction(t *testing.T) {
	of := func(texts ...string) []any { return []any{numbers(texts...)} }
	testCalls(t, "sparkline", []call{
		{name: "steps", arguments: of("1", "2", "3", "4"), want: "▁▃▅█"},
		{name: "all equal", arguments: of("5", "5.0"), want: "▁▁"},
		{name: "nulls", arguments: of("", "1", "", "2", ""), want: " ▁ █ "},
		{name: "only nulls", arguments: of("", ""), want: "  "},
		{name: "empty", arguments: of(), want: ""},
		{name: "negative", arguments: of("-1", "0", "-0.5"), want: "▁█▄"},
		{name: "beyond 2^53", arguments: of("9007199254740992", "9007199254740993"), want: "▁█"},
		{name: "one digit apart", arguments: of("0.1", "0.1000000000000000000000000001"), want: "▁█"},
		{name: "unknown value", arguments: []any{[]any{1, acctest.Unknown}}, want: acctest.Unknown},
		{name: "huge value", arguments: of("1e400"), problem: "values[0] must be 0, or between 1e-308 and 1e309"},
	})
}
