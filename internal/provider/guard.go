// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/edgestats/terraform-provider-edgestats/internal/rescue"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

// source is what every data source implements.
type source interface {
	datasource.DataSourceWithConfigure
	datasource.DataSourceWithConfigValidators
}

// guarded is a data source whose panics become diagnostics, and whose logs and diagnostics are masked: a vendor may
// repeat a secret in any encoding.
type guarded struct {
	source
	secrets *transport.Secrets
}

// guard wraps the data sources that a constructor makes.
func guard(newSource func() source) func() datasource.DataSource {
	return func() datasource.DataSource { return &guarded{source: newSource()} }
}

// Configure configures the data source and keeps the secrets to mask.
func (g *guarded) Configure(ctx context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	g.secrets = secretsOf(req.ProviderData)
	g.source.Configure(ctx, req, resp)
}

// Read reads the data source.
func (g *guarded) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	guardedRead(ctx, g.secrets, &resp.Diagnostics, func(ctx context.Context) { g.source.Read(ctx, req, resp) })
}

// guardedRead runs a read. A panic becomes a diagnostic; logs and diagnostics are masked.
func guardedRead(ctx context.Context, secrets *transport.Secrets, diagnostics *diag.Diagnostics, read func(context.Context)) {
	err := rescue.Call(func() error {
		read(transport.WithSecrets(ctx, secrets))
		return nil
	})
	if err != nil {
		diagnostics.Append(panicDiagnostic(err))
	}
	*diagnostics = withoutSecrets(*diagnostics, secrets)
}

func panicDiagnostic(err error) diag.Diagnostic {
	return diag.NewErrorDiagnostic("Provider Bug", fmt.Sprintf(
		"The read ended with a %v.\nOther reads are not affected. Please report this with the provider's version.", err))
}

// secretsOf returns the secrets of the provider's data.
func secretsOf(providerData any) *transport.Secrets {
	if c, ok := providerData.(*clients); ok {
		return c.secrets
	}
	return &transport.Secrets{}
}

// withoutSecrets returns the diagnostics with stars in place of secrets.
func withoutSecrets(diagnostics diag.Diagnostics, secrets *transport.Secrets) diag.Diagnostics {
	var clean diag.Diagnostics
	for _, d := range diagnostics {
		summary, detail := secrets.Mask(d.Summary()), secrets.Mask(d.Detail())
		var c diag.Diagnostic = diag.NewErrorDiagnostic(summary, detail)
		if d.Severity() == diag.SeverityWarning {
			c = diag.NewWarningDiagnostic(summary, detail)
		}
		if located, ok := d.(diag.DiagnosticWithPath); ok {
			c = diag.WithPath(located.Path(), c)
		}
		clean = append(clean, c)
	}
	return clean
}
