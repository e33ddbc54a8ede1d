// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package settings

import (
	"context"
	"fmt"
	"time"

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

// Clients holds the vendors' clients of one provider configuration. An accessor returns a diagnostic if its client cannot be used, so
// a configuration needs only the credentials of the vendors that it reads.
type Clients struct {
	block      block
	secrets    *transport.Secrets
	clock      clock.Clock
	mna        *mna.Client
	trro       *trro.Client
	cdn        *cdn.Client
	cdnLegacy  *qcloud.Client
	cdnetworks *cdnetworks.Client
}

func newClients(b block, c clock.Clock, agent string) *Clients {
	http, memo := transport.NewClient(agent), transport.NewMemo()
	tencentClock := clock.NewCorrected(c) // API 3.0, STS and the legacy API share one.
	keys := b.credentials.source(b.endpoints, transport.NewDirectClient(agent), tencentcloud.Config{
		HTTP: http, Clock: tencentClock, MaxRetries: b.maxRetries, QuotaShare: b.quotaShare,
	})
	api3 := func(endpoint setting) tencentcloud.Config {
		return tencentcloud.Config{
			Endpoint:    endpoint.value,
			Credentials: keys,
			HTTP:        http,
			Clock:       tencentClock,
			MaxRetries:  b.maxRetries,
			Memo:        memo,
			QuotaShare:  b.quotaShare,
		}
	}
	policy := func(api string, quota transport.Quota) transport.Policy {
		return transport.Policy{
			API: api, Memo: memo,
			Limiter: transport.NewLimiter(quota, b.quotaShare), MaxRetries: b.maxRetries,
		}
	}
	bundle := &Clients{
		block:   b,
		secrets: &transport.Secrets{},
		clock:   c,
		mna:     mna.New(api3(b.endpoints.mna)),
		trro:    trro.New(api3(b.endpoints.trro)),
		cdn:     cdn.New(api3(b.endpoints.cdn)),
		cdnLegacy: qcloud.New(qcloud.Config{
			Endpoint: b.endpoints.cdnLegacy.value,
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
			Endpoint: b.endpoints.cdnetworks.value,
			Username: b.cdnetworksUsername.value,
			APIKey:   b.cdnetworksAPIKey.value,
			HTTP:     http,
			Policy:   policy("cdnetworks GetCdnRelayTraffic", cdnetworks.Quota),
			Clock:    clock.NewCorrected(c),
		}),
	}
	bundle.secrets.Add(b.secrets()...)
	return bundle
}

// Now returns the current time, the default end of windows.
func (c *Clients) Now() time.Time { return c.clock.Now() }

// Secrets are the values to mask in logs and diagnostics.
func (c *Clients) Secrets() *transport.Secrets { return c.secrets }

// MNA returns the client of the MNA API, or a diagnostic that says what to set.
func (c *Clients) MNA() (*mna.Client, diag.Diagnostic) {
	return c.mna, c.tencentProblem("mna", c.block.endpoints.mna)
}

// TRRO returns the client of the TRRO API, or a diagnostic that says what to set.
func (c *Clients) TRRO() (*trro.Client, diag.Diagnostic) {
	return c.trro, c.tencentProblem("trro", c.block.endpoints.trro)
}

// CDN returns the client of the CDN API, or a diagnostic that says what to set.
func (c *Clients) CDN() (*cdn.Client, diag.Diagnostic) {
	return c.cdn, c.tencentProblem("cdn", c.block.endpoints.cdn)
}

// CDNLegacy returns the client of the legacy CDN API, or a diagnostic that says what to set.
func (c *Clients) CDNLegacy() (*qcloud.Client, diag.Diagnostic) {
	return c.cdnLegacy, c.tencentProblem("cdn_legacy", c.block.endpoints.cdnLegacy)
}

// CDNetworks returns the client of the CDNetworks API, or a diagnostic that says what to set.
func (c *Clients) CDNetworks() (*cdnetworks.Client, diag.Diagnostic) {
	username, apiKey := c.block.cdnetworksUsername, c.block.cdnetworksAPIKey
	endpoint := argument{"endpoints.cdnetworks", EnvEndpointURL, c.block.endpoints.cdnetworks}
	if d := unknownProblem(append([]argument{endpoint, username, apiKey}, c.block.unknown...)...); d != nil {
		return nil, d
	}
	return c.cdnetworks, credentialProblem("CDNetworks", []argument{username, apiKey})
}

// Region returns the region given to a data source, or else the provider's.
func (c *Clients) Region(configured types.String) (string, diag.Diagnostic) {
	switch {
	case !configured.IsNull():
		return configured.ValueString(), nil
	case c.block.region.unknown:
		return "", unknownProblem(argument{"region", EnvRegion, c.block.region})
	case c.block.region.missing():
		return "", diag.NewAttributeErrorDiagnostic(path.Root("region"), "Missing Region", fmt.Sprintf(
			"This API needs a region: set region here or in the provider block, or %s in the environment.", EnvRegion))
	}
	return c.block.region.value, nil
}

func (c *Clients) tencentProblem(name string, endpoint setting) diag.Diagnostic {
	b := c.block
	if d := unknownProblem(append([]argument{{"endpoints." + name, EnvEndpointURL, endpoint}}, b.unknown...)...); d != nil {
		return d
	}
	return b.credentials.problem(b.endpoints)
}
