// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package arguments

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Validator checks what the arguments for days say together, as far as it is known at plan.
func (r DateRules) Validator() ConfigValidator {
	return configRule{description: r.choice(), check: func(ctx context.Context, config tfsdk.Config) diag.Diagnostics {
		a := DateArguments{Rules: r}
		names := map[string]*types.String{dateFromName: &a.From, dateToName: &a.To, lookbackName: &a.Lookback, offsetName: &a.Offset}
		if r.Single {
			names[dateName] = &a.Date
		}
		diags := readTexts(ctx, config, names)
		if !diags.HasError() {
			diags.Append(a.validate())
		}
		return diags
	}}
}

// choice says which arguments name days.
func (r DateRules) choice() string {
	if r.Single {
		return "date for one day, date_from and date_to for several, or lookback for the days up to yesterday"
	}
	return "date_from and date_to, or lookback for the days up to yesterday, or none of them for today"
}

// validate returns the first problem that is known without the time.
func (a DateArguments) validate() diag.Diagnostic {
	if problem := a.combination(); problem != nil {
		return problem
	}
	w := WindowArguments{Lookback: a.Lookback, Offset: a.Offset}
	return w.durationsProblem(Day)
}

// combination returns what is wrong with the arguments together. Malformed values are the errors of their own
// validators, unknown ones wait.
func (a DateArguments) combination() diag.Diagnostic {
	given := 0
	for _, is := range []bool{IsGiven(a.Date), IsGiven(a.From) || IsGiven(a.To), IsGiven(a.Lookback)} {
		if is {
			given++
		}
	}
	switch {
	case given > 1:
		return diag.NewAttributeErrorDiagnostic(a.StartPath(), invalidCombination,
			"Set the days only once: "+a.Rules.choice()+".")
	case IsGiven(a.Offset) && a.Lookback.IsNull():
		return diag.NewAttributeErrorDiagnostic(path.Root(offsetName), invalidCombination,
			`offset requires lookback: set lookback too, such as "7d", or remove offset.`)
	case a.Date.IsUnknown() || a.From.IsUnknown() || a.To.IsUnknown() || a.Lookback.IsUnknown():
		return nil // It may turn out to be null, or not.
	case given == 0 && a.Rules.Single:
		return diag.NewAttributeErrorDiagnostic(path.Root(dateName), missingAttribute, "Set the days to read: "+a.Rules.choice()+".")
	case a.From.IsNull() != a.To.IsNull():
		missing := dateToName
		if a.From.IsNull() {
			missing = dateFromName
		}
		return diag.NewAttributeErrorDiagnostic(path.Root(missing), invalidCombination,
			missing+" is missing: date_from and date_to must be set together. For a single day, set both to that day.")
	}
	return a.order()
}

// order refuses a first day after the last.
func (a DateArguments) order() diag.Diagnostic {
	first, errFirst := parseDate(a.From.ValueString(), time.UTC)
	last, errLast := parseDate(a.To.ValueString(), time.UTC)
	if errFirst != nil || errLast != nil || !first.After(last) || isBeforePlan(a.From.ValueString()) || isBeforePlan(a.To.ValueString()) {
		return nil
	}
	return diag.NewAttributeErrorDiagnostic(path.Root(dateFromName), invalidCombination, fmt.Sprintf(
		"date_from is %s and must not be after date_to, which is %s.", Date(first), Date(last)))
}
