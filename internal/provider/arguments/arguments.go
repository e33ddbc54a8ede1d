// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package arguments holds what data sources share in their schemas: windows and dates, words and codes, lists, points, summaries and
// timeouts. It knows no vendor, no provider block and no HTTP.
package arguments

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// Invalid returns the error of an argument's value. The error reads on after the argument's name.
func Invalid(p path.Path, err error) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(p, "Invalid Attribute Value", fmt.Sprintf("%s %v.", p, err))
}

// NotEmpty refuses the empty text.
func NotEmpty() validator.String { return stringvalidator.LengthAtLeast(1) }

// NameListValidators accept lists of names that can be sent: at least one, none of them null or empty.
func NameListValidators() []validator.List {
	return []validator.List{
		listvalidator.SizeAtLeast(1), listvalidator.NoNullValues(), listvalidator.ValueStringsAre(NotEmpty()),
	}
}

// IsGiven reports whether an argument has a known value. An unknown one may turn out to be null.
func IsGiven(v attr.Value) bool { return !v.IsNull() && !v.IsUnknown() }

// TextRule is a validator of texts.
type TextRule struct {
	description string
	check       func(string) error
}

// Text returns a validator of a check, whose error reads on after the argument's name. The description says what is accepted, such as
// "a date".
func Text(description string, check func(string) error) TextRule { return TextRule{description, check} }

// Description says what is accepted.
func (v TextRule) Description(context.Context) string { return v.description }

// MarkdownDescription says what is accepted.
func (v TextRule) MarkdownDescription(context.Context) string { return v.description }

// ValidateString checks a text that is known.
func (v TextRule) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if err := v.check(req.ConfigValue.ValueString()); err != nil {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid Attribute Value", fmt.Sprintf("%s %v.", req.Path, err))
	}
}
