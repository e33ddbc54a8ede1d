// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package idiomatic is a provider for benchmarks. It converts points to state as in the framework's documentation, with a
// slice of structs and State.Set. It makes the same call and computes the same summary as the edgestats provider. A second
// data source returns the body of an answer as one string, like the http provider.
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

// New returns a provider that calls the URL in EDGESTATS_ENDPOINT_URL with invented keys.
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

// configured is the common part of both data sources.
type configured struct{ clients *clients }

// Configure sets the provider's clients. They are nil during validation.
func (c *configured) Configure(_ context.Context, req datasource.ConfigureRequest, _ *datasource.ConfigureResponse) {
	c.clients, _ = req.ProviderData.(*clients)
}
