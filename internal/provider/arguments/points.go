// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package arguments

import (
	"fmt"
	"math"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/edgestats/terraform-provider-edgestats/internal/limit"
)

const defaultMaxPoints = 50_000

// PointsArguments say whether and how many points of a series go into state.
type PointsArguments struct {
	IncludePoints types.Bool  `tfsdk:"include_points"`
	MaxPoints     types.Int64 `tfsdk:"max_points"`
}

// PointsAttributes adds the arguments to a schema. They are about the named series and the list of groups that holds it, if any.
func PointsAttributes(series, groups string, into map[string]schema.Attribute) {
	into["include_points"] = schema.BoolAttribute{
		MarkdownDescription: "Whether to return " + series + ". Defaults to `true`; `false` leaves it null and keeps the summary, " +
			"which makes plans of long windows fast and state small.",
		Optional: true,
	}
	description := fmt.Sprintf("Maximum number of elements in %s; a longer result is an error. Defaults to `%d`. "+
		"It does not apply if `include_points` is `false`.", series, defaultMaxPoints)
	if groups != "" {
		description = fmt.Sprintf("Maximum number of elements in %[1]s and %[2]s together; a longer result is an error. Defaults to `%[3]d`. "+
			"With `include_points = false` only %[2]s counts. %[2]s may have %[4]d elements, or a fifth of `max_points` if that is more.",
			series, groups, defaultMaxPoints, limit.MaxSeries)
	}
	into["max_points"] = schema.Int64Attribute{
		MarkdownDescription: description,
		Optional:            true,
		Validators:          []validator.Int64{int64validator.AtLeast(1)},
	}
}

// IncludesPoints reports whether the points go into state.
func (a PointsArguments) IncludesPoints() bool {
	return a.IncludePoints.IsNull() || a.IncludePoints.ValueBool()
}

func (a PointsArguments) maxPoints() int {
	if a.MaxPoints.IsNull() {
		return defaultMaxPoints
	}
	return int(min(a.MaxPoints.ValueInt64(), math.MaxInt32))
}

// pointsPerSeries is how many points are allowed for each series that is allowed. See limit.MaxSeries.
const pointsPerSeries = defaultMaxPoints / limit.MaxSeries

// Limits bound what the vendor returns.
func (a PointsArguments) Limits() limit.Limits {
	l := limit.Limits{Series: min(a.maxPoints(), max(limit.MaxSeries, a.maxPoints()/pointsPerSeries))}
	if a.IncludesPoints() {
		l.Points = a.maxPoints()
	}
	return l
}

// CheckPoints refuses a window of at least n points if that is more than max_points, before any call. The argument named is the
// one to narrow.
func (a PointsArguments) CheckPoints(n int, narrow path.Path) diag.Diagnostics {
	if !a.IncludesPoints() || n <= a.maxPoints() {
		return nil
	}
	return diag.Diagnostics{a.tooManyPoints(fmt.Sprintf("%d points", n), narrow)}
}

// TooMany returns the error of a result that is larger than Limits. The argument named is the one to narrow.
func (a PointsArguments) TooMany(err *limit.Error, narrow path.Path) diag.Diagnostic {
	switch {
	case err.What == limit.Series && err.Max == a.maxPoints():
		return tooMany(narrow, fmt.Sprintf("This would bring %v into state and max_points is %d. Narrow %s, or raise max_points.",
			err, a.maxPoints(), narrow))
	case err.What == limit.Series:
		return tooMany(narrow, fmt.Sprintf("This would bring %v into state. The maximum is %d, or a fifth of max_points if that is more. "+
			"Narrow %s, or raise max_points, which is %d.", err, limit.MaxSeries, narrow, a.maxPoints()))
	case !a.IncludesPoints():
		return tooMany(narrow, fmt.Sprintf("This would read %v, which is too much even without points in state. "+
			"Narrow %s or choose longer periods.", err, narrow))
	}
	return a.tooManyPoints(err.Error(), narrow)
}

func (a PointsArguments) tooManyPoints(points string, narrow path.Path) diag.Diagnostic {
	return tooMany(narrow, fmt.Sprintf("This would bring %s into state and max_points is %d. Narrow %s or choose longer periods; "+
		"or set include_points = false to have the summary only; or raise max_points.", points, a.maxPoints(), narrow))
}

func tooMany(narrow path.Path, detail string) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(narrow, "Too Many Points", detail)
}
