// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package arguments

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// Rule is a rule of this package for one value. A list can apply it to its entries.
type Rule interface {
	validator.Describer
	// checkValue checks a value that is given.
	checkValue(v attr.Value) error
}

// validate applies a rule to an argument, if it is given.
func validate(r Rule, at path.Path, v attr.Value, diags *diag.Diagnostics) {
	if !isGiven(v) {
		return
	}
	if err := r.checkValue(v); err != nil {
		diags.Append(Invalid(at, err))
	}
}

// isGiven reports whether an argument is known to have a value. One that is not known at plan may turn out to be null.
func isGiven(v attr.Value) bool { return IsGiven(v) }
