// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/datasource/timeouts"
	ephemeraltimeouts "github.com/hashicorp/terraform-plugin-framework-timeouts/ephemeral/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	ephemeralschema "github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
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

// openTimeoutsAttribute is timeoutsAttribute for ephemeral resources.
func openTimeoutsAttribute(ctx context.Context) ephemeralschema.Attribute {
	attribute := ephemeraltimeouts.AttributesWithOpts(ctx, ephemeraltimeouts.Opts{
		OpenDescription: "How long opening may take in all, with waiting for rate limits and retries: a duration such as `30s` or `2m`. Defaults to `10m`.",
	})
	nested, ok := attribute.(ephemeralschema.SingleNestedAttribute)
	if !ok {
		return attribute
	}
	nested.MarkdownDescription = "How long the ephemeral resource may take."
	return nested
}

// withReadTimeout bounds a read.
func withReadTimeout(ctx context.Context, t timeouts.Value, diags *diag.Diagnostics) (context.Context, context.CancelFunc) {
	limit, d := t.Read(ctx, defaultReadTimeout)
	diags.Append(d...)
	return withTimeout(ctx, limit, "read", diags)
}

// withOpenTimeout bounds the opening of an ephemeral resource.
func withOpenTimeout(ctx context.Context, t ephemeraltimeouts.Value, diags *diag.Diagnostics) (context.Context, context.CancelFunc) {
	limit, d := t.Open(ctx, defaultReadTimeout)
	diags.Append(d...)
	return withTimeout(ctx, limit, "open", diags)
}

func withTimeout(ctx context.Context, limit time.Duration, name string, diags *diag.Diagnostics) (context.Context, context.CancelFunc) {
	if limit <= 0 {
		diags.AddAttributeError(path.Root("timeouts").AtName(name), "Invalid Attribute Value",
			fmt.Sprintf(`timeouts.%s must be a positive duration, such as "30s" or "2m".`, name))
	}
	return context.WithTimeout(ctx, limit)
}
