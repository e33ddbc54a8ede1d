// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package source

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/edgestats/terraform-provider-edgestats/internal/provider/settings"
	"github.com/edgestats/terraform-provider-edgestats/internal/rescue"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

// guarded runs a read. A panic becomes a diagnostic. Logs and diagnostics are masked, since a vendor may repeat a secret in any
// encoding. The clients are nil before the provider is configured.
func guarded(ctx context.Context, c *settings.Clients, read func(context.Context) diag.Diagnostics) diag.Diagnostics {
	secrets := &transport.Secrets{}
	if c != nil {
		secrets = c.Secrets()
	}
	var diags diag.Diagnostics
	err := rescue.Call(func() error {
		diags = read(transport.WithSecrets(ctx, secrets))
		return nil
	})
	if err != nil {
		diags.Append(panicDiagnostic(err))
	}
	return withoutSecrets(diags, secrets)
}

func panicDiagnostic(err error) diag.Diagnostic {
	return diag.NewErrorDiagnostic("Provider Bug", fmt.Sprintf(
		"The read ended with a %v.\nOther reads are not affected. Please report this with the provider's version.", err))
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
