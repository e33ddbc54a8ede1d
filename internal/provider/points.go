// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

const defaultMaxPoints = 50_000

// pointsArguments say whether and how many points of a series go into state.
type pointsArguments struct {
	IncludePoints types.Bool  `tfsdk:"include_points"`
	MaxPoints     types.Int64 `tfsdk:"max_points"`
}

// pointsAttributes adds the arguments for the series that is named.
func pointsAttributes(series string, into map[string]schema.Attribute) {
	into["include_points"] = schema.BoolAttribute{
		MarkdownDescription: "Whether to return " + series + ". Defaults to `true`; `false` leaves it null and keeps the summary, " +
			"which makes plans of long windows fast and state small.",
		Optional: true,
	}
	into["max_points"] = schema.Int64Attribute{
		MarkdownDescription: fmt.Sprintf("Most elements that "+series+" may have in all; more are an error. Defaults to `%d`. "+
			"It does not count where `include_points` is `false`.", defaultMaxPoints),
		Optional:   true,
		Validators: []validator.Int64{int64validator.AtLeast(1)},
	}
}

func (a pointsArguments) includesPoints() bool {
	return a.IncludePoints.IsNull() || a.IncludePoints.ValueBool()
}

// checkPoints refuses more points than max_points: those that a window must bring, before any call, or those that came.
// The argument named is the one to narrow.
func (a pointsArguments) checkPoints(n int, narrow path.Path) diag.Diagnostic {
	limit := int64(defaultMaxPoints)
	if !a.MaxPoints.IsNull() {
		limit = a.MaxPoints.ValueInt64()
	}
	if !a.includesPoints() || int64(n) <= limit {
		return nil
	}
	return diag.NewAttributeErrorDiagnostic(narrow, "Too Many Points", fmt.Sprintf(
		"This would bring %d points into state and max_points is %d. Narrow %s or choose longer periods; "+
			"or set include_points = false to have the summary only; or raise max_points.", n, limit, narrow))
}
