// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	ephemeralschema "github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"

	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

// ephemeralSource is what every ephemeral resource implements.
type ephemeralSource interface {
	ephemeral.EphemeralResourceWithConfigure
	ephemeral.EphemeralResourceWithConfigValidators
}

// guardedEphemeral opens an ephemeral resource as guarded reads a data source.
type guardedEphemeral struct {
	ephemeralSource
	secrets *transport.Secrets
}

// guardEphemeral wraps the ephemeral resources that a constructor makes.
func guardEphemeral(newSource func() ephemeralSource) func() ephemeral.EphemeralResource {
	return func() ephemeral.EphemeralResource { return &guardedEphemeral{ephemeralSource: newSource()} }
}

// Configure notes the secrets on the way.
func (g *guardedEphemeral) Configure(ctx context.Context, req ephemeral.ConfigureRequest, resp *ephemeral.ConfigureResponse) {
	g.secrets = secretsOf(req.ProviderData)
	g.ephemeralSource.Configure(ctx, req, resp)
}

// Open opens the ephemeral resource.
func (g *guardedEphemeral) Open(ctx context.Context, req ephemeral.OpenRequest, resp *ephemeral.OpenResponse) {
	guardedRead(ctx, g.secrets, &resp.Diagnostics, func(ctx context.Context) { g.ephemeralSource.Open(ctx, req, resp) })
}

// ephemeralResource is what all ephemeral resources have in common.
type ephemeralResource struct {
	clients *clients
}

// Configure takes the provider's clients; Terraform validates configurations before it configures the provider.
func (e *ephemeralResource) Configure(_ context.Context, req ephemeral.ConfigureRequest, resp *ephemeral.ConfigureResponse) {
	e.clients = clientsOf(req.ProviderData, &resp.Diagnostics)
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
