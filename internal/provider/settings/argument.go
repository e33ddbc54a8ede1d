// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package settings

import (
	"fmt"
	"os"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// setting is one value of the provider block, the environment or the defaults.
type setting struct {
	value string
	// unknown reports that Terraform does not know the value before apply.
	unknown bool
	// inBlock reports that the value comes from the provider block.
	inBlock bool
	// invalid says what is wrong with a value that does not come from the block, whose values are validated earlier. It is
	// an error of the reads that need the setting.
	invalid diag.Diagnostic
}

func (s setting) missing() bool { return s.value == "" && !s.unknown && s.invalid == nil }

// checked returns a setting with the error of a check, if it comes from the variable.
func (s setting) checked(variable string, check func(string) error) setting {
	if !s.missing() && !s.inBlock {
		s.invalid = argument{variable: variable, setting: s}.problem(check)
	}
	return s
}

func (s setting) prefixed(prefix string) setting {
	s.value = prefix + s.value
	return s
}

// argument is a provider argument with its value and the environment variable that can replace it.
type argument struct {
	name, variable string
	setting
}

// argumentOf returns an argument with the configured value, or else the variable's.
func argumentOf(name, variable string, v types.String) argument {
	return argument{name, variable, given(v, variable)}
}

// String returns the name of what the value comes from: the argument or the environment variable.
func (a argument) String() string {
	if a.inBlock {
		return a.name
	}
	return a.variable
}

func (a argument) argumentName() string { return a.name }
func (a argument) variableName() string { return a.variable }

// or gives an argument that is missing a default.
func (a argument) or(value string) argument {
	if a.missing() {
		a.value = value
	}
	return a
}

// problem reports what a check finds wrong with the value.
func (a argument) problem(check func(string) error) diag.Diagnostic {
	if err := check(a.value); err != nil {
		summary := "Invalid Environment Variable"
		if a.inBlock {
			summary = "Invalid Provider Argument"
		}
		return diag.NewErrorDiagnostic(summary, fmt.Sprintf("%s %v.", a, err))
	}
	return nil
}

// oneSet sets all arguments from the configuration if it gives any of them, and from the environment otherwise: a key and a secret from
// two places do not belong together.
func oneSet(values []types.String, set ...*argument) {
	configured := slices.ContainsFunc(values, func(v types.String) bool { return !v.IsNull() })
	for i, a := range set {
		if configured {
			a.setting = inBlock(values[i])
		} else {
			a.setting = setting{value: os.Getenv(a.variable)}
		}
	}
}

// given returns the configured value or else the variable's.
func given(v types.String, variable string) setting {
	if v.IsNull() {
		return setting{value: os.Getenv(variable)}
	}
	return inBlock(v)
}

// inBlock returns a setting of the provider block.
func inBlock(v types.String) setting {
	return setting{value: v.ValueString(), unknown: v.IsUnknown(), inBlock: true}
}
