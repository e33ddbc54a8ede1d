// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package functions

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/edgestats/terraform-provider-edgestats/internal/stats"
)

type sparkline struct{}

func newSparkline() function.Function { return sparkline{} }

func (sparkline) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "sparkline"
}

func (sparkline) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "Draw a list of numbers as a line of blocks",
		MarkdownDescription: "Draws one Unicode block per value, scaled from the smallest value to the greatest: `▁▃▅█` for `[1, 2, 3, 4]`. " +
			"If all values are equal, all blocks are the lowest. The result is an empty string for an empty list.",
		Parameters: []function.Parameter{
			function.ListParameter{
				Name:                "values",
				ElementType:         types.NumberType,
				MarkdownDescription: "The numbers to draw, in their order. A null is drawn as a space.",
			},
		},
		Return: function.StringReturn{},
	}
}

func (sparkline) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	values, known, failure := valuesArgument(ctx, req.Arguments, 0)
	if failure != nil {
		resp.Error = failure
		return
	}
	if !known {
		resp.Error = resp.Result.Set(ctx, types.StringUnknown())
		return
	}
	resp.Error = resp.Result.Set(ctx, stats.Sparkline(values))
}
