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

func isTime() TextRule {
	return Text("RFC 3339 with an offset, or unix seconds", func(text string) error {
		if isBeforePlan(text) {
			return nil
		}
		_, err := parseTime(text)
		return err
	})
}

// isBeforePlan reports whether a time is computed from plantimestamp() during validation. Terraform before 1.10 and OpenTofu before
// 1.9.1 return the first second of year 1 there, instead of an unknown value.
func isBeforePlan(text string) bool {
	t, err := time.Parse(time.RFC3339, text)
	return err == nil && t.Year() <= 1
}

func isLookback() TextRule {
	return Text("a positive duration", func(text string) error {
		_, err := parseLookback(text)
		return err
	})
}

// ConfigValidator checks several arguments together, of a data source or of an ephemeral resource.
type ConfigValidator interface {
	datasource.ConfigValidator
	ephemeral.ConfigValidator
}

// Validator checks what the window arguments say together, as far as it is known at plan.
func (n WindowNames) Validator() ConfigValidator { return windowValidator{n} }

type windowValidator struct{ names WindowNames }

func (v windowValidator) Description(context.Context) string {
	return fmt.Sprintf("%s or lookback, not both; %s before %s", v.names.Start, v.names.Start, v.names.End)
}

func (v windowValidator) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (v windowValidator) ValidateDataSource(ctx context.Context, req datasource.ValidateConfigRequest, resp *datasource.ValidateConfigResponse) {
	v.validate(ctx, req.Config, &resp.Diagnostics)
}

func (v windowValidator) ValidateEphemeralResource(ctx context.Context, req ephemeral.ValidateConfigRequest, resp *ephemeral.ValidateConfigResponse) {
	v.validate(ctx, req.Config, &resp.Diagnostics)
}

func (v windowValidator) validate(ctx context.Context, config tfsdk.Config, diags *diag.Diagnostics) {
	a := WindowArguments{Names: v.names}
	for name, to := range map[string]*types.String{v.names.Start: &a.Start, v.names.End: &a.End, "lookback": &a.Lookback} {
		diags.Append(config.GetAttribute(ctx, path.Root(name), to)...)
	}
	if !diags.HasError() {
		diags.Append(v.check(a))
	}
}

func (v windowValidator) check(a WindowArguments) diag.Diagnostic {
	const summary = "Invalid Attribute Combination"
	start, end := v.names.Start, v.names.End
	switch {
	case IsGiven(a.Start) && IsGiven(a.Lookback):
		return diag.NewAttributeErrorDiagnostic(path.Root("lookback"), summary,
			fmt.Sprintf("lookback replaces %s: give one of them, not both.", start))
	case a.Start.IsNull() && a.Lookback.IsNull() && IsGiven(a.End):
		return diag.NewAttributeErrorDiagnostic(path.Root(end), summary,
			fmt.Sprintf("%s needs a start: give %s or lookback with it.", end, start))
	case a.Start.IsNull() && a.Lookback.IsNull() && !v.names.Optional:
		return diag.NewAttributeErrorDiagnostic(path.Root(start), "Missing Attribute",
			fmt.Sprintf(`The window needs a start: give %s, or lookback such as "24h".`, start))
	}
	from, errFrom := parseTime(a.Start.ValueString())
	to, errTo := parseTime(a.End.ValueString())
	if errFrom == nil && errTo == nil && !from.Before(to) {
		return a.notBefore(Window{Start: from, End: to})
	}
	return nil // Malformed times are the attributes' own errors, unknown ones wait.
}
