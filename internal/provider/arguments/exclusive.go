// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package arguments

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
)

// Alternative is an argument that others exclude.
type Alternative struct {
	Argument string
	// For says what the argument is for, such as "one device".
	For string
}

// ExactlyOneOf returns a validator that wants one of the arguments, and only one.
func ExactlyOneOf(alternatives ...Alternative) ConfigValidator {
	return exclusive(alternatives).validator("exactly one of ", true)
}

// AtMostOneOf returns a validator that wants no more than one of the arguments.
func AtMostOneOf(alternatives ...Alternative) ConfigValidator {
	return exclusive(alternatives).validator("at most one of ", false)
}

type exclusive []Alternative

func (e exclusive) validator(which string, isRequired bool) ConfigValidator {
	return configRule{description: which + e.choice(), check: func(ctx context.Context, config tfsdk.Config) diag.Diagnostics {
		var diags diag.Diagnostics
		values := make([]attr.Value, len(e))
		for i, a := range e {
			diags.Append(config.GetAttribute(ctx, path.Root(a.Argument), &values[i])...)
		}
		if !diags.HasError() {
			diags.Append(e.problem(values, isRequired))
		}
		return diags
	}}
}

// problem compares the values of the arguments. One that is not known yet may turn out to be null, or not.
func (e exclusive) problem(values []attr.Value, isRequired bool) diag.Diagnostic {
	var given []string
	isOpen := false
	for i, v := range values {
		if IsGiven(v) {
			given = append(given, e[i].Argument)
		}
		isOpen = isOpen || v.IsUnknown()
	}
	switch {
	case len(given) > 1:
		return diag.NewAttributeErrorDiagnostic(path.Root(given[1]), invalidCombination,
			list(given, "and")+" cannot be configured together. Set "+e.choice()+".")
	case len(given) == 0 && !isOpen && isRequired:
		return diag.NewAttributeErrorDiagnostic(path.Root(e[0].Argument), missingAttribute, "Set "+e.choice()+".")
	}
	return nil
}

// choice says what each argument is for.
func (e exclusive) choice() string {
	described := make([]string, len(e))
	for i, a := range e {
		described[i] = a.Argument + " for " + a.For
	}
	return list(described, "or")
}

// list joins items with commas and a word before the last.
func list(items []string, word string) string {
	last := len(items) - 1
	if last == 0 {
		return items[0]
	}
	return strings.Join(items[:last], ", ") + " " + word + " " + items[last]
}
