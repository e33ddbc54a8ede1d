// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/datasource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
)

const defaultReadTimeout = 10 * time.Minute

func timeoutsAttribute(ctx context.Context) schema.Attribute {
	attribute := timeouts.AttributesWithOpts(ctx, timeouts.Opts{
		ReadDescription: "How long the read may take in all, with waiting for rate limits and retries: a duration such as `30s` or `2m`. Defaults to `10m`.",
	})
	nested, ok := attribute.(schema.SingleNestedAttribute)
	if !ok {
		return attribute
	}
	nested.MarkdownDescription = "How long the data source may take."
	return nested
}

// withReadTimeout bounds a read.
func withReadTimeout(ctx context.Context, t timeouts.Value, diags *diag.Diagnostics) (context.Context, context.CancelFunc) {
	limit, d := t.Read(ctx, defaultReadTimeout)
	diags.Append(d...)
	if limit <= 0 {
		diags.AddAttributeError(path.Root("timeouts").AtName("read"), "Invalid Attribute Value",
			`timeouts.read must be a positive duration, such as "30s" or "2m".`)
	}
	return context.WithTimeout(ctx, limit)
}
