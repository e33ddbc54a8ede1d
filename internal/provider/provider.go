// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package provider is what Terraform sees: schemas, configuration, and the way from vendor results to state. It makes
// no HTTP request and reads no JSON.
package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/providervalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider/functions"
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

// ConfigValidators refuse two kinds of credentials, one of which would be ignored.
func (p *edgestatsProvider) ConfigValidators(context.Context) []provider.ConfigValidator {
	const webIdentity = "assume_role_with_web_identity"
	return []provider.ConfigValidator{
		providervalidator.Conflicting(path.MatchRoot("profile"), path.MatchRoot("cam_role_name"), path.MatchRoot(webIdentity)),
		providervalidator.Conflicting(path.MatchRoot("assume_role"), path.MatchRoot(webIdentity)),
	}
}

func (p *edgestatsProvider) Configure(ctx context.Context, req provider.ConfigureRequest, resp *provider.ConfigureResponse) {
	var m providerModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
	if resp.Diagnostics.HasError() {
		return
	}
	s := m.settings(ctx, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	bundle := newClients(s, p.clock, userAgent(p.version, req.TerraformVersion))
	resp.DataSourceData, resp.EphemeralResourceData = bundle, bundle
}

func (p *edgestatsProvider) DataSources(context.Context) []func() datasource.DataSource {
	return []func() datasource.DataSource{
		guard(newMNAFlowStatisticDataSource),
		guard(newMNAStatisticExportDataSource),
		guard(newTRROSessionStatisticsDataSource),
		guard(newCDNRelayTrafficDataSource),
		guard(newCDNOverseaISPDetailDataSource),
		guard(newCDNDistrictISPDataDataSource),
	}
}

func (p *edgestatsProvider) Functions(context.Context) []func() function.Function {
	return functions.All()
}

func (p *edgestatsProvider) EphemeralResources(context.Context) []func() ephemeral.EphemeralResource {
	return []func() ephemeral.EphemeralResource{
		guardEphemeral(newMNAStatisticExportEphemeralResource),
	}
}

func (p *edgestatsProvider) Resources(context.Context) []func() resource.Resource { return nil }
