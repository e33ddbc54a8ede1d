// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package decimal provides exact decimal numbers. A number is stored as a string, so that no digit is lost between the
// vendor's response and Terraform, and large responses are read quickly.
package decimal

import (
	"cmp"
	"math"
	"math/big"
	"slices"
	"strconv"
	"strings"

	shopspring "github.com/shopspring/decimal"
)

// floatPrecision is the precision in bits of numbers in Terraform configurations.
const floatPrecision = 512

// maxBinaryExponent is higher than the binary exponent of every number that Parse accepts.
const maxBinaryExponent = 1100

// Decimal is an exact decimal number, or null. The zero value is null.
//
// Every number has exactly one form, so == compares numbers however they were written: "1.50" equals "1.5".
type Decimal struct {
	// text is empty for null. Otherwise it is plain digits with an optional minus sign and fraction: no exponent, no
	// superfluous leading or trailing zeros, and no negative zero. Comparing and printing rely on that.
	text string
}

// FromInt returns n as a decimal.
func FromInt(n int64) Decimal {
	return Decimal{text: strconv.FormatInt(n, 10)}
}

// FromBigFloat returns the shortest decimal that BigFloat converts back to f. A nil f is null. The error is ErrRange if f is
// infinite or outside the range that Parse accepts.
func FromBigFloat(f *big.Float) (Decimal, error) {
	if f == nil {
		return Decimal{}, nil
	}
	// Printing a number with a huge exponent would take minutes.
	if exponent := f.MantExp(nil); f.IsInf() || exponent > maxBinaryExponent || exponent < -maxBinaryExponent {
		return Decimal{}, ErrRange
	}
	exact := newFloat().Set(f)
	if text, ok := shortText(exact); ok {
		return Parse(text)
	}
	return Parse(exact.Text('e', -1))
}

// shortText formats a number quickly if it is a whole number of millionths that fits into an int64, as most numbers are. It
// returns false for other numbers, which take far longer to format.
func shortText(f *big.Float) (string, bool) {
	const million, exponent = 1_000_000, "e-6"
	scaled := newFloat().Mul(f, newFloat().SetInt64(million))
	// Adding a half before truncating rounds to the nearest whole number. The check below ensures that nothing was lost.
	half := math.Copysign(0.5, float64(scaled.Sign()))
	millionths, _ := scaled.Add(scaled, big.NewFloat(half)).Int64()
	exact := newFloat().SetInt64(millionths)
	if exact.Quo(exact, newFloat().SetInt64(million)).Cmp(f) != 0 {
		return "", false
	}
	return strconv.FormatInt(millionths, 10) + exponent, true
}

// IsNull reports whether d is null.
func (d Decimal) IsNull() bool { return d.text == "" }

// String returns the number in plain digits, such as "0.053", or "null".
func (d Decimal) String() string {
	if d.IsNull() {
		return "null"
	}
	return d.text
}

// BigFloat returns the number in Terraform's precision, rounded to nearest even at 512 bits, so that it equals the same
// number in a configuration. Null is nil.
func (d Decimal) BigFloat() *big.Float {
	if d.IsNull() {
		return nil
	}
	if len(d.text) <= maxInt64Digits && !strings.Contains(d.text, ".") {
		n, _ := strconv.ParseInt(d.text, 10, 64)
		return newFloat().SetInt64(n) // Whole numbers are the most frequent, and this is three times as fast.
	}
	f, _ := newFloat().SetString(d.text)
	return f
}

// maxInt64Digits is the maximum number of digits that always fit into an int64.
const maxInt64Digits = 18

func newFloat() *big.Float {
	return new(big.Float).SetPrec(floatPrecision).SetMode(big.ToNearestEven)
}

// Equal reports whether d and other are the same number or both null.
func (d Decimal) Equal(other Decimal) bool { return d == other }

// Cmp returns -1 if d is less than other, 0 if they are equal and 1 if d is greater. Null is less than every number.
func (d Decimal) Cmp(other Decimal) int {
	if d.IsNull() || other.IsNull() {
		return cmp.Compare(len(d.text), len(other.text))
	}
	magnitude, negative := strings.CutPrefix(d.text, "-")
	otherMagnitude, otherNegative := strings.CutPrefix(other.text, "-")
	switch {
	case negative && otherNegative:
		return compareMagnitudes(otherMagnitude, magnitude)
	case negative:
		return -1
	case otherNegative:
		return 1
	}
	return compareMagnitudes(magnitude, otherMagnitude)
}

// compareMagnitudes compares numbers without a sign. It can compare their digits, because they have no superfluous zeros.
func compareMagnitudes(a, b string) int {
	aWhole, aFraction, _ := strings.Cut(a, ".")
	bWhole, bFraction, _ := strings.Cut(b, ".")
	return cmp.Or(
		cmp.Compare(len(aWhole), len(bWhole)),
		strings.Compare(aWhole, bWhole),
		strings.Compare(aFraction, bFraction),
	)
}

// Sum returns the exact sum of the values that are not null. If there are none, the sum is null.
func Sum(values ...Decimal) Decimal {
	var total shopspring.Decimal
	known := false
	var numbers []shopspring.Decimal
	for chunk := range slices.Chunk(values, 1024) { // So that memory does not grow with the number of values.
		numbers = numbers[:0]
		for _, v := range chunk {
			if !v.IsNull() {
				numbers = append(numbers, v.number())
			}
		}
		total = shopspring.Sum(total, numbers...)
		known = known || len(numbers) > 0
	}
	if !known {
		return Decimal{}
	}
	return fromNumber(total)
}

// Add returns the exact sum of d and other, like Sum.
func (d Decimal) Add(other Decimal) Decimal { return Sum(d, other) }

// Mul returns the exact product of d and other. It is null if either is null.
func (d Decimal) Mul(other Decimal) Decimal {
	if d.IsNull() || other.IsNull() {
		return Decimal{}
	}
	return fromNumber(d.number().Mul(other.number()))
}

// DivRound returns d divided by divisor, rounded half away from zero to the given number of decimal places. It is null if d
// or divisor is null or if divisor is zero.
func (d Decimal) DivRound(divisor Decimal, places int32) Decimal {
	if d.IsNull() || divisor.IsNull() || divisor == FromInt(0) {
		return Decimal{}
	}
	return fromNumber(d.number().DivRound(divisor.number(), places))
}

// number returns d for arithmetic. d must not be null.
func (d Decimal) number() shopspring.Decimal {
	whole, fraction, _ := strings.Cut(d.text, ".")
	coefficient, _ := new(big.Int).SetString(whole+fraction, 10)
	places := int32(min(len(fraction), math.MaxInt32))
	return shopspring.NewFromBigInt(coefficient, -places)
}

// fromNumber relies on the library, which prints plain digits without trailing zeros.
func fromNumber(n shopspring.Decimal) Decimal { return Decimal{text: n.String()} }
