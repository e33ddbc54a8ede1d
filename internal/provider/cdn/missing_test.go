// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package cdn

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest/expect"
	"github.com/edgestats/terraform-provider-edgestats/internal/decimal"
)

func texts(values ...string) []types.String {
	list := make([]types.String, len(values))
	for i, value := range values {
		list[i] = types.StringValue(value)
	}
	return list
}

func TestMissingSeries(t *testing.T) {
	code, null := types.Int64Value, types.Int64Null()
	for name, test := range map[string]struct {
		question question
		returned []series
		want     []series
	}{
		"nothing came": {
			question{dates: []string{"d1", "d2"}, names: texts("A", "b")},
			nil,
			[]series{{"d1", "A", null, null}, {"d1", "b", null, null}, {"d2", "A", null, null}, {"d2", "b", null, null}},
		},
		"by name": {
			question{dates: []string{""}, names: texts("A", "b")},
			[]series{{"", "a", code(57), code(-1)}},
			[]series{{"", "b", null, null}},
		},
		"by place": {
			question{dates: []string{""}, names: texts("a"), places: []int64{57, 73}},
			[]series{{"", "A", code(57), code(-1)}},
			[]series{{"", "a", code(73), null}},
		},
		"by place and carrier": {
			question{dates: []string{""}, names: texts("a"), places: []int64{4, 57}, isps: []int64{2, -1}},
			[]series{{"", "a", code(4), code(2)}, {"", "a", code(57), code(-1)}},
			[]series{{"", "a", code(4), code(-1)}, {"", "a", code(57), code(2)}},
		},
		"without a carrier": {
			question{dates: []string{""}, names: texts("a"), isps: []int64{-1}},
			[]series{{"", "a", code(57), null}},
			[]series{{"", "a", null, code(-1)}},
		},
		"nothing is missing": {
			question{dates: []string{""}, names: texts("a")}, []series{{"", "a", code(57), null}}, nil,
		},
		"nothing was asked for": {question{dates: []string{""}}, nil, nil},
	} {
		t.Run(name, func(t *testing.T) {
			returned := make(map[series]bool)
			for _, s := range test.returned {
				returned[test.question.find(s.date, s.name, s.place, s.isp)] = true
			}
			if diff := cmp.Diff(test.want, test.question.missing(returned), cmp.AllowUnexported(series{})); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// What can be missing is bounded before the first call, and does not overflow.
func TestTooManySeriesByName(t *testing.T) {
	q := question{dates: make([]string, 1000), names: texts(make([]string, 200)...)}
	if diags := q.check("hosts"); len(diags) > 0 {
		t.Errorf("%v", diags)
	}
	q.isps = []int64{-1, 2}
	if diags := q.check("hosts"); len(diags) != 1 {
		t.Errorf("%v, want an error", diags)
	} else {
		expect.Diagnostic(t, diags[0], "hosts", "ask for more than 200000 series by name. Read fewer at once.")
	}
}

func TestWholeNumbersOfAnswers(t *testing.T) {
	for text, want := range map[string]types.Int64{
		"57": types.Int64Value(57), "-1": types.Int64Value(-1), "": types.Int64Null(), "5.5": types.Int64Null(), "1e30": types.Int64Null(),
	} {
		d, err := decimal.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := wholeNumber(d); !got.Equal(want) {
			t.Errorf("%q is %s, want %s", text, got, want)
		}
	}
}
