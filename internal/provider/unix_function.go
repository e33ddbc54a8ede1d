// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/edgestats/terraform-provider-edgestats/internal/decimal"
)

type unixFunction struct{}

func newUnixFunction() function.Function { return unixFunction{} }

func (unixFunction) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "unix"
}

func (unixFunction) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "Unix seconds of an RFC 3339 time",
		MarkdownDescription: "Returns how many seconds after 1970-01-01T00:00:00Z a time is, so that times can be compared and " +
			"subtracted, whatever their offsets. `rfc3339` is the way back.",
		Parameters: []function.Parameter{
			function.StringParameter{
				Name: "time",
				MarkdownDescription: "RFC 3339 with an offset, such as `2026-01-15T00:00:00Z` or `2026-01-15T08:00:00+08:00`: a whole " +
					"second. Times before 1970 are negative.",
			},
		},
		Return: function.NumberReturn{},
	}
}

func (unixFunction) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var text string
	if resp.Error = req.Arguments.Get(ctx, &text); resp.Error != nil {
		return
	}
	seconds, err := unixSeconds(text)
	if err != nil {
		resp.Error = function.NewArgumentFuncError(0, err.Error())
		return
	}
	resp.Error = resp.Result.Set(ctx, types.NumberValue(decimal.FromInt(seconds).BigFloat()))
}

func unixSeconds(text string) (int64, error) {
	t, err := parseRFC3339(text)
	if err != nil {
		return 0, fmt.Errorf("must be %s, got: %q", rfc3339Form, text)
	}
	if t.Nanosecond() != 0 {
		return 0, fmt.Errorf("must be a whole second, got: %q", text)
	}
	return t.Unix(), nil
}
