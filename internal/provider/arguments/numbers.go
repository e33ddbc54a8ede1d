// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package arguments

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/big"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// NumberRule is a validator of numbers, in lists too.
type NumberRule struct {
	description string
	check       func(*big.Float) error
}

// WholeNumber returns a validator of whole numbers from least to greatest.
func WholeNumber(least, greatest int64) NumberRule {
	bounds := fmt.Sprintf("from %d to %d", least, greatest)
	if greatest == math.MaxInt64 {
		bounds = fmt.Sprintf("at least %d", least)
	}
	return NumberRule{"a whole number, " + bounds, func(f *big.Float) error {
		n, accuracy := f.Int64()
		switch {
		case !f.IsInt():
			return fmt.Errorf("must be a whole number, got %s", numberText(f))
		case accuracy == big.Below && greatest == math.MaxInt64:
			return fmt.Errorf("must be at most %d, got %s", greatest, numberText(f))
		case accuracy != big.Exact || n < least || n > greatest:
			return fmt.Errorf("must be %s, got %s", bounds, numberText(f))
		}
		return nil
	}}
}

// WholeNumberAtLeast returns a validator of whole numbers that are not less than least.
func WholeNumberAtLeast(least int64) NumberRule { return WholeNumber(least, math.MaxInt64) }

// Description says what is accepted.
func (r NumberRule) Description(context.Context) string { return r.description }

// MarkdownDescription says what is accepted.
func (r NumberRule) MarkdownDescription(context.Context) string { return r.description }

// ValidateNumber checks a number.
func (r NumberRule) ValidateNumber(_ context.Context, req validator.NumberRequest, resp *validator.NumberResponse) {
	validate(r, req.Path, req.ConfigValue, &resp.Diagnostics)
}

func (r NumberRule) checkValue(v attr.Value) error {
	number, ok := v.(types.Number)
	if !ok {
		return errNotANumber
	}
	return r.check(number.ValueBigFloat())
}

// errNotANumber is the reason to refuse a value where the schema has another type than its rule.
var errNotANumber = errors.New("must be a number")

// numberText returns the text that Terraform makes of a number, and an exponent for one that is very long. Where the
// exponent is too large for a float64, it is approximate: big.Float would take minutes to write out such a number.
func numberText(f *big.Float) string {
	const longest, digits = 128, 10
	bits := f.MantExp(nil)
	if max(bits, -bits) <= longest {
		return f.Text('f', -1)
	}
	if n, _ := f.Float64(); n != 0 && !math.IsInf(n, 0) {
		return strconv.FormatFloat(n, 'g', digits, 64)
	}
	sign := ""
	if f.Signbit() {
		sign = "-"
	}
	return fmt.Sprintf("about %s1e%+d", sign, int(math.Round(float64(bits)*math.Log10(2))))
}

// Int64 returns a validated whole number, and nil for null.
func Int64(v types.Number) *int64 {
	if !IsGiven(v) {
		return nil
	}
	n, _ := v.ValueBigFloat().Int64()
	return &n
}

// Int64Or returns a validated whole number, and the default for null.
func Int64Or(v types.Number, otherwise int64) int64 {
	if n := Int64(v); n != nil {
		return *n
	}
	return otherwise
}
