// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package arguments

import (
	"errors"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/edgestats/terraform-provider-edgestats/internal/limit"
)

func TestIncludeValues(t *testing.T) {
	into := make(map[string]schema.Attribute)
	IncludeRules{Points: "`net_details`", Values: []string{IncludePoints, IncludeRequestID}}.Attributes(into)
	include, ok := into["include"].(schema.ListAttribute)
	if !ok || len(include.Validators) != 1 {
		t.Fatalf("include is %v", into["include"])
	}
	for _, test := range []struct {
		list    types.List
		problem string
	}{
		{types.ListNull(types.StringType), ""},
		{texts(), ""},
		{texts("points", "request_id"), ""},
		{texts("totals"), `error argument[0]: argument[0] must be one of "points", "request_id", got "totals".`},
		{texts("points", "columns"), `error argument[1]: argument[1] must be one of "points", "request_id", got "columns".`},
		{texts("request-id"), `error argument[0]: argument[0] must be one of "points", "request_id", got "request-id". Did you mean "request_id"?`},
		{texts("points", "points"), `error argument[1]: argument[1] repeats argument[0], got "points"; remove it with distinct().`},
		{texts("null"), "error argument[0]: argument[0] is null; remove it with compact()."},
	} {
		expect(t, validateList(t, include.Validators[0], test.list), test.problem)
	}
	expect(t, include.MarkdownDescription, "What to return in addition to the summary: `points` (`net_details`), `request_id` (`request_id`, which differs at every read and so makes "+
		"saved plans stale). Defaults to `[\"points\"]`. `[]` returns only the summary, which makes plans faster and state smaller. Attributes that are not included are null.")
}

// including are arguments with a list of include.
func including(values ...string) IncludeArguments {
	a := IncludeArguments{Include: []types.String{}}
	for _, value := range values {
		a.Include = append(a.Include, types.StringValue(value))
	}
	return a
}

func TestIncludes(t *testing.T) {
	for _, test := range []struct {
		arguments IncludeArguments
		points    bool
		requestID string
	}{
		{IncludeArguments{}, true, "<null>"},
		{including(), false, "<null>"},
		{including("request_id"), false, `"id"`},
		{including("points", "request_id", "totals"), true, `"id"`},
	} {
		if got := test.arguments.Includes(IncludePoints); got != test.points {
			t.Errorf("%v includes points: %t", test.arguments.Include, got)
		}
		expect(t, test.arguments.RequestID("id").String(), test.requestID)
	}
	expect(t, including("request_id").RequestID("").String(), "<null>")
	if !including("totals").Includes(IncludeTotals) || (IncludeArguments{}).Includes(IncludeTotals) {
		t.Error("totals are not included as asked")
	}
}

func TestMaxPoints(t *testing.T) {
	narrow := Narrow{Argument: path.Root("lookback"), Longer: "time_granularity"}
	longest := Narrow{Argument: path.Root("domains")}
	tests := []struct {
		name           string
		arguments      IncludeArguments
		points, groups int
		narrow         Narrow
		problem        string
	}{
		{"the default", IncludeArguments{}, 50_000, 0, narrow, ""},
		{"more than the default", IncludeArguments{}, 50_001, 0, narrow, `error lookback: This read has 50001 points, and max_points is 50000. To read less, narrow lookback, or choose longer periods with time_granularity, or remove "points" from include (include = [] keeps the summary); or raise max_points.`},
		{"no longer period", IncludeArguments{}, 50_001, 0, longest, `error domains: This read has 50001 points, and max_points is 50000. To read less, narrow domains, or remove "points" from include (include = [] keeps the summary); or raise max_points.`},
		{"points that are not returned", including(), 1_000_000, 1, narrow, ""},
		{"a point for each group", limited(t, IncludeArguments{}), 8, 2, narrow, ""},
		{"a group too many", limited(t, IncludeArguments{}), 8, 3, narrow, `error lookback: This read has 11 points, one for each of 3 series included, and max_points is 10. To read less, narrow lookback, or choose longer periods with time_granularity, or remove "points" from include (include = [] keeps the summary); or raise max_points.`},
		{"groups alone", limited(t, including()), 100, 11, narrow, `error lookback: This read has 11 series, each of which counts as a point, and max_points is 10. To read less, narrow lookback; or raise max_points.`},
		{"groups that are too many without their points", limited(t, IncludeArguments{}), 100, 11, longest, `error domains: This read has 111 points, one for each of 11 series included, and max_points is 10. To read less, narrow domains; or raise max_points.`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			expect(t, said(test.arguments.CheckPoints(test.points, test.groups, test.narrow)), test.problem)
		})
	}
}

func TestTooManyPointsCame(t *testing.T) {
	narrow := Narrow{Argument: path.Root("lookback"), Longer: "time_granularity"}
	longest := Narrow{Argument: path.Root("domains")}
	tests := []struct {
		name      string
		arguments IncludeArguments
		size      limit.Size
		narrow    Narrow
		problem   string
	}{
		{"points", limited(t, IncludeArguments{}), limit.Size{Points: 11}, narrow, `error lookback: This read has more than 10 points, and max_points is 10. To read less, narrow lookback, or choose longer periods with time_granularity, or remove "points" from include (include = [] keeps the summary); or raise max_points.`},
		{"points and series", limited(t, IncludeArguments{}), limit.Size{Points: 9, Series: 2}, longest, `error domains: This read has more than 10 points, and max_points is 10. To read less, narrow domains, or remove "points" from include (include = [] keeps the summary); or raise max_points.`},
		{"series", limited(t, including()), limit.Size{Series: 11}, longest, `error domains: This read has more than 10 series, each of which counts as a point, and max_points is 10. To read less, narrow domains; or raise max_points.`},
		{"series for any max_points", IncludeArguments{}, limit.Size{Series: 10_001}, longest, `error domains: This read has more than 10000 series. The maximum is 10000, or a fifth of max_points if that is more. Narrow domains, or raise max_points, which is 50000.`},
		{"points that are not returned", including(), limit.Size{Points: 10_000_001}, narrow, `error lookback: This read has more than 10000000 points, which is too many even if only the summary is returned. To read less, narrow lookback, or choose longer periods with time_granularity.`},
		{"as many as allowed", limited(t, IncludeArguments{}), limit.Size{Points: 8, Series: 2}, narrow, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var said string
			if tooMany, ok := errors.AsType[*limit.Error](test.arguments.Limits().Result().Add(test.size)); ok {
				said = saidOne(test.arguments.TooMany(tooMany, test.narrow))
			}
			expect(t, said, test.problem)
		})
	}
}

// limited returns arguments with max_points = 10.
func limited(t *testing.T, a IncludeArguments) IncludeArguments {
	t.Helper()
	a.MaxPoints = number(t, "10")
	return a
}
