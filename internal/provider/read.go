// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/datasource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// read is what the Read of all data sources has in common: the model gets the configuration, and becomes the state once
// fill has filled it without an error. The limit is the model's own timeouts, which bound what fill does.
func read(
	ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse, model any, limit *timeouts.Value,
	fill func(context.Context, *diag.Diagnostics),
) {
	resp.Diagnostics.Append(req.Config.Get(ctx, model)...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := withReadTimeout(ctx, *limit, &resp.Diagnostics)
	defer cancel()
	fill(ctx, &resp.Diagnostics)
	if !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(resp.State.Set(ctx, model)...)
	}
}
