// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package decimal

import (
	"errors"
	"math/big"
	"math/rand/v2"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestZeroValueIsNull(t *testing.T) {
	var null Decimal
	if !null.IsNull() || null.String() != "null" || null.BigFloat() != nil {
		t.Errorf("zero value: IsNull %t, String %q, BigFloat %v", null.IsNull(), null, null.BigFloat())
	}
	if zero := FromInt(0); zero.IsNull() || zero == null {
		t.Error("the number zero is taken for null")
	}
}

func TestBigFloatEqualsLiterals(t *testing.T) {
	for _, text := range []string{"0", "-0.0", "0.009", "50.50", "9007199254740993", "-123.456e-7", "1e300", "1e-300", "2.5e-308"} {
		t.Run(text, func(t *testing.T) {
			want, _, err := big.ParseFloat(text, 10, 512, big.ToNearestEven)
			if err != nil {
				t.Fatal(err)
			}
			got := number(t, text).BigFloat()
			if got.Cmp(want) != 0 || got.Prec() != 512 || got.Signbit() && got.Sign() == 0 {
				t.Errorf("BigFloat = %s at %d bits, want %s at 512", got, got.Prec(), want)
			}
		})
	}
}

func TestFromBigFloat(t *testing.T) {
	for _, text := range []string{
		"", "0", "0.009", "-50.5", "9007199254740993", "12345678901234567890.123456789", "1e308", "1e-308",
		"0.000001", "-0.0000005", "0.0000001", "1.9999995", "9223372036854.775807", "-9223372036854.775808", "9223372036854.775808",
	} {
		t.Run(text, func(t *testing.T) {
			want := number(t, text)
			got, err := FromBigFloat(want.BigFloat())
			if err != nil || got != want {
				t.Errorf("FromBigFloat = %s, %v, want %s", got, err, want)
			}
		})
	}
	third := newFloat().Quo(newFloat().SetInt64(1), newFloat().SetInt64(3))
	if got, err := FromBigFloat(third); err != nil || got.BigFloat().Cmp(third) != 0 {
		t.Errorf("FromBigFloat(1/3) = %s, %v, which is another number", got, err)
	}
	// A number of lower precision keeps its exact value, which its shortest text would not.
	got, err := FromBigFloat(big.NewFloat(0.1))
	if want := "0.1000000000000000055511151231257827021181583404541015625"; err != nil || got.String() != want {
		t.Errorf("FromBigFloat(float64 0.1) = %s, %v, want %s", got, err, want)
	}
	// Printing numbers with the largest exponents would take minutes.
	for _, text := range []string{"1e400", "1e-400", "Inf", "-Inf", "1e20000000", "1e-20000000", "-1e999999999"} {
		f, ok := new(big.Float).SetString(text)
		if _, err := FromBigFloat(f); !ok || !errors.Is(err, ErrRange) {
			t.Errorf("FromBigFloat(%s) error = %v, want %v", text, err, ErrRange)
		}
	}
}

func TestCmp(t *testing.T) {
	ascending := []string{
		"", "-1e308", "-100", "-99.5", "-10", "-2", "-0.5", "-0.053", "-0.05", "0", "1e-308", "0.05", "0.053", "0.5", "1", "1.25",
		"1.3", "2", "10", "99.5", "100", "9007199254740992", "9007199254740993", "1e308",
	}
	for i, a := range ascending {
		for j, b := range ascending {
			if got, want := number(t, a).Cmp(number(t, b)), sign(i-j); got != want {
				t.Errorf("%q.Cmp(%q) = %d, want %d", a, b, got, want)
			}
		}
	}
}

func sign(n int) int { return big.NewInt(int64(n)).Sign() }

func TestEqual(t *testing.T) {
	if diff := cmp.Diff([]Decimal{number(t, "1.5"), {}}, []Decimal{number(t, "15.0e-1"), number(t, "")}); diff != "" {
		t.Error(diff)
	}
	if number(t, "1.5").Equal(number(t, "1.51")) || FromInt(0).Equal(Decimal{}) {
		t.Error("different decimals are equal")
	}
}

func TestSum(t *testing.T) {
	tests := map[string]struct {
		values []string
		want   string
	}{
		"nothing":            {nil, "null"},
		"only nulls":         {[]string{"", ""}, "null"},
		"nulls do not count": {[]string{"", "0.1", "", "0.2"}, "0.3"},
		"zero is a number":   {[]string{"", "0"}, "0"},
		"one":                {[]string{"1.5"}, "1.5"},
		"adds up to zero":    {[]string{"1.05", "-1.05"}, "0"},
		"beyond 2^53":        {[]string{"9007199254740993", "0.001", "9007199254740993"}, "18014398509481986.001"},
		"far apart":          {[]string{"1e300", "1e-300", "-1e300"}, "0." + zeros(299) + "1"},
		"beyond the range":   {[]string{"9e308", "9e308"}, "18" + zeros(308)},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			values, added := make([]Decimal, len(test.values)), Decimal{}
			for i, text := range test.values {
				values[i] = number(t, text)
				added = added.Add(values[i])
			}
			if got := Sum(values...).String(); got != test.want {
				t.Errorf("Sum = %s, want %s", got, test.want)
			}
			if got := added.String(); got != test.want {
				t.Errorf("Add one by one = %s, want %s", got, test.want)
			}
		})
	}
}

func TestDivRound(t *testing.T) {
	tests := []struct {
		dividend, divisor string
		places            int32
		want              string
	}{
		{"1", "3", 6, "0.333333"},
		{"2", "3", 6, "0.666667"},
		{"-2", "3", 6, "-0.666667"},
		{"0.0000005", "1", 6, "0.000001"},
		{"-0.0000005", "1", 6, "-0.000001"},
		{"0.00000049999", "1", 6, "0"},
		{"-0.00000049999", "1", 6, "0"},
		{"5", "2", 0, "3"},
		{"-5", "2", 0, "-3"},
		{"1250", "100", -1, "10"},
		{"10", "4", 6, "2.5"},
		{"1e300", "1e-300", 0, "1" + zeros(600)},
		{"1", "0", 6, "null"},
		{"1", "-0.0", 6, "null"},
		{"", "2", 6, "null"},
		{"2", "", 6, "null"},
	}
	for _, test := range tests {
		if got := number(t, test.dividend).DivRound(number(t, test.divisor), test.places).String(); got != test.want {
			t.Errorf("%q / %q to %d places = %s, want %s", test.dividend, test.divisor, test.places, got, test.want)
		}
	}
}

func TestMul(t *testing.T) {
	tests := []struct{ a, b, want string }{
		{"9007199254740993", "8", "72057594037927944"},
		{"0.053", "-100", "-5.3"},
		{"0.053", "0", "0"},
		{"-1", "0", "0"},
		{"", "2", "null"},
		{"2", "", "null"},
	}
	for _, test := range tests {
		if got := number(t, test.a).Mul(number(t, test.b)).String(); got != test.want {
			t.Errorf("%q * %q = %s, want %s", test.a, test.b, got, test.want)
		}
	}
}

// Random results are compared with math/big's rational numbers, and each must be in the form that comparing relies on.
func TestArithmeticAgreesWithRationals(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 5000 {
		a, b := number(t, randomNumber(random)), number(t, randomNumber(random))
		results := map[string]struct {
			got  Decimal
			want *big.Rat
		}{
			"+": {a.Add(b), new(big.Rat).Add(rat(t, a), rat(t, b))},
			"*": {a.Mul(b), new(big.Rat).Mul(rat(t, a), rat(t, b))},
		}
		for operation, result := range results {
			if rat(t, result.got).Cmp(result.want) != 0 || result.got != number(t, result.got.String()) {
				t.Errorf("%s %s %s = %s, want %s", a, operation, b, result.got, result.want.FloatString(80))
			}
		}
		if got, want := a.Cmp(b), rat(t, a).Cmp(rat(t, b)); got != want {
			t.Errorf("%s.Cmp(%s) = %d, want %d", a, b, got, want)
		}
		if !b.Equal(FromInt(0)) {
			// Rat.FloatString rounds half away from zero too.
			want := number(t, new(big.Rat).Quo(rat(t, a), rat(t, b)).FloatString(6))
			if got := a.DivRound(b, 6); got != want {
				t.Errorf("%s / %s = %s, want %s", a, b, got, want)
			}
		}
	}
}

// randomNumber returns small and large numbers with few digits, so that ties and equal numbers occur.
func randomNumber(random *rand.Rand) string {
	return strconv.Itoa(random.IntN(2001)-1000) + "e" + strconv.Itoa(random.IntN(41)-20)
}
