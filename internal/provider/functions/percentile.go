// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package functions

import (
	"context"
	"errors"

	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/edgestats/terraform-provider-edgestats/internal/stats"
)

type percentile struct{}

func newPercentile() function.Function { return percentile{} }

func (percentile) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "percentile"
}

func (percentile) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "Percentile of a list of numbers, by nearest rank",
		MarkdownDescription: "Returns the smallest of the values that at least `p` percent of them do not exceed (nearest rank). " +
			"The result is always one of the values, with every digit it has: nothing is interpolated or rounded. The order of " +
			"the values does not matter.",
		Parameters: []function.Parameter{
			function.ListParameter{
				Name:        "values",
				ElementType: types.NumberType,
				MarkdownDescription: "At least one number. A null is an error, because a missing value is not zero: take nulls out " +
					"with `[for v in values : v if v != null]`.",
			},
			function.NumberParameter{
				Name:                "p",
				MarkdownDescription: "Percentile, greater than 0 and at most 100, such as `95` or `99.9`. `50` is the median, `100` the maximum.",
			},
		},
		Return: function.NumberReturn{},
	}
}

func (percentile) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	values, known, failure := valuesArgument(ctx, req.Arguments)
	if failure != nil {
		resp.Error = failure
		return
	}
	p, failure := numberArgument(ctx, req.Arguments, 1)
	if failure != nil {
		resp.Error = failure
		return
	}
	if !known {
		resp.Error = resp.Result.Set(ctx, types.NumberUnknown())
		return
	}
	result, err := stats.Percentile(values, p)
	if err != nil {
		resp.Error = percentileError(err)
		return
	}
	resp.Error = resp.Result.Set(ctx, types.NumberValue(result.BigFloat()))
}

// percentileError tells which argument is wrong and what would be right.
func percentileError(err error) *function.FuncError {
	switch {
	case errors.Is(err, stats.ErrNoValues):
		return function.NewArgumentFuncError(0, "must hold at least one number, got an empty list")
	case errors.Is(err, stats.ErrNullValue):
		return function.NewArgumentFuncError(0, err.Error()+"; take nulls out with [for v in values : v if v != null]")
	}
	return function.NewArgumentFuncError(1, err.Error())
}
