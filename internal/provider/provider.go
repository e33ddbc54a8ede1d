// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package provider is what Terraform sees. It holds only the provider's type and its registries; the packages below it hold the provider
// block (settings), the data sources by service, and the functions. None of them makes an HTTP request or reads JSON.
package provider

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider/cdn"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider/cdnetworks"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider/functions"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider/mna"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider/settings"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider/trro"
)

var (
	_ provider.ProviderWithFunctions          = (*edgestatsProvider)(nil)
	_ provider.ProviderWithEphemeralResources = (*edgestatsProvider)(nil)
	_ provider.ProviderWithConfigValidators   = (*edgestatsProvider)(nil)
)

type edgestatsProvider struct {
	version string
	clock   clock.Clock
}

// Option changes how a provider is made.
type Option func(*edgestatsProvider)

// WithClock makes the provider take the time from c: signatures, and windows that end now.
func WithClock(c clock.Clock) Option {
	return func(p *edgestatsProvider) { p.clock = c }
}

// New returns a function that makes providers of the given version. Each has its own connections, limits and
// credentials.
func New(version string, options ...Option) func() provider.Provider {
	return func() provider.Provider {
		p := &edgestatsProvider{version: version, clock: clock.System{}}
		for _, option := range options {
			option(p)
		}
		return p
	}
}

func (p *edgestatsProvider) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "edgestats"
	resp.Version = p.version
}

func (p *edgestatsProvider) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	resp.Schema = settings.Schema()
}

func (p *edgestatsProvider) ConfigValidators(context.Context) []provider.ConfigValidator {
	return settings.Validators()
}

func (p *edgestatsProvider) Configure(ctx context.Context, req provider.ConfigureRequest, resp *provider.ConfigureResponse) {
	clients, diags := settings.Configure(ctx, req.Config, p.clock, p.version, req.TerraformVersion)
	resp.Diagnostics.Append(diags...)
	if !diags.HasError() {
		resp.DataSourceData, resp.EphemeralResourceData = clients, clients
	}
}

func (p *edgestatsProvider) DataSources(context.Context) []func() datasource.DataSource {
	return slices.Concat(mna.DataSources(), trro.DataSources(), cdnetworks.DataSources(), cdn.DataSources())
}

func (p *edgestatsProvider) Functions(context.Context) []func() function.Function {
	return functions.All()
}

func (p *edgestatsProvider) EphemeralResources(context.Context) []func() ephemeral.EphemeralResource {
	return mna.EphemeralResources()
}

func (p *edgestatsProvider) Resources(context.Context) []func() resource.Resource { return nil }
