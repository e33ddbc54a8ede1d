// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package stats

import (
	"errors"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/edgestats/terraform-provider-edgestats/internal/decimal"
)

func TestPercentile(t *testing.T) {
	tests := map[string]struct{ values, p, want string }{
		"of one":               {"7", "1", "7"},
		"median of an even":    {"1 2 3 4", "50", "2"},
		"median of an odd":     {"3 1 2", "50", "2"},
		"least":                {"5 4 3 2 1", "1", "1"},
		"rank reached exactly": {"1 2 3 4 5", "20", "1"},
		"rank just passed":     {"1 2 3 4 5", "20.0000000000000000000000001", "2"},
		"greatest":             {"5 4 3 2 1", "100", "5"},
		"duplicates count":     {"1 1 1 1 9", "80", "1"},
		"negative":             {"-1 -2 -3", "50", "-2"},
		"beyond 2^53":          {"9007199254740993 9007199254740992 9007199254740994", "50", "9007199254740993"},
		"nulls do not count":   {"null 1 2 null 3 4 null", "50", "2"},
		"95 of 20":             {"1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20", "95", "19"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			values := decimals(t, test.values)
			got, err := Percentile(values, number(t, test.p))
			if err != nil || got.String() != test.want {
				t.Errorf("Percentile = %s, %v, want %s", got, err, test.want)
			}
			if diff := cmp.Diff(decimals(t, test.values), values); diff != "" {
				t.Errorf("the values were changed:\n%s", diff)
			}
		})
	}
}

// 99.9 % of 1000 is 999, but 1000 with floating-point numbers.
func TestPercentileRankIsExact(t *testing.T) {
	values := make([]decimal.Decimal, 1000)
	for i := range values {
		values[i] = decimal.FromInt(int64(1000 - i))
	}
	if got, err := Percentile(values, number(t, "99.9")); err != nil || got != decimal.FromInt(999) {
		t.Errorf("Percentile(1..1000, 99.9) = %s, %v, want 999", got, err)
	}
}

func TestPercentileErrors(t *testing.T) {
	tests := map[string]struct {
		values, p, text string
		want            error
	}{
		"zero":           {"1", "0", "must be from 1 to 100, got 0", ErrPercentile},
		"ratio":          {"1", "0.95", "got 0.95; write 95 for the 95th percentile", ErrPercentile},
		"just below 1":   {"1", "0.9999999999999999999999999", "; write 95 for the 95th percentile", ErrPercentile},
		"negative":       {"1", "-5", "got -5", ErrPercentile},
		"above 100":      {"1", "100.0001", "got 100.0001", ErrPercentile},
		"null p":         {"1", "", "got null", ErrPercentile},
		"empty":          {"", "50", "no values", ErrNoValues},
		"only nulls":     {"null null", "50", "no values", ErrNoValues},
		"p before empty": {"", "0", "must be from", ErrPercentile},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := Percentile(decimals(t, test.values), number(t, test.p))
			if !errors.Is(err, test.want) || !strings.Contains(err.Error(), test.text) || !got.IsNull() {
				t.Errorf("Percentile = %s, %v, want null, %v with %q", got, err, test.want, test.text)
			}
		})
	}
}

func TestPercentileAgreesWithReference(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 500 {
		var values []decimal.Decimal
		for range 1 + random.IntN(30) {
			values = append(values, randomValue(t, random))
		}
		if len(withoutNulls(values)) > 0 {
			checkPercentile(t, values, decimal.FromInt(10+random.Int64N(991)).DivRound(decimal.FromInt(10), 1))
		}
	}
}

func checkPercentile(t *testing.T, values []decimal.Decimal, p decimal.Decimal) {
	t.Helper()
	got, err := Percentile(values, p)
	if err != nil {
		t.Fatalf("Percentile(%v, %s): %v", values, p, err)
	}
	var rationals []*big.Rat
	for _, value := range values {
		if !value.IsNull() {
			rationals = append(rationals, rat(t, value))
		}
	}
	if want := referencePercentile(rationals, rat(t, p)); rat(t, got).Cmp(want) != 0 {
		t.Errorf("Percentile(%v, %s) = %s, want %s", values, p, got, want.RatString())
	}
}

func FuzzPercentile(f *testing.F) {
	f.Add("1 2 3 4", "50")
	f.Add("1 1 1 1 9", "80")
	f.Add("-0.5 1e308 1e-308 9007199254740993", "99.9")
	f.Add("1 null", "95")
	f.Add("", "100")
	f.Add("1", "0")
	f.Add("1", "0.95")
	f.Fuzz(func(t *testing.T, list, percentile string) {
		var values []decimal.Decimal
		for field := range strings.FieldsSeq(list) {
			value, err := decimal.Parse(strings.TrimPrefix(field, "null"))
			if err != nil || len(values) == 200 {
				return
			}
			values = append(values, value)
		}
		p, err := decimal.Parse(percentile)
		if err != nil {
			return
		}
		switch _, err := Percentile(values, p); {
		case err == nil:
			checkPercentile(t, values, p)
		case !errors.Is(err, ErrPercentile) && !errors.Is(err, ErrNoValues):
			t.Errorf("Percentile(%v, %s): unexpected kind of error: %v", values, p, err)
		}
	})
}
