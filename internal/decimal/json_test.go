// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package decimal

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
)

func TestJSONDecimal(t *testing.T) {
	tests := map[string]struct {
		want string
		err  error
	}{
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
	}
	for text, test := range tests {
		t.Run(fmt.Sprintf("%.20s", text), func(t *testing.T) {
			var document struct{ Value JSON }
			if err := json.Unmarshal([]byte(`{"Value":`+text+`}`), &document); err != nil {
				t.Fatal(err)
			}
			got, err := document.Value.Decimal()
			if !errors.Is(err, test.err) {
				t.Fatalf("error = %v, want %v", err, test.err)
			}
			if direct, directErr := FromJSON([]byte(text)); direct != got || !errors.Is(directErr, test.err) {
				t.Errorf("FromJSON = %s, %v; Decimal = %s, %v", direct, directErr, got, err)
			}
			if err != nil && len(err.Error()) > 100 {
				t.Errorf("the error quotes too much: %.200s", err)
			}
			if err == nil && got.String() != test.want {
				t.Errorf("Decimal = %s, want %s", got, test.want)
			}
		})
	}
}

func TestJSONAbsent(t *testing.T) {
	if got, err := (JSON{}).Decimal(); err != nil || !got.IsNull() {
		t.Errorf("Decimal of an absent value = %s, %v, want null", got, err)
	}
}

// TestJSONKeepsAnything feeds what encoding/json would never pass on.
func TestJSONKeepsAnything(t *testing.T) {
	for _, text := range []string{`"`, `"12`, `"1"2"`, "12 ", "nul", "{"} {
		var j JSON
		if err := j.UnmarshalJSON([]byte(text)); err != nil {
			t.Errorf("UnmarshalJSON(%s): %v", text, err)
		}
		if got, err := j.Decimal(); !errors.Is(err, ErrSyntax) {
			t.Errorf("Decimal of %s = %s, %v, want %v", text, got, err, ErrSyntax)
		}
	}
}

// TestJSONCopies guards against keeping the decoder's buffer, which is written again.
func TestJSONCopies(t *testing.T) {
	data := []byte("12")
	var j JSON
	if err := j.UnmarshalJSON(data); err != nil {
		t.Fatal(err)
	}
	copy(data, "99")
	if got, err := j.Decimal(); err != nil || got != FromInt(12) {
		t.Errorf("Decimal = %s, %v, want 12", got, err)
	}
}

func TestJSONAllocatesOncePerNumber(t *testing.T) {
	for _, text := range []string{"123456789012", "-0.053", "12.50", `"12.50"`} {
		data := []byte(text)
		allocations := testing.AllocsPerRun(100, func() {
			var j JSON
			if err := j.UnmarshalJSON(data); err != nil {
				t.Fatal(err)
			}
			if _, err := j.Decimal(); err != nil {
				t.Fatal(err)
			}
		})
		if allocations > 1 {
			t.Errorf("%s costs %.0f allocations, want 1", text, allocations)
		}
	}
}

func BenchmarkJSON(b *testing.B) {
	const count = 100_000
	data := []byte("[" + strings.Repeat("1234567.89,", count-1) + "0]")
	b.ReportAllocs()
	for b.Loop() {
		values := make([]JSON, 0, count)
		if err := json.Unmarshal(data, &values); err != nil {
			b.Fatal(err)
		}
		for _, value := range values {
			if _, err := value.Decimal(); err != nil {
				b.Fatal(err)
			}
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
