// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package functions_test

import (
	"encoding/json"
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
)

func TestTopFunction(t *testing.T) {
	exact := func(text string) any { return json.Number(text) }
	traffic := map[string]any{"a": 5, "b": exact("9007199254740993"), "c": exact("9007199254740992"), "idle": 0, "none": nil}
	of := func(values map[string]any, n string) []any { return append([]any{values}, numbers(n)...) }
	const none, first = "#=0", "#=1 0.key=b 0.value=9007199254740993"
	testCalls(t, "top", []call{
		{name: "first", arguments: of(traffic, "1"), want: first},
		{name: "two", arguments: of(traffic, "2"), want: "#=2 0.key=b 0.value=9007199254740993 1.key=c 1.value=9007199254740992"},
		{
			name: "more than there are", arguments: of(traffic, "1e300"),
			want: "#=4 0.key=b 0.value=9007199254740993 1.key=c 1.value=9007199254740992 2.key=a 2.value=5 3.key=idle 3.value=0",
		},
		{name: "none", arguments: of(traffic, "0"), want: none},
		{name: "of nothing", arguments: of(map[string]any{}, "5"), want: none},
		{name: "only nulls", arguments: of(map[string]any{"a": nil}, "5"), want: none},
		{
			name: "ties by key", arguments: of(map[string]any{"c": exact("1.0"), "a": 1, "b": 1, "d": 2}, "3"),
			want: "#=3 0.key=d 0.value=2 1.key=a 1.value=1 2.key=b 2.value=1",
		},
		{name: "negative values", arguments: of(map[string]any{"a": -2, "b": exact("-1.5")}, "1"), want: "#=1 0.key=b 0.value=-1.5"},
		{name: "unknown value", arguments: []any{map[string]any{"a": 1, "b": acctest.Unknown}, 1}, want: acctest.Unknown},
		{name: "fraction", arguments: of(traffic, "2.5"), problem: "must be a whole number, got 2.5", argument: 1},
		{name: "negative fraction", arguments: of(traffic, "-0.5"), problem: "must be a whole number, got -0.5", argument: 1},
		{name: "negative", arguments: of(traffic, "-1"), problem: "must be at least 0, got -1", argument: 1},
		{
			name: "unknown value and a fraction", arguments: []any{map[string]any{"a": acctest.Unknown}, 0.5},
			problem: "must be a whole number", argument: 1,
		},
		{name: "huge n", arguments: of(traffic, "1e400"), problem: "must be 0, or between 1e-308 and 1e309", argument: 1},
		{name: "huge value", arguments: of(map[string]any{"big": exact("1e400")}, "1"), problem: `values["big"] must be 0, or between`},
	})
}
