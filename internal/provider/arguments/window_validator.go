// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package arguments

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// ConfigValidator checks several arguments together, of a data source or of an ephemeral resource.
type ConfigValidator interface {
	datasource.ConfigValidator
	ephemeral.ConfigValidator
}

// configRule makes a ConfigValidator of a check of the configuration.
type configRule struct {
	description string
	check       func(context.Context, tfsdk.Config) diag.Diagnostics
}

func (r configRule) Description(context.Context) string         { return r.description }
func (r configRule) MarkdownDescription(context.Context) string { return r.description }

func (r configRule) ValidateDataSource(ctx context.Context, req datasource.ValidateConfigRequest, resp *datasource.ValidateConfigResponse) {
	resp.Diagnostics.Append(r.check(ctx, req.Config)...)
}

func (r configRule) ValidateEphemeralResource(ctx context.Context, req ephemeral.ValidateConfigRequest, resp *ephemeral.ValidateConfigResponse) {
	resp.Diagnostics.Append(r.check(ctx, req.Config)...)
}

// readTexts reads arguments from a configuration.
func readTexts(ctx context.Context, config tfsdk.Config, into map[string]*types.String) diag.Diagnostics {
	var diags diag.Diagnostics
	for name, to := range into {
		diags.Append(config.GetAttribute(ctx, path.Root(name), to)...)
	}
	return diags
}

// Validator checks what the window arguments say together, as far as it is known at plan.
func (n WindowNames) Validator() ConfigValidator {
	return configRule{
		description: fmt.Sprintf("%s or lookback, not both; %s before %s; offset with lookback only", n.Start, n.Start, n.End),
		check: func(ctx context.Context, config tfsdk.Config) diag.Diagnostics {
			a := WindowArguments{Names: n}
			var granularity types.String
			names := map[string]*types.String{n.Start: &a.Start, n.End: &a.End, lookbackName: &a.Lookback, offsetName: &a.Offset}
			if n.Granularity != "" {
				names[n.Granularity] = &granularity
			}
			diags := readTexts(ctx, config, names)
			if !diags.HasError() {
				diags.Append(a.validate(granularity))
			}
			return diags
		},
	}
}

// validate returns the first problem that is known without the time.
func (a WindowArguments) validate(granularity types.String) diag.Diagnostic {
	if problem := a.combination(); problem != nil {
		return problem
	}
	if a.Names.Period == nil || granularity.IsUnknown() ||
		IsGiven(granularity) && a.Names.Granularities.find(granularity.ValueString()) == nil { // That is an error of its own.
		return nil
	}
	return a.durationsProblem(a.Names.Period(granularity))
}

// combination returns what is wrong with the arguments together. Malformed values are the errors of their own
// validators, unknown ones wait.
func (a WindowArguments) combination() diag.Diagnostic {
	start, end := a.Names.Start, a.Names.End
	noStart := a.Start.IsNull() && a.Lookback.IsNull()
	switch {
	case IsGiven(a.Start) && IsGiven(a.Lookback):
		return diag.NewAttributeErrorDiagnostic(path.Root(lookbackName), invalidCombination,
			fmt.Sprintf("lookback and %s cannot be configured together: both set the start of the window.", start))
	case IsGiven(a.Offset) && a.Lookback.IsNull():
		return diag.NewAttributeErrorDiagnostic(path.Root(offsetName), invalidCombination,
			`offset requires lookback: set lookback too, such as "24h", or remove offset.`)
	case noStart && IsGiven(a.End):
		return diag.NewAttributeErrorDiagnostic(path.Root(end), invalidCombination,
			fmt.Sprintf("%s requires a start: set %s or lookback too.", end, start))
	case noStart && !a.Names.Optional:
		return diag.NewAttributeErrorDiagnostic(path.Root(start), missingAttribute,
			fmt.Sprintf(`The window requires a start: set %s, or lookback such as "24h".`, start))
	}
	return a.order()
}

// order refuses a given start that is not before a given end.
func (a WindowArguments) order() diag.Diagnostic {
	from, errFrom := parseTime(a.Start.ValueString())
	to, errTo := parseTime(a.End.ValueString())
	if !IsGiven(a.Start) || !IsGiven(a.End) || errFrom != nil || errTo != nil || from.Before(to) {
		return nil
	}
	return diag.NewAttributeErrorDiagnostic(path.Root(a.Names.Start), invalidCombination, fmt.Sprintf(
		"%s is %s and must be before %s, which is %s.", a.Names.Start, from.In(Beijing).Format(time.RFC3339),
		a.Names.End, to.In(Beijing).Format(time.RFC3339)))
}
