// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package functions

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/edgestats/terraform-provider-edgestats/internal/decimal"
	"github.com/edgestats/terraform-provider-edgestats/internal/stats"
)

type mbps struct{}

func newMbps() function.Function { return mbps{} }

func (mbps) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "mbps"
}

func (mbps) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "Calculate an average bandwidth in megabits per second",
		MarkdownDescription: "Returns the average bandwidth in decimal megabits per second (1,000,000 bit/s), rounded half away from zero " +
			"to 6 decimals: bytes × 8 ÷ seconds ÷ 1,000,000. An average over an hour hides the peaks within it.",
		Parameters: []function.Parameter{
			function.NumberParameter{
				Name:                "bytes",
				MarkdownDescription: "Number of bytes transferred.",
			},
			function.NumberParameter{
				Name:                "seconds",
				MarkdownDescription: "Number of seconds in which they were transferred, greater than 0, such as `300` or `3600`.",
			},
		},
		Return: function.NumberReturn{},
	}
}

func (mbps) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	bytes, failure := numberArgument(ctx, req.Arguments, 0)
	if failure != nil {
		resp.Error = failure
		return
	}
	seconds, failure := numberArgument(ctx, req.Arguments, 1)
	if failure != nil {
		resp.Error = failure
		return
	}
	if seconds.Cmp(decimal.FromInt(0)) <= 0 {
		resp.Error = function.NewArgumentFuncError(1, fmt.Sprintf("must be greater than 0, got %.40s", seconds))
		return
	}
	resp.Error = resp.Result.Set(ctx, types.NumberValue(stats.MegabitsPerSecond(bytes, seconds).BigFloat()))
}
