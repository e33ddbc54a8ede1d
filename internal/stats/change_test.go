// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package stats

import (
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"
)

func TestChange(t *testing.T) {
	tests := map[string]struct{ current, previous, want string }{
		"increase":          {"90", "80", "12.5"},
		"decrease":          {"80", "100", "-20"},
		"none":              {"5", "5.0", "0"},
		"from below zero":   {"5", "-10", "150"},
		"below zero":        {"-15", "-10", "-50"},
		"rounded":           {"4", "3", "33.333333"},
		"half up":           {"100.0000005", "100", "0.000001"},
		"half down":         {"99.9999995", "100", "-0.000001"},
		"far apart":         {"1e308", "1e-308", strings.Repeat("9", 616) + "00"},
		"from zero":         {"5", "0", "null"},
		"zero from zero":    {"0", "0", "null"},
		"null now":          {"", "5", "null"},
		"null before":       {"5", "", "null"},
		"null now, zero":    {"", "0", "null"},
		"beyond 2^53":       {"18014398509481986", "9007199254740993", "100"},
		"smallest decrease": {"0", "1e-308", "-100"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := Change(number(t, test.current), number(t, test.previous)); got.String() != test.want {
				t.Errorf("Change = %s, want %s", got, test.want)
			}
		})
	}
}

func TestChangeAgreesWithReference(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 8))
	for range 1000 {
		current, previous := randomValue(t, random), randomValue(t, random)
		got := Change(current, previous)
		if current.IsNull() || previous.IsNull() || rat(t, previous).Sign() == 0 {
			if !got.IsNull() {
				t.Errorf("Change(%s, %s) = %s, want null", current, previous, got)
			}
			continue
		}
		want := new(big.Rat).Sub(rat(t, current), rat(t, previous))
		want.Quo(want.Mul(want, big.NewRat(100, 1)), new(big.Rat).Abs(rat(t, previous)))
		if text := want.FloatString(6); rat(t, got).Cmp(rat(t, number(t, text))) != 0 {
			t.Errorf("Change(%s, %s) = %s, want %s", current, previous, got, text)
		}
	}
}
