// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package source

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/ephemeral/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	ephemeralschema "github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"

	"github.com/edgestats/terraform-provider-edgestats/internal/provider/arguments"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider/settings"
)

// EphemeralResource describes one ephemeral resource. Its model M embeds OpenTimeouts.
type EphemeralResource[M any] struct {
	// Name is the name of the type without the provider's prefix.
	Name string
	// Schema describes everything but the argument timeouts, as for a data source.
	Schema     func(context.Context) schema.Schema
	Validators []ephemeral.ConfigValidator
	// Vendor is whose time windows are about.
	Vendor settings.Vendor
	// Window resolves the window of the arguments, before any call. It is nil where an ephemeral resource has none.
	Window func(m *M, now time.Time) (*arguments.Window, diag.Diagnostics)
	// Open calls the vendor and fills the model. The context ends when the time of the argument timeouts is over.
	Open func(ctx context.Context, c *settings.Clients, m *M, w *arguments.Window) diag.Diagnostics
}

// OpenTimeouts is the part of an ephemeral resource's model that the frame uses.
type OpenTimeouts struct {
	Timeouts timeouts.Value `tfsdk:"timeouts"`
}

// New makes the framework's type of an ephemeral resource.
func (e EphemeralResource[M]) New() ephemeral.EphemeralResource {
	return &ephemeralResource[M]{description: e}
}

type ephemeralResource[M any] struct {
	description EphemeralResource[M]
	clients     *settings.Clients
}

// Model returns an empty model, so that tests can compare it with the schema.
func (e *ephemeralResource[M]) Model() any { return new(M) }

func (e *ephemeralResource[M]) Metadata(_ context.Context, req ephemeral.MetadataRequest, resp *ephemeral.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_" + e.description.Name
}

func (e *ephemeralResource[M]) Schema(ctx context.Context, _ ephemeral.SchemaRequest, resp *ephemeral.SchemaResponse) {
	described := e.description.Schema(ctx)
	resp.Schema = ephemeralschema.Schema{
		MarkdownDescription: described.MarkdownDescription,
		Attributes:          ephemeralAttributes(described.Attributes, &resp.Diagnostics),
	}
	resp.Schema.Attributes["timeouts"] = arguments.OpenTimeoutsAttribute(ctx)
}

func (e *ephemeralResource[M]) ConfigValidators(context.Context) []ephemeral.ConfigValidator {
	return e.description.Validators
}

func (e *ephemeralResource[M]) Configure(_ context.Context, req ephemeral.ConfigureRequest, resp *ephemeral.ConfigureResponse) {
	e.clients = clientsOf(req.ProviderData, &resp.Diagnostics)
}

func (e *ephemeralResource[M]) Open(ctx context.Context, req ephemeral.OpenRequest, resp *ephemeral.OpenResponse) {
	r := reading[M]{
		clients: e.clients, timeout: "open", vendor: e.description.Vendor, window: e.description.Window, read: e.description.Open,
	}
	resp.Diagnostics = r.run(ctx, req.Config, func(m *M) diag.Diagnostics { return resp.Result.Set(ctx, m) })
}

// ephemeralAttributes converts the attributes of a data source to those of an ephemeral resource. An attribute of a type
// that it does not convert is an error.
func ephemeralAttributes(attributes map[string]schema.Attribute, diags *diag.Diagnostics) map[string]ephemeralschema.Attribute {
	converted := make(map[string]ephemeralschema.Attribute, len(attributes))
	for name, attribute := range attributes {
		switch a := attribute.(type) {
		case schema.StringAttribute:
			converted[name] = ephemeralschema.StringAttribute(a)
		case schema.NumberAttribute:
			converted[name] = ephemeralschema.NumberAttribute(a)
		case schema.BoolAttribute:
			converted[name] = ephemeralschema.BoolAttribute(a)
		case schema.ListAttribute:
			converted[name] = ephemeralschema.ListAttribute(a)
		case schema.SingleNestedAttribute:
			converted[name] = ephemeralschema.SingleNestedAttribute{
				Attributes: ephemeralAttributes(a.Attributes, diags), CustomType: a.CustomType,
				Required: a.Required, Optional: a.Optional, Computed: a.Computed, Sensitive: a.Sensitive,
				Description: a.Description, MarkdownDescription: a.MarkdownDescription, DeprecationMessage: a.DeprecationMessage,
				Validators: a.Validators,
			}
		default:
			diags.AddError("Provider Bug", fmt.Sprintf("The attribute %s of an ephemeral resource has the type %T, which is not supported.", name, a))
		}
	}
	return converted
}
