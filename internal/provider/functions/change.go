// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package functions

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/edgestats/terraform-provider-edgestats/internal/stats"
)

type change struct{}

func newChange() function.Function { return change{} }

func (change) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "change"
}

func (change) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "Calculate the change between two numbers in percent",
		MarkdownDescription: "Returns the change from `previous` to `current` in percent, rounded half away from zero to 6 decimals: " +
			"(current − previous) ÷ |previous| × 100. It is `12.5` for an increase from 80 to 90, and negative for a decrease. The result " +
			"is null if either number is null, or if `previous` is 0.",
		Parameters: []function.Parameter{
			function.NumberParameter{
				Name:                "current",
				MarkdownDescription: "The later number. May be null.",
				AllowNullValue:      true,
			},
			function.NumberParameter{
				Name:                "previous",
				MarkdownDescription: "The earlier number, in the same unit. May be null.",
				AllowNullValue:      true,
			},
		},
		Return: function.NumberReturn{},
	}
}

func (change) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	current, failure := numberArgument(ctx, req.Arguments, 0)
	if failure != nil {
		resp.Error = failure
		return
	}
	previous, failure := numberArgument(ctx, req.Arguments, 1)
	if failure != nil {
		resp.Error = failure
		return
	}
	resp.Error = resp.Result.Set(ctx, types.NumberValue(stats.Change(current, previous).BigFloat()))
}
