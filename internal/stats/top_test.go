// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package stats

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/edgestats/terraform-provider-edgestats/internal/decimal"
)

func TestTop(t *testing.T) {
	values := map[string]decimal.Decimal{
		"c": number(t, "1.50"), "a": number(t, "1.5"), "b": number(t, "-2"), "none": {}, "large": number(t, "9007199254740993"),
		"larger": number(t, "9007199254740994"),
	}
	ranking := []Entry{
		{"larger", values["larger"]}, {"large", values["large"]}, {"a", values["a"]}, {"c", values["c"]}, {"b", values["b"]},
	}
	for n, want := range map[int][]Entry{-1: {}, 0: {}, 1: ranking[:1], 3: ranking[:3], 5: ranking, 6: ranking, math.MaxInt: ranking} {
		if diff := cmp.Diff(want, Top(values, n)); diff != "" {
			t.Errorf("Top(%d) (-want +got)\n%s", n, diff)
		}
	}
	if got := Top(nil, 3); len(got) != 0 {
		t.Errorf("Top of nothing = %v", got)
	}
}
