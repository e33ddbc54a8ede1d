// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package arguments

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/edgestats/terraform-provider-edgestats/internal/limit"
)

// The values of include.
const (
	// IncludePoints returns the vendor's records.
	IncludePoints = "points"
	// IncludeRequestID returns the call's id.
	IncludeRequestID = "request_id"
	// IncludeTotals returns the totals of the window that the vendor counts itself.
	IncludeTotals = "totals"
)

const (
	includeName      = "include"
	defaultMaxPoints = 50_000
)

// IncludeRules are what a data source with a series returns on demand.
type IncludeRules struct {
	// Points names what the value "points" returns, such as "`net_details`".
	Points string
	// Series is what has points of its own and counts as one more, such as "device". It is empty if there is only one series.
	Series string
	// Values are the values that the data source has, "points" among them.
	Values []string
}

// IncludeArguments are part of the model of a data source with a series.
type IncludeArguments struct {
	Include   []types.String `tfsdk:"include"`
	MaxPoints types.Number   `tfsdk:"max_points"`
}

// Attributes adds the arguments to a schema.
func (r IncludeRules) Attributes(into map[string]schema.Attribute) {
	returns := map[string]string{
		IncludePoints:    r.Points,
		IncludeRequestID: "`request_id`, which differs at every read and so makes saved plans stale",
		IncludeTotals:    "`totals`",
	}
	described := make([]string, len(r.Values))
	for i, value := range r.Values {
		described[i] = fmt.Sprintf("`%s` (%s)", value, returns[value])
	}
	into[includeName] = schema.ListAttribute{
		MarkdownDescription: "What to return in addition to the summary: " + strings.Join(described, ", ") + ". Defaults to " +
			"`[\"points\"]`. `[]` returns only the summary, which makes plans faster and state smaller. Attributes that are " +
			"not included are null.",
		Optional:    true,
		ElementType: types.StringType,
		Validators:  []validator.List{Entries{MayBeEmpty: true, Rule: Words(r.Values...)}},
	}
	into["max_points"] = schema.NumberAttribute{
		MarkdownDescription: r.maxPointsDescription(),
		Optional:            true,
		Validators:          []validator.Number{WholeNumberAtLeast(1)},
	}
}

func (r IncludeRules) maxPointsDescription() string {
	const rest = "A larger result is an error. Defaults to `%d`."
	if r.Series == "" {
		return fmt.Sprintf("Maximum number of entries of %s to return. "+rest, r.Points, defaultMaxPoints)
	}
	return fmt.Sprintf("Maximum number of points to return: entries of %s, plus one for each series, that is, each %s, "+
		"even if `include` is `[]`. The maximum number of series is %d, or a fifth of `max_points` if that is more. "+rest,
		r.Points, r.Series, limit.MaxSeries, defaultMaxPoints)
}

// Includes reports whether a value of include is asked for.
func (a IncludeArguments) Includes(value string) bool {
	if a.Include == nil {
		return value == IncludePoints
	}
	return slices.Contains(a.Include, types.StringValue(value))
}

// RequestID returns the call's id where it is asked for, and null otherwise.
func (a IncludeArguments) RequestID(id string) types.String {
	if !a.Includes(IncludeRequestID) {
		return types.StringNull()
	}
	return NullText(id)
}

// Narrow says how a user can have fewer points.
type Narrow struct {
	// Argument is the one to narrow.
	Argument path.Path
	// Longer is the argument that sets the length of periods. It is empty where no longer period exists.
	Longer string
}

// pointsPerSeries is how many points are allowed for each series that is allowed. See limit.MaxSeries.
const pointsPerSeries = defaultMaxPoints / limit.MaxSeries

func (a IncludeArguments) maxPoints() int {
	return int(min(Int64Or(a.MaxPoints, defaultMaxPoints), math.MaxInt32))
}

// Limits bound what the vendor returns.
func (a IncludeArguments) Limits() limit.Limits {
	l := limit.Limits{Series: min(a.maxPoints(), max(limit.MaxSeries, a.maxPoints()/pointsPerSeries))}
	if a.Includes(IncludePoints) {
		l.Points = a.maxPoints()
	}
	return l
}

// CheckPoints refuses a window that must bring more points than max_points, before the first call. Points count where
// they are returned; each of the series counts as one more, always.
func (a IncludeArguments) CheckPoints(points, series int, narrow Narrow) diag.Diagnostics {
	if !a.Includes(IncludePoints) {
		points = 0
	}
	if points+series <= a.maxPoints() {
		return nil
	}
	return diag.Diagnostics{a.tooMany(counted(points, series), points > 0 && series <= a.maxPoints(), narrow)}
}

// TooMany returns the error of a result that is larger than Limits.
func (a IncludeArguments) TooMany(err *limit.Error, narrow Narrow) diag.Diagnostic {
	switch {
	case err.What == limit.Series && err.Max == a.maxPoints():
		return a.tooMany(err.Error()+", each of which counts as a point", false, narrow)
	case err.What == limit.Series:
		return tooManyPoints(narrow, fmt.Sprintf("This read has %v. The maximum is %d, or a fifth of max_points if that is more. "+
			"Narrow %s, or raise max_points, which is %d.", err, limit.MaxSeries, narrow.Argument, a.maxPoints()))
	case !a.Includes(IncludePoints):
		return tooManyPoints(narrow, fmt.Sprintf("This read has %v, which is too many even if only the summary is returned. To read less, %s.",
			err, strings.Join(narrow.advice(), ", or ")))
	}
	return a.tooMany(err.Error(), true, narrow)
}

// tooMany refuses a number of points. They are a reason to return only the summary if they are not series alone.
func (a IncludeArguments) tooMany(number string, hasPoints bool, narrow Narrow) diag.Diagnostic {
	advice := []string{"narrow " + narrow.Argument.String()}
	if hasPoints {
		advice = append(narrow.advice(), `remove "points" from include (include = [] keeps the summary)`)
	}
	return tooManyPoints(narrow, fmt.Sprintf("This read has %s, and max_points is %d. To read less, %s; or raise max_points.",
		number, a.maxPoints(), strings.Join(advice, ", or ")))
}

func tooManyPoints(narrow Narrow, detail string) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(narrow.Argument, "Too Many Points", detail)
}

// advice says how a window can have fewer points.
func (n Narrow) advice() []string {
	advice := []string{"narrow " + n.Argument.String()}
	if n.Longer != "" {
		advice = append(advice, "choose longer periods with "+n.Longer)
	}
	return advice
}

// counted says what counts towards max_points.
func counted(points, series int) string {
	switch {
	case series == 0:
		return fmt.Sprintf("%d points", points)
	case points == 0:
		return fmt.Sprintf("%d series, each of which counts as a point", series)
	}
	if series == 1 {
		return fmt.Sprintf("%d points, one for the series included", points+1)
	}
	return fmt.Sprintf("%d points, one for each of %d series included", points+series, series)
}
