// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package stats

import (
	"math/big"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/decimal"
)

// decimals reads numbers separated by spaces. "null" is null.
func decimals(tb testing.TB, text string) []decimal.Decimal {
	tb.Helper()
	var values []decimal.Decimal
	for field := range strings.FieldsSeq(text) {
		values = append(values, number(tb, strings.TrimPrefix(field, "null")))
	}
	return values
}

func number(tb testing.TB, text string) decimal.Decimal {
	tb.Helper()
	d, err := decimal.Parse(text)
	if err != nil {
		tb.Fatalf("Parse(%q): %v", text, err)
	}
	return d
}

func rat(tb testing.TB, d decimal.Decimal) *big.Rat {
	tb.Helper()
	r, ok := new(big.Rat).SetString(d.String())
	if !ok {
		tb.Fatalf("%q is not a rational number", d)
	}
	return r
}

// randomValue returns null sometimes, and otherwise so few digits that values repeat.
func randomValue(tb testing.TB, random *rand.Rand) decimal.Decimal {
	tb.Helper()
	if random.IntN(5) == 0 {
		return decimal.Decimal{}
	}
	return number(tb, strconv.Itoa(random.IntN(41)-20)+"e"+strconv.Itoa(random.IntN(5)-3))
}

// referencePercentile counts for every value how many values do not exceed it.
func referencePercentile(values []*big.Rat, p *big.Rat) *big.Rat {
	wanted := new(big.Rat).Mul(p, big.NewRat(int64(len(values)), 100))
	var best *big.Rat
	for _, candidate := range values {
		var covered int64
		for _, value := range values {
			if value.Cmp(candidate) <= 0 {
				covered++
			}
		}
		if big.NewRat(covered, 1).Cmp(wanted) >= 0 && (best == nil || candidate.Cmp(best) < 0) {
			best = candidate
		}
	}
	return best
}
