// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package idiomatic is what the edgestats provider is measured against: a provider that turns points into state as the
// framework's documentation shows it, a slice of structs given to State.Set. It makes the same call and computes the same
// summary. A second data source hands over the body of an answer as one string, which is what is left to users who have
// no provider for an API. It is for benchmarks only.
package idiomatic

import (
	"context"
	"os"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud"
	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud/mna"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

type idiomaticProvider struct{}

// New makes a provider without configuration: it calls the address in EDGESTATS_ENDPOINT_URL, with invented keys.
func New() provider.Provider { return idiomaticProvider{} }

type clients struct {
	endpoint string
	http     *transport.Client
	mna      *mna.Client
}

func (idiomaticProvider) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "idiomatic"
}

func (idiomaticProvider) Schema(context.Context, provider.SchemaRequest, *provider.SchemaResponse) {}

func (idiomaticProvider) Configure(_ context.Context, _ provider.ConfigureRequest, resp *provider.ConfigureResponse) {
	endpoint, http := os.Getenv("EDGESTATS_ENDPOINT_URL"), transport.NewClient("idiomatic")
	resp.DataSourceData = &clients{endpoint: endpoint, http: http, mna: mna.New(tencentcloud.Config{
		Endpoint:    endpoint,
		Credentials: tencentcloud.Static{SecretID: "AKIDexampleSecretID", SecretKey: "exampleSecretKey"},
		HTTP:        http,
		Clock:       clock.NewCorrected(clock.System{}),
		QuotaShare:  1,
	})}
}

func (idiomaticProvider) DataSources(context.Context) []func() datasource.DataSource {
	return []func() datasource.DataSource{
		func() datasource.DataSource { return &flowStatistic{} },
		func() datasource.DataSource { return &body{} },
	}
}

func (idiomaticProvider) Resources(context.Context) []func() resource.Resource { return nil }

// configured is what both data sources have in common.
type configured struct{ clients *clients }

// Configure takes the provider's clients, which are not there yet while Terraform validates.
func (c *configured) Configure(_ context.Context, req datasource.ConfigureRequest, _ *datasource.ConfigureResponse) {
	c.clients, _ = req.ProviderData.(*clients)
}
