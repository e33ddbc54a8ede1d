// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package provider is what Terraform sees: schemas, configuration, and the way from vendor results to state. It makes
// no HTTP request and reads no JSON.
package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
)

var (
	_ provider.ProviderWithFunctions          = (*edgestatsProvider)(nil)
	_ provider.ProviderWithEphemeralResources = (*edgestatsProvider)(nil)
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

type providerModel struct {
	SecretID      types.String `tfsdk:"secret_id"`
	SecretKey     types.String `tfsdk:"secret_key"`
	SecurityToken types.String `tfsdk:"security_token"`
	Region        types.String `tfsdk:"region"`
	Domain        types.String `tfsdk:"domain"`
	CDNetworks    types.Object `tfsdk:"cdnetworks"`
	Endpoints     types.Object `tfsdk:"endpoints"`
	MaxRetries    types.Int64  `tfsdk:"max_retries"`
	QuotaShare    types.Number `tfsdk:"quota_share"`
}

type cdnetworksModel struct {
	Username types.String `tfsdk:"username"`
	APIKey   types.String `tfsdk:"api_key"`
}

type endpointsModel struct {
	MNA        types.String `tfsdk:"mna"`
	TRRO       types.String `tfsdk:"trro"`
	CDN        types.String `tfsdk:"cdn"`
	CDNLegacy  types.String `tfsdk:"cdn_legacy"`
	CDNetworks types.String `tfsdk:"cdnetworks"`
}

func (p *edgestatsProvider) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "edgestats"
	resp.Version = p.version
}

func (p *edgestatsProvider) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Reads usage and traffic statistics of edge networks: Tencent Cloud MNA, TRRO and CDN, " +
			"the legacy CDN API of Tencent Cloud, and CDNetworks relay traffic.",
		Attributes: map[string]schema.Attribute{
			"secret_id": schema.StringAttribute{
				MarkdownDescription: "ID of the Tencent Cloud API key. Together with `secret_key` and `security_token` it is one " +
					"set: if the configuration gives any of them, none is read from the environment. " + environment(envSecretID),
				Optional:   true,
				Validators: []validator.String{notEmpty()},
			},
			"secret_key": schema.StringAttribute{
				MarkdownDescription: "Secret of the Tencent Cloud API key. " + environment(envSecretKey),
				Optional:            true,
				Sensitive:           true,
				Validators:          []validator.String{notEmpty()},
			},
			"security_token": schema.StringAttribute{
				MarkdownDescription: "Token of a temporary Tencent Cloud API key. " + environment(envSecurityToken),
				Optional:            true,
				Sensitive:           true,
				Validators:          []validator.String{notEmpty()},
			},
			"region": schema.StringAttribute{
				MarkdownDescription: "Tencent Cloud region, such as `ap-guangzhou`, for the APIs that require one (TRRO). " +
					environment(envRegion),
				Optional:   true,
				Validators: []validator.String{notEmpty()},
			},
			"domain": schema.StringAttribute{
				MarkdownDescription: "Root domain of the Tencent Cloud API. Defaults to `" + defaultDomain + "`; mainland " +
					"accounts use `tencentcloudapi.com`. " + environment(envDomain),
				Optional:   true,
				Validators: []validator.String{notEmpty(), isDomain()},
			},
			"cdnetworks": schema.SingleNestedAttribute{
				MarkdownDescription: "CDNetworks API user. If the block gives one of the two, neither is read from the environment.",
				Optional:            true,
				Attributes: map[string]schema.Attribute{
					"username": schema.StringAttribute{
						MarkdownDescription: "Name of the API user. " + environment(envCDNetworksUsername),
						Optional:            true,
						Validators:          []validator.String{notEmpty()},
					},
					"api_key": schema.StringAttribute{
						MarkdownDescription: "API key of the user. " + environment(envCDNetworksAPIKey),
						Optional:            true,
						Sensitive:           true,
						Validators:          []validator.String{notEmpty()},
					},
				},
			},
			"endpoints": schema.SingleNestedAttribute{
				MarkdownDescription: "Addresses to call instead of the vendors' own: scheme, host and optional port, nothing " +
					"else. `http` is accepted for loopback hosts only. `" + envEndpointURL + "` sets all that are not given here.",
				Optional: true,
				Attributes: map[string]schema.Attribute{
					"mna":        endpointAttribute("Multi-Network Acceleration", "https://mna.<domain>"),
					"trro":       endpointAttribute("Tencent Real-Time Remote Operations", "https://trro.<domain>"),
					"cdn":        endpointAttribute("the Content Delivery Network", "https://cdn.<domain>"),
					"cdn_legacy": endpointAttribute("the legacy CDN API", defaultCDNLegacy),
					"cdnetworks": endpointAttribute("CDNetworks", defaultCDNetworks),
				},
			},
			"max_retries": schema.Int64Attribute{
				MarkdownDescription: "How often a call is tried again that failed for a passing reason, 0 to 20. Defaults to `4`. " +
					"Being throttled does not use these tries up. " + environment(envMaxRetries),
				Optional:   true,
				Validators: []validator.Int64{int64validator.Between(0, maxMaxRetries)},
			},
			"quota_share": schema.NumberAttribute{
				MarkdownDescription: "Share of each API's documented rate limit that this provider configuration may use, " +
					"above 0 up to 1. Defaults to `0.8`. Lower it where several runs share an account. " + environment(envQuotaShare),
				Optional:   true,
				Validators: []validator.Number{shareValidator{}},
			},
		},
	}
}

func endpointAttribute(api, address string) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: "Address of " + api + ". Defaults to `" + address + "`.",
		Optional:            true,
		Validators:          []validator.String{isEndpoint()},
	}
}

func environment(variable string) string {
	return "Can also be set with the environment variable `" + variable + "`."
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
	return []func() function.Function{
		guardFunction(newPercentileFunction),
		guardFunction(newSparklineFunction),
		guardFunction(newUnixFunction),
		guardFunction(newRFC3339Function),
		guardFunction(newMbpsFunction),
	}
}

func (p *edgestatsProvider) EphemeralResources(context.Context) []func() ephemeral.EphemeralResource {
	return []func() ephemeral.EphemeralResource{
		guardEphemeral(newMNAStatisticExportEphemeralResource),
	}
}

func (p *edgestatsProvider) Resources(context.Context) []func() resource.Resource { return nil }
