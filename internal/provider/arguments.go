// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

// setting is one string of the configuration after the environment was considered. Terraform does not know some
// values before apply; those are unknown.
type setting struct {
	value   string
	unknown bool
}

func (s setting) missing() bool { return s.value == "" && !s.unknown }

func (s setting) prefixed(prefix string) setting {
	return setting{prefix + s.value, s.unknown}
}

// argument is a provider argument that a client needs, with the environment variable that can replace it.
type argument struct {
	name, variable string
	setting        setting
}

// argumentOf is an argument with the configured value or else the variable's.
func argumentOf(name, variable string, v types.String) argument {
	return argument{name, variable, given(v, variable)}
}

// or gives an argument that is missing a default.
func (a argument) or(value string) argument {
	if a.setting.missing() {
		a.setting.value = value
	}
	return a
}

// problem says what a check finds wrong with the value, which may come from the environment.
func (a argument) problem(check func(string) error) diag.Diagnostic {
	if err := check(a.setting.value); err != nil {
		return diag.NewErrorDiagnostic("Invalid Provider Argument", fmt.Sprintf("%s (or %s) %v.", a.name, a.variable, err))
	}
	return nil
}

// oneSet gives arguments their values: from the configuration if it gives any of them, and from the environment
// otherwise. A key and a secret from two places do not belong together.
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

// unknownProblem says which of the arguments has no value before apply.
func unknownProblem(arguments ...argument) diag.Diagnostic {
	for _, a := range arguments {
		if a.setting.unknown {
			detail := fmt.Sprintf("The provider argument %s is not wrong but not known yet: it depends on something that is "+
				"created during apply. Apply that first, with -target", a.name)
			if a.variable != "" {
				detail += "; or take the argument out of the provider block, credentials as a whole set, and set " + a.variable +
					" in the environment"
			}
			return diag.NewErrorDiagnostic("Unknown Provider Argument", detail+".")
		}
	}
	return nil
}

// credentialProblem reports which credentials are missing, cannot be sent or are too short. The first of the required ones
// is the ID; the others are secrets.
func credentialProblem(vendor string, required []argument, optional ...argument) diag.Diagnostic {
	for _, d := range []diag.Diagnostic{
		sendableProblem(vendor, slices.Concat(required, optional)...),
		missingProblem(vendor, required, optional),
		shortProblem(vendor, slices.Concat(required[1:], optional)...),
	} {
		if d != nil {
			return d
		}
	}
	return nil
}

// sendableProblem reports which of the values cannot be sent.
func sendableProblem(vendor string, arguments ...argument) diag.Diagnostic {
	for _, a := range arguments {
		if !transport.IsSendable(a.setting.value) {
			return diag.NewErrorDiagnostic("Invalid "+vendor+" Credentials", fmt.Sprintf(
				"%s (or %s) begins or ends with white space, such as the line break at the end of a file, or has a control character "+
					"in it. Remove it; trimspace() removes white space.", a.name, a.variable))
		}
	}
	return nil
}

// shortProblem reports which of the secrets is too short to be masked, which also means that it cannot be a real one.
func shortProblem(vendor string, secrets ...argument) diag.Diagnostic {
	for _, a := range secrets {
		if !a.setting.missing() && !transport.IsMaskable(a.setting.value) {
			return diag.NewErrorDiagnostic("Invalid "+vendor+" Credentials", fmt.Sprintf(
				"%s (or %s) has fewer than %d characters. Check that it was copied completely.", a.name, a.variable, transport.MinSecret))
		}
	}
	return nil
}

// missingProblem reports which credentials have no value.
func missingProblem(vendor string, arguments, optional []argument) diag.Diagnostic {
	var names, variables []string
	for _, a := range arguments {
		if a.setting.missing() {
			names, variables = append(names, a.name), append(variables, a.variable)
		}
	}
	if names == nil {
		return nil
	}
	advice := "Set %s in the provider block, or %s in the environment."
	alone := slices.ContainsFunc(optional, func(a argument) bool { return !a.setting.missing() })
	if len(names) < len(arguments) || alone {
		advice = "The rest of the set was found. Set %s beside it if that is the provider block, or %s if it is the environment: " +
			"a set comes from one place."
	}
	return diag.NewErrorDiagnostic("Missing "+vendor+" Credentials", fmt.Sprintf("Reading this needs %s credentials. "+advice,
		vendor, strings.Join(names, " and "), strings.Join(variables, " and ")))
}
