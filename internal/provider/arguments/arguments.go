// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package arguments holds what data sources share in their schemas: windows and dates, words and codes, whole numbers,
// lists, include and max_points, percentiles, summaries, timeouts and zones. It knows no vendor, no provider block and
// no HTTP.
//
// A check returns an error that reads on after the name of the argument, such as "must be a whole number, got 10.5", and
// a validator puts the name before it. Validators skip null and unknown values.
package arguments

import (
	"context"
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// The summaries of diagnostics about arguments.
const (
	invalidValue       = "Invalid Attribute Value"
	invalidCombination = "Invalid Attribute Combination"
	missingAttribute   = "Missing Attribute"
)

// Invalid returns the error of an argument's value. The error reads on after the argument's name.
func Invalid(at path.Path, err error) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(at, invalidValue, sentence(at, err))
}

// sentence puts the name before an error, and a full stop after one that has none.
func sentence(at path.Path, err error) string {
	text := fmt.Sprintf("%s %v", at, err)
	if last := text[len(text)-1]; last == '.' || last == '?' {
		return text
	}
	return text + "."
}

// IsGiven reports whether an argument is known to have a value. One that is not known at plan may turn out to be null.
func IsGiven(v attr.Value) bool { return !v.IsNull() && !v.IsUnknown() }

// TextRule is a validator of texts, in lists too.
type TextRule struct {
	description string
	check       func(string) error
}

// Text returns a validator of a check. The description says what is accepted, such as "a date".
func Text(description string, check func(string) error) TextRule { return TextRule{description, check} }

// NotEmpty refuses the empty string.
func NotEmpty() TextRule {
	return Text("not empty", func(text string) error {
		if text == "" {
			return errors.New("is an empty string; set a value, or null if it is optional")
		}
		return nil
	})
}

// Description says what is accepted.
func (r TextRule) Description(context.Context) string { return r.description }

// MarkdownDescription says what is accepted.
func (r TextRule) MarkdownDescription(context.Context) string { return r.description }

// ValidateString checks a text.
func (r TextRule) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	validate(r, req.Path, req.ConfigValue, &resp.Diagnostics)
}

func (r TextRule) checkValue(v attr.Value) error { return checkText(v, r.check) }

// Rule is a rule of this package for one value. A list can apply it to its entries.
type Rule interface {
	validator.Describer
	// checkValue checks a value that is given.
	checkValue(v attr.Value) error
}

// validate applies a rule to an argument, if it is given.
func validate(r Rule, at path.Path, v attr.Value, diags *diag.Diagnostics) {
	if !IsGiven(v) {
		return
	}
	if err := r.checkValue(v); err != nil {
		diags.Append(Invalid(at, err))
	}
}

// checkText applies a check of texts to a value.
func checkText(v attr.Value, check func(string) error) error {
	text, ok := v.(types.String)
	if !ok {
		return errNotAString
	}
	return check(text.ValueString())
}

// errNotAString is the reason to refuse a value where the schema has another type than its rule.
var errNotAString = errors.New("must be a string")
