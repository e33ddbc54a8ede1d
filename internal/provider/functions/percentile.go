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
		Summary: "Calculate a percentile of a list of numbers, by nearest rank",
		MarkdownDescription: "Returns the smallest value that at least `p` percent of the values do not exceed (nearest rank). " +
			"The result is always one of the values, with all its digits: nothing is interpolated or rounded. The order of " +
			"the values does not matter.",
		Parameters: []function.Parameter{
			function.ListParameter{
				Name:                "values",
				ElementType:         types.NumberType,
				MarkdownDescription: "The numbers, at least one. Nulls do not count; a list without any number is an error.",
			},
			function.NumberParameter{
				Name: "p",
				MarkdownDescription: "Percentile from 1 to 100, such as `95` or `99.9`. `50` is the median, `100` the maximum. A fraction " +
					"below 1, such as `0.95`, is an error: write `95`.",
			},
		},
		Return: function.NumberReturn{},
	}
}

func (percentile) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	values, known, failure := valuesArgument(ctx, req.Arguments, 0)
	if failure != nil {
		resp.Error = failure
		return
	}
	p, failure := numberArgument(ctx, req.Arguments, 1)
	if failure != nil {
		resp.Error = failure
		return
	}
	result, err := stats.Percentile(values, p)
	switch {
	case errors.Is(err, stats.ErrPercentile):
		resp.Error = function.NewArgumentFuncError(1, err.Error())
	case !known:
		resp.Error = resp.Result.Set(ctx, types.NumberUnknown())
	case errors.Is(err, stats.ErrNoValues):
		resp.Error = function.NewArgumentFuncError(0, "must have at least one number that is not null")
	default:
		resp.Error = resp.Result.Set(ctx, types.NumberValue(result.BigFloat()))
	}
}
