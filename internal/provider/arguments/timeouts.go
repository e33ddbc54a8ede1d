// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package arguments

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/datasource/timeouts"
	ephemeraltimeouts "github.com/hashicorp/terraform-plugin-framework-timeouts/ephemeral/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	ephemeralschema "github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
)

// DefaultTimeout is how long a read, or the opening of an ephemeral resource, may take where timeouts does not say.
const DefaultTimeout = 10 * time.Minute

// TimeoutsAttribute describes timeouts of a data source.
func TimeoutsAttribute(ctx context.Context) schema.Attribute {
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

// OpenTimeoutsAttribute is TimeoutsAttribute for ephemeral resources.
func OpenTimeoutsAttribute(ctx context.Context) ephemeralschema.Attribute {
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
