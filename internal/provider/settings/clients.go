// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package settings

import (
	"context"
	"sync"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
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

// Vendor is a vendor that has a clock of its own.
type Vendor int

// The vendors. The legacy CDN API is Tencent Cloud's too.
const (
	TencentCloud Vendor = iota
	CDNetworks
)

// Clients is everything that data sources call, one bundle per provider configuration. An accessor fails when its
// client cannot be used, so that a configuration needs the credentials of the vendors it reads and no others.
type Clients struct {
	block      block
	secrets    *transport.Secrets
	now        *now
	clocks     map[Vendor]*clock.Corrected
	mna        *mna.Client
	trro       *trro.Client
	cdn        *cdn.Client
	cdnLegacy  *qcloud.Client
	cdnetworks *cdnetworks.Client
}

func newClients(b block, c clock.Clock, agent string) *Clients {
	http, memo := transport.NewClient(agent), transport.NewMemo()
	tencentClock, cdnetworksClock := clock.NewCorrected(c), clock.NewCorrected(c)
	keys := b.credentials.source(b.endpoints, transport.NewDirectClient(agent), tencentcloud.Config{
		HTTP: http, Clock: tencentClock, MaxRetries: b.maxRetries, QuotaShare: b.quotaShare,
	})
	api3 := func(endpoint argument) tencentcloud.Config {
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
		now:     &now{clock: c},
		clocks:  map[Vendor]*clock.Corrected{TencentCloud: tencentClock, CDNetworks: cdnetworksClock},
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
			Clock:    cdnetworksClock,
		}),
	}
	bundle.secrets.Add(b.secrets()...)
	return bundle
}

// Now returns the time that windows are about: that of the first window of the provider instance, so that all windows of
// a plan agree, plus what is known of the difference to the vendor's clock.
func (c *Clients) Now(v Vendor) time.Time { return c.clocks[v].Correct(c.now.first()) }

// now is the local time when it was first asked for.
type now struct {
	clock clock.Clock
	mu    sync.Mutex
	time  time.Time
}

func (n *now) first() time.Time {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.time.IsZero() {
		n.time = n.clock.Now()
	}
	return n.time
}

// Secrets are the values to mask in logs and diagnostics.
func (c *Clients) Secrets() *transport.Secrets { return c.secrets }

// MNA returns the client of the MNA API, or a diagnostic that says what to set.
func (c *Clients) MNA() (*mna.Client, diag.Diagnostic) {
	return c.mna, c.tencentProblem(c.block.endpoints.mna)
}

// TRRO returns the client of the TRRO API, or a diagnostic that says what to set.
func (c *Clients) TRRO() (*trro.Client, diag.Diagnostic) {
	return c.trro, c.tencentProblem(c.block.endpoints.trro)
}

// CDN returns the client of the CDN API, or a diagnostic that says what to set.
func (c *Clients) CDN() (*cdn.Client, diag.Diagnostic) {
	return c.cdn, c.tencentProblem(c.block.endpoints.cdn)
}

// CDNLegacy returns the client of the legacy CDN API, or a diagnostic that says what to set.
func (c *Clients) CDNLegacy() (*qcloud.Client, diag.Diagnostic) {
	return c.cdnLegacy, c.tencentProblem(c.block.endpoints.cdnLegacy)
}

// CDNetworks returns the client of the CDNetworks API, or a diagnostic that says what to set.
func (c *Clients) CDNetworks() (*cdnetworks.Client, diag.Diagnostic) {
	username, apiKey := c.block.cdnetworksUsername, c.block.cdnetworksAPIKey
	if d := unusable(append([]argument{c.block.endpoints.cdnetworks, username, apiKey}, c.block.always...)...); d != nil {
		return nil, d
	}
	return c.cdnetworks, credentialProblem("CDNetworks", []argument{username, apiKey})
}

// Region returns the region given to a data source, or else the provider's. It is empty where none is given.
func (c *Clients) Region(configured types.String) (string, diag.Diagnostic) {
	d := unusable(argument{"region", EnvRegion, c.block.region})
	switch {
	case !configured.IsNull():
		return configured.ValueString(), nil
	case d != nil:
		return "", d
	}
	return c.block.region.value, nil
}

func (c *Clients) tencentProblem(endpoint argument) diag.Diagnostic {
	b := c.block
	if d := unusable(append([]argument{endpoint}, b.always...)...); d != nil {
		return d
	}
	return b.credentials.problem(b.endpoints)
}
