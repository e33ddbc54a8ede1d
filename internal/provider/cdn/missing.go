// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package cdn

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/edgestats/terraform-provider-edgestats/internal/points"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider/arguments"
)

// maxAsked is the maximum number of combinations of names in one read, each of which can be missing.
const maxAsked = 200_000

// question is what was asked for by name.
type question struct {
	// dates are the days, or one empty text where data is not read by day.
	dates []string
	// names are domains or hosts.
	names []types.String
	// places and isps are codes; nil where none were given.
	places, isps []int64
}

// series is one combination of names. A code is null where none was asked for.
type series struct {
	date, name string
	place, isp types.Int64
}

// check refuses more combinations than a read can list. The argument is the one to shorten.
func (q question) check(argument string) diag.Diagnostics {
	asked := len(q.dates)
	for _, n := range []int{len(q.names), len(orNull(q.places)), len(orNull(q.isps))} {
		if asked *= n; asked > maxAsked {
			return diag.Diagnostics{arguments.Invalid(path.Root(argument), fmt.Errorf(
				"and the other arguments ask for more than %d series by name. Read fewer at once", maxAsked))}
		}
	}
	return nil
}

// find returns the series of an answer as it can be asked for.
func (q question) find(date, name string, place, isp types.Int64) series {
	s := series{date: date, name: arguments.ComparableName(name)}
	if q.places != nil {
		s.place = place
	}
	if q.isps != nil {
		s.isp = isp
	}
	return s
}

// missing lists what is not among the series that came back. Names do not distinguish case.
func (q question) missing(returned map[series]bool) []series {
	var missing []series
	for _, date := range q.dates {
		for _, name := range arguments.Strings(q.names) {
			for _, place := range orNull(q.places) {
				for _, isp := range orNull(q.isps) {
					s := series{date, arguments.ComparableName(name), place, isp}
					if !returned[s] {
						s.name = name
						missing = append(missing, s)
					}
				}
			}
		}
	}
	return missing
}

// orNull returns the codes asked for, or one null where none were.
func orNull(codes []int64) []types.Int64 {
	if codes == nil {
		return []types.Int64{types.Int64Null()}
	}
	values := make([]types.Int64, len(codes))
	for i, code := range codes {
		values[i] = types.Int64Value(code)
	}
	return values
}

// missingSeries declares the attribute missing. Its members are named as those of the series.
type missingSeries struct {
	points.Objects

	date, name, place string
}

func newMissingSeries(date, name, place string, members map[string]schema.Attribute) missingSeries {
	return missingSeries{points.NewObjects(
		"What was requested by name but not returned: the API omits what has no data.", members), date, name, place}
}

// list returns missing series as state. The error is the context's.
func (m missingSeries) list(ctx context.Context, missing []series) (points.List, error) {
	return m.List(ctx, len(missing), func(i int) (points.Object, error) {
		s := missing[i]
		object := points.Object{
			m.name:   points.Text(s.name),
			m.place:  points.IntegerOrNull(s.place.ValueInt64Pointer()),
			"isp_id": points.IntegerOrNull(s.isp.ValueInt64Pointer()),
		}
		if m.date != "" {
			object[m.date] = points.Text(s.date)
		}
		return object, nil
	})
}
