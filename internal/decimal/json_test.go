// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package decimal

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

func TestFromJSON(t *testing.T) {
	tests := map[string]struct {
		want string
		err  error
	}{
		``:                                   {want: "null"},
		`12`:                                 {want: "12"},
		`-1`:                                 {want: "-1"},
		`0.053`:                              {want: "0.053"},
		`1.0e+3`:                             {want: "1000"},
		`"12"`:                               {want: "12"},
		`"1\u0032"`:                          {want: "12"},
		`""`:                                 {want: "null"},
		`null`:                               {want: "null"},
		`"null"`:                             {err: ErrSyntax},
		`" 12"`:                              {err: ErrSyntax},
		`"\"12\""`:                           {err: ErrSyntax},
		`"..."`:                              {err: ErrSyntax},
		`true`:                               {err: ErrSyntax},
		`false`:                              {err: ErrSyntax},
		`{"Current":1}`:                      {err: ErrSyntax},
		`[1]`:                                {err: ErrSyntax},
		`1e309`:                              {err: ErrRange},
		`"1e309"`:                            {err: ErrRange},
		strings.Repeat("1", 1_000_000):       {err: ErrLength},
		`"` + strings.Repeat("1", 401) + `"`: {err: ErrLength},
		`["` + strings.Repeat("x", 1_000_000) + `"]`: {err: ErrSyntax},
		// These are not JSON.
		`"`:     {err: ErrSyntax},
		`"12`:   {err: ErrSyntax},
		`"1"2"`: {err: ErrSyntax},
		`12 `:   {err: ErrSyntax},
		`nul`:   {err: ErrSyntax},
		`{`:     {err: ErrSyntax},
	}
	for text, test := range tests {
		t.Run(fmt.Sprintf("%.20s", text), func(t *testing.T) {
			got, err := FromJSON(text)
			if !errors.Is(err, test.err) {
				t.Fatalf("error = %v, want %v", err, test.err)
			}
			if err != nil && len(err.Error()) > 100 {
				t.Errorf("the error quotes too much: %.200s", err)
			}
			if err == nil && got.String() != test.want {
				t.Errorf("FromJSON = %s, want %s", got, test.want)
			}
		})
	}
}

func TestFromJSONAllocatesNothing(t *testing.T) {
	for _, text := range []string{"123456789012", "-0.053", "12.50", `"12.50"`} {
		allocations := testing.AllocsPerRun(100, func() {
			if _, err := FromJSON(text); err != nil {
				t.Fatal(err)
			}
		})
		if allocations > 0 {
			t.Errorf("%s costs %.0f allocations, want none", text, allocations)
		}
	}
}

func BenchmarkSum(b *testing.B) {
	values := make([]Decimal, 100_000)
	for i := range values {
		values[i] = number(b, fmt.Sprintf("%d.%02d", i*7919, i%100))
	}
	b.ReportAllocs()
	for b.Loop() {
		Sum(values...)
	}
}
