// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package arguments

import (
	"math/big"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"
)

// big.Float takes minutes to write out the decimal digits of the numbers with seven digits in the exponent.
func TestWholeNumbersWithLargeExponents(t *testing.T) {
	for text, want := range map[string]string{
		"1.5":        "must be a whole number, got 1.5",
		"-1":         "must be from 0 to 20, got -1",
		"1e300":      "must be from 0 to 20, got 1e+300",
		"1e-300":     "must be a whole number, got 1e-300",
		"1e2000000":  "must be from 0 to 20, got about 1e+2000000",
		"-1e2000000": "must be from 0 to 20, got about -1e+2000000",
		"1e-2000000": "must be a whole number, got about 1e-2000000",
	} {
		n, ok := new(big.Float).SetString(text)
		if !ok {
			t.Fatal(text)
		}
		if err := WholeNumber(0, 20).checkValue(types.NumberValue(n)); err == nil || err.Error() != want {
			t.Errorf("%s: got %v, want %s", text, err, want)
		}
	}
}
