// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package decimal

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/edgestats/terraform-provider-edgestats/internal/excerpt"
)

// The errors of Parse and FromJSON. Match them with errors.Is.
var (
	// ErrSyntax is the error of a string that is not a decimal number.
	ErrSyntax = errors.New("not a decimal number")
	// ErrRange is the error of a number that is infinite, at least 1e309 or, except for zero, below 1e-308 in magnitude.
	ErrRange = errors.New("number out of range")
	// ErrLength is the error of a string that is too long.
	ErrLength = errors.New("number too long")
)

const (
	// maxLength is the maximum number of characters. With maxMagnitude, it limits the time and memory for a number.
	maxLength = 400
	// maxMagnitude is the maximum absolute value of the power of ten of a number's first digit.
	maxMagnitude = 308
)

// Parse reads a number such as "12", "-0.053", ".5" or "1e3". The empty string is null. Spaces, a leading plus sign,
// separators, hexadecimal digits, NaN and Infinity are not accepted.
//
// The error is ErrSyntax, ErrRange, or ErrLength for more than 400 characters. It quotes at most 40 characters of text.
func Parse(text string) (Decimal, error) {
	if text == "" {
		return Decimal{}, nil
	}
	if length := utf8.RuneCountInString(text); length > maxLength {
		return Decimal{}, fmt.Errorf("%w: %d characters long, the limit is %d", ErrLength, length, maxLength)
	}
	n, ok := scan(text)
	if !ok {
		return Decimal{}, fmt.Errorf("%w: %s", ErrSyntax, excerpt.Quote(text))
	}
	plain, ok := n.plain()
	if !ok {
		return Decimal{}, fmt.Errorf("%w: %s", ErrRange, excerpt.Quote(text))
	}
	return Decimal{text: plain}, nil
}

// notation contains the parts of a written number.
type notation struct {
	// mantissa is the text before the exponent, including the sign.
	mantissa string
	negative bool
	whole    string
	fraction string
	// exponent includes its sign. It is empty if there is none.
	exponent string
}

func scan(text string) (notation, bool) {
	var n notation
	var rest string
	rest, n.negative = strings.CutPrefix(text, "-")
	n.whole, rest = cutDigits(rest)
	if after, found := strings.CutPrefix(rest, "."); found {
		n.fraction, rest = cutDigits(after)
		if n.fraction == "" {
			return n, false
		}
	}
	n.mantissa = text[:len(text)-len(rest)]
	if n.whole == "" && n.fraction == "" {
		return n, false
	}
	if rest == "" {
		return n, true
	}
	n.exponent = rest[1:]
	return n, (rest[0] == 'e' || rest[0] == 'E') && isExponent(n.exponent)
}

func isExponent(text string) bool {
	if text != "" && (text[0] == '+' || text[0] == '-') {
		text = text[1:]
	}
	digits, rest := cutDigits(text)
	return digits != "" && rest == ""
}

// cutDigits returns the decimal digits at the start of text and the rest.
func cutDigits(text string) (digits, rest string) {
	end := 0
	for end < len(text) && '0' <= text[end] && text[end] <= '9' {
		end++
	}
	return text[:end], text[end:]
}

// plain returns the number in the form of Decimal, or false if it is out of range.
func (n notation) plain() (string, bool) {
	if n.isTidy() {
		return n.trimmed(), true
	}
	digits := strings.TrimLeft(n.whole+n.fraction, "0")
	if digits == "" {
		return "0", true
	}
	// point is the position of the decimal point relative to the first digit that is not zero.
	point := len(digits) - len(n.fraction)
	if n.exponent != "" {
		// There are at most 400 digits, so an exponent of more than 16 bits is out of range.
		exponent, err := strconv.ParseInt(n.exponent, 10, 16)
		if err != nil {
			return "", false
		}
		point += int(exponent)
	}
	if magnitude := point - 1; max(magnitude, -magnitude) > maxMagnitude {
		return "", false
	}
	text := placePoint(strings.TrimRight(digits, "0"), point)
	if n.negative {
		return "-" + text, true
	}
	return text, true
}

// isTidy reports whether the number is in range and in its final form except for trailing zeros of the fraction. Nearly all
// measured values are, and need no copy.
func (n notation) isTidy() bool {
	if n.exponent != "" || n.whole == "" || len(n.mantissa) > maxMagnitude {
		return false
	}
	return n.whole == "0" || n.whole[0] != '0'
}

// trimmed returns a tidy number in its final form.
func (n notation) trimmed() string {
	text := n.mantissa
	if n.fraction != "" {
		text = strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
	}
	if text == "-0" {
		return "0"
	}
	return text
}

// placePoint inserts a decimal point at a position, which may be outside the digits.
func placePoint(digits string, point int) string {
	switch {
	case point <= 0:
		return "0." + strings.Repeat("0", -point) + digits
	case point >= len(digits):
		return digits + strings.Repeat("0", point-len(digits))
	}
	return digits[:point] + "." + digits[point:]
}
