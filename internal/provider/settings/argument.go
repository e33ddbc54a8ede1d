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

// setting is one value of the provider block, or of the environment. It is unknown where Terraform knows it only at apply.
type setting struct {
	value   string
	unknown bool
}

func (s setting) missing() bool { return s.value == "" && !s.unknown }

func (s setting) prefixed(prefix string) setting {
	return setting{prefix + s.value, s.unknown}
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

// or returns the argument with a default value where it has none.
func (a argument) or(value string) argument {
	if a.missing() {
		a.value = value
	}
	return a
}

// problem reports a value that a check refuses.
func (a argument) problem(check func(string) error) diag.Diagnostic {
	if err := check(a.value); err != nil {
		return diag.NewErrorDiagnostic("Invalid Provider Argument", fmt.Sprintf("%s (or %s) %v.", a.name, a.variable, err))
	}
	return nil
}

// oneSet sets all arguments from the configuration if it gives any of them, and from the environment otherwise: a key and a secret from
// two places do not belong together.
func oneSet(values []types.String, set ...*argument) {
	configured := slices.ContainsFunc(values, func(v types.String) bool { return !v.IsNull() })
	for i, a := range set {
		if configured {
			a.setting = setting{values[i].ValueString(), values[i].IsUnknown()}
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
	return setting{v.ValueString(), v.IsUnknown()}
}
