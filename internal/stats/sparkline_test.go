// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package stats

import (
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/decimal"
)

func TestSparkline(t *testing.T) {
	tests := map[string]struct{ values, want string }{
		"empty":             {"", ""},
		"one":               {"5", "▁"},
		"all equal":         {"5 5.0 5", "▁▁▁"},
		"all zero":          {"0 0", "▁▁"},
		"only nulls":        {"null null null", "   "},
		"two":               {"0 1", "▁█"},
		"four":              {"1 2 3 4", "▁▃▅█"},
		"every block":       {"0 1 2 3 4 5 6 7", "▁▂▃▄▅▆▇█"},
		"just below a step": {"0 0.999999999999999999999 1 6.999999999999999999999 7", "▁▁▂▇█"},
		"nulls are spaces":  {"null 1 null 4 null", " ▁ █ "},
		"null is not zero":  {"null 5 6", " ▁█"},
		"negative":          {"-7 0 -3.5", "▁█▄"},
		"beyond 2^53":       {"9007199254740992 9007199254740993 9007199254740999", "▁▂█"},
		"far apart":         {"1e-308 1e308 0", "▁█▁"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := Sparkline(decimals(t, test.values)); got != test.want {
				t.Errorf("Sparkline = %q, want %q", got, test.want)
			}
		})
	}
}

func TestSparklineAgreesWithReference(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	for range 500 {
		values := make([]decimal.Decimal, random.IntN(20))
		for i := range values {
			values[i] = randomValue(t, random)
		}
		if got, want := Sparkline(values), referenceSparkline(t, values); got != want {
			t.Errorf("Sparkline(%v) = %q, want %q", values, got, want)
		}
	}
}

// referenceSparkline divides the distance from the lowest value by the whole range and rounds down to sevenths.
func referenceSparkline(t *testing.T, values []decimal.Decimal) string {
	t.Helper()
	var least, greatest *big.Rat
	for _, value := range values {
		if value.IsNull() {
			continue
		}
		r := rat(t, value)
		if least == nil || r.Cmp(least) < 0 {
			least = r
		}
		if greatest == nil || r.Cmp(greatest) > 0 {
			greatest = r
		}
	}
	var line []rune
	for _, value := range values {
		switch {
		case value.IsNull():
			line = append(line, ' ')
		case least.Cmp(greatest) == 0:
			line = append(line, '▁')
		default:
			part := new(big.Rat).Quo(new(big.Rat).Sub(rat(t, value), least), new(big.Rat).Sub(greatest, least))
			part.Mul(part, big.NewRat(7, 1))
			line = append(line, []rune("▁▂▃▄▅▆▇█")[new(big.Int).Quo(part.Num(), part.Denom()).Int64()])
		}
	}
	return string(line)
}
