// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"

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
	clock      clock.Clock
	mna        *mna.Client
	trro       *trro.Client
	cdn        *cdn.Client
	cdnLegacy  *qcloud.Client
	cdnetworks *cdnetworks.Client
}

func newClients(s settings, c clock.Clock, agent string) *clients {
	http, memo := transport.NewClient(agent), transport.NewMemo()
	corrected := clock.NewCorrected(c) // What one vendor tells of the machine's clock holds for all.
	keys := tencentcloud.Static{SecretID: s.secretID.value, SecretKey: s.secretKey.value, Token: s.securityToken.value}
	api3 := func(endpoint setting) tencentcloud.Config {
		return tencentcloud.Config{
			Endpoint:    endpoint.value,
			Credentials: keys,
			HTTP:        http,
			Clock:       corrected,
			MaxRetries:  s.maxRetries,
			Account:     s.secretID.value,
			Memo:        memo,
			QuotaShare:  s.quotaShare,
		}
	}
	policy := func(api, account string, quota transport.Quota) transport.Policy {
		return transport.Policy{
			API: api, Account: account, Memo: memo,
			Limiter: transport.NewLimiter(quota, s.quotaShare), MaxRetries: s.maxRetries,
		}
	}
	return &clients{
		settings: s,
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
			HTTP:   http,
			Policy: policy("cdn_legacy GetCdnOverseaProvIspDetailStat", s.secretID.value, qcloud.Quota),
			Clock:  corrected,
		}),
		cdnetworks: cdnetworks.New(cdnetworks.Config{
			Endpoint: s.endpoints.cdnetworks.value,
			Username: s.cdnetworksUsername.value,
			APIKey:   s.cdnetworksAPIKey.value,
			HTTP:     http,
			Policy:   policy("cdnetworks GetCdnRelayTraffic", s.cdnetworksUsername.value, cdnetworks.Quota),
			Clock:    corrected,
		}),
	}
}

// argument is a provider argument that a client needs, with the environment variable that can replace it.
type argument struct {
	name, variable string
	setting        setting
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
	username := argument{"cdnetworks.username", envCDNetworksUsername, c.settings.cdnetworksUsername}
	apiKey := argument{"cdnetworks.api_key", envCDNetworksAPIKey, c.settings.cdnetworksAPIKey}
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
	secretID := argument{"secret_id", envSecretID, s.secretID}
	secretKey := argument{"secret_key", envSecretKey, s.secretKey}
	token := argument{"security_token", envSecurityToken, s.securityToken}
	arguments := append([]argument{{"endpoints." + name, envEndpointURL, endpoint}, secretID, secretKey, token}, s.unknown...)
	if d := unknownProblem(arguments...); d != nil {
		return d
	}
	return credentialProblem("Tencent Cloud", []argument{secretID, secretKey}, token)
}

// unknownProblem says which of the arguments has no value before apply.
func unknownProblem(arguments ...argument) diag.Diagnostic {
	for _, a := range arguments {
		if a.setting.unknown {
			return diag.NewErrorDiagnostic("Unknown Provider Argument", fmt.Sprintf(
				"The provider argument %s is not wrong but not known yet: it depends on something that is created during apply. "+
					"Apply that first, with -target; or take the argument out of the provider block, credentials as a whole set, and "+
					"set %s in the environment.", a.name, a.variable))
		}
	}
	return nil
}

// credentialProblem says which of the credentials have no value, or one that cannot be sent.
func credentialProblem(vendor string, required []argument, optional ...argument) diag.Diagnostic {
	for _, a := range slices.Concat(required, optional) {
		if v := a.setting.value; strings.TrimSpace(v) != v || strings.ContainsFunc(v, unicode.IsControl) {
			return diag.NewErrorDiagnostic("Invalid "+vendor+" Credentials", fmt.Sprintf(
				"%s (or %s) begins or ends with white space, such as the line break at the end of a file. Give it without; "+
					"trimspace() takes it away.", a.name, a.variable))
		}
	}
	return missingProblem(vendor, required, optional)
}

// missingProblem says which of the credentials have no value.
func missingProblem(vendor string, arguments, optional []argument) diag.Diagnostic {
	var names, variables []string
	for _, a := range arguments {
		if a.setting.missing() {
			names, variables = append(names, a.name), append(variables, a.variable)
		}
	}
	if names == nil {
		return nil
	}
	advice := "Set %s in the provider block, or %s in the environment."
	alone := slices.ContainsFunc(optional, func(a argument) bool { return !a.setting.missing() })
	if len(names) < len(arguments) || alone {
		advice = "The rest of the set was found. Set %s beside it if that is the provider block, or %s if it is the environment: " +
			"a set comes from one place."
	}
	return diag.NewErrorDiagnostic("Missing "+vendor+" Credentials", fmt.Sprintf("This data source needs %s credentials. "+advice,
		vendor, strings.Join(names, " and "), strings.Join(variables, " and ")))
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
