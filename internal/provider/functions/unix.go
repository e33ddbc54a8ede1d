// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package functions

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/edgestats/terraform-provider-edgestats/internal/decimal"
	"github.com/edgestats/terraform-provider-edgestats/internal/times"
)

type unix struct{}

func newUnix() function.Function { return unix{} }

func (unix) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "unix"
}

func (unix) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "Convert an RFC 3339 time to unix seconds",
		MarkdownDescription: "Converts an RFC 3339 time to unix seconds, the seconds since 1970-01-01T00:00:00Z, so that times with different offsets can " +
			"be compared and subtracted. `rfc3339` converts back.",
		Parameters: []function.Parameter{
			function.StringParameter{
				Name: "time",
				MarkdownDescription: "RFC 3339 with an offset, such as `2026-01-15T00:00:00Z` or `2026-01-15T08:00:00+08:00`, in whole " +
					"seconds. The result is negative for times before 1970.",
			},
		},
		Return: function.NumberReturn{},
	}
}

func (unix) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var text string
	if resp.Error = req.Arguments.Get(ctx, &text); resp.Error != nil {
		return
	}
	t, err := times.ParseRFC3339(text)
	if err != nil {
		resp.Error = function.NewArgumentFuncError(0, err.Error())
		return
	}
	resp.Error = resp.Result.Set(ctx, types.NumberValue(decimal.FromInt(t.Unix()).BigFloat()))
}
