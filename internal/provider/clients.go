// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/edgestats/terraform-provider-edgestats/internal/cdnetworks"
	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
	"github.com/edgestats/terraform-provider-edgestats/internal/qcloud"
	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud"
	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud/cdn"
	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud/mna"
	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud/trro"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

// clients is everything that data sources call, one bundle per provider configuration. An accessor fails when its
// client cannot be used, so that a configuration needs the credentials of the vendors it reads and no others.
type clients struct {
	settings   settings
	secrets    *transport.Secrets
	clock      clock.Clock
	mna        *mna.Client
	trro       *trro.Client
	cdn        *cdn.Client
	cdnLegacy  *qcloud.Client
	cdnetworks *cdnetworks.Client
}

func newClients(s settings, c clock.Clock, agent string) *clients {
	http, memo := transport.NewClient(agent), transport.NewMemo()
	tencentClock := clock.NewCorrected(c) // API 3.0, STS and the legacy API share one.
	keys := s.credentials.source(s.endpoints, transport.NewDirectClient(agent), tencentcloud.Config{
		HTTP: http, Clock: tencentClock, MaxRetries: s.maxRetries, QuotaShare: s.quotaShare,
	})
	api3 := func(endpoint setting) tencentcloud.Config {
		return tencentcloud.Config{
			Endpoint:    endpoint.value,
			Credentials: keys,
			HTTP:        http,
			Clock:       tencentClock,
			MaxRetries:  s.maxRetries,
			Memo:        memo,
			QuotaShare:  s.quotaShare,
		}
	}
	policy := func(api string, quota transport.Quota) transport.Policy {
		return transport.Policy{
			API: api, Memo: memo,
			Limiter: transport.NewLimiter(quota, s.quotaShare), MaxRetries: s.maxRetries,
		}
	}
	bundle := &clients{
		settings: s,
		secrets:  &transport.Secrets{},
		clock:    c,
		mna:      mna.New(api3(s.endpoints.mna)),
		trro:     trro.New(api3(s.endpoints.trro)),
		cdn:      cdn.New(api3(s.endpoints.cdn)),
		cdnLegacy: qcloud.New(qcloud.Config{
			Endpoint: s.endpoints.cdnLegacy.value,
			Credential: func(ctx context.Context) (secretID, secretKey, token string, err error) {
				c, err := keys.Credential(ctx)
				return c.SecretID, c.SecretKey, c.Token, err
			},
			Refused: keys.Refused,
			HTTP:    http,
			Policy:  policy("cdn_legacy GetCdnOverseaProvIspDetailStat", qcloud.Quota),
			Clock:   tencentClock,
		}),
		cdnetworks: cdnetworks.New(cdnetworks.Config{
			Endpoint: s.endpoints.cdnetworks.value,
			Username: s.cdnetworksUsername.setting.value,
			APIKey:   s.cdnetworksAPIKey.setting.value,
			HTTP:     http,
			Policy:   policy("cdnetworks GetCdnRelayTraffic", cdnetworks.Quota),
			Clock:    clock.NewCorrected(c),
		}),
	}
	bundle.secrets.Add(s.secrets()...)
	return bundle
}

// MNA returns the client of the MNA API, or a diagnostic that says what to set.
func (c *clients) MNA() (*mna.Client, diag.Diagnostic) {
	return c.mna, c.tencentProblem("mna", c.settings.endpoints.mna)
}

// TRRO returns the client of the TRRO API, or a diagnostic that says what to set.
func (c *clients) TRRO() (*trro.Client, diag.Diagnostic) {
	return c.trro, c.tencentProblem("trro", c.settings.endpoints.trro)
}

// CDN returns the client of the CDN API, or a diagnostic that says what to set.
func (c *clients) CDN() (*cdn.Client, diag.Diagnostic) {
	return c.cdn, c.tencentProblem("cdn", c.settings.endpoints.cdn)
}

// CDNLegacy returns the client of the legacy CDN API, or a diagnostic that says what to set.
func (c *clients) CDNLegacy() (*qcloud.Client, diag.Diagnostic) {
	return c.cdnLegacy, c.tencentProblem("cdn_legacy", c.settings.endpoints.cdnLegacy)
}

// CDNetworks returns the client of the CDNetworks API, or a diagnostic that says what to set.
func (c *clients) CDNetworks() (*cdnetworks.Client, diag.Diagnostic) {
	username, apiKey := c.settings.cdnetworksUsername, c.settings.cdnetworksAPIKey
	endpoint := argument{"endpoints.cdnetworks", envEndpointURL, c.settings.endpoints.cdnetworks}
	if d := unknownProblem(append([]argument{endpoint, username, apiKey}, c.settings.unknown...)...); d != nil {
		return nil, d
	}
	return c.cdnetworks, credentialProblem("CDNetworks", []argument{username, apiKey})
}

// region returns the region given to a data source, or else the provider's.
func (c *clients) region(configured types.String) (string, diag.Diagnostic) {
	switch {
	case !configured.IsNull():
		return configured.ValueString(), nil
	case c.settings.region.unknown:
		return "", unknownProblem(argument{"region", envRegion, c.settings.region})
	case c.settings.region.missing():
		return "", diag.NewAttributeErrorDiagnostic(path.Root("region"), "Missing Region", fmt.Sprintf(
			"This API needs a region: set region here or in the provider block, or %s in the environment.", envRegion))
	}
	return c.settings.region.value, nil
}

func (c *clients) tencentProblem(name string, endpoint setting) diag.Diagnostic {
	s := c.settings
	if d := unknownProblem(append([]argument{{"endpoints." + name, envEndpointURL, endpoint}}, s.unknown...)...); d != nil {
		return d
	}
	return s.credentials.problem(s.endpoints)
}

// dataSource is what all data sources have in common.
type dataSource struct {
	clients *clients
}

// Configure takes the provider's clients; Terraform validates configurations before it configures the provider.
func (d *dataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	d.clients = clientsOf(req.ProviderData, &resp.Diagnostics)
}

// clientsOf returns what the provider hands over: nothing before it is configured.
func clientsOf(providerData any, diags *diag.Diagnostics) *clients {
	c, ok := providerData.(*clients)
	if !ok && providerData != nil {
		diags.AddError("Unexpected Provider Data",
			fmt.Sprintf("The provider handed over %T. This is a bug in the provider; please report it.", providerData))
	}
	return c
}
