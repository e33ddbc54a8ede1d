// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
)

// failing is a data source whose read does something bad.
type failing struct {
	mnaFlowStatisticDataSource
	read func(*datasource.ReadResponse)
}

func (f *failing) Read(_ context.Context, _ datasource.ReadRequest, resp *datasource.ReadResponse) {
	f.read(resp)
}

// readGuarded reads a data source of a provider with secrets and returns the diagnostics.
func readGuarded(t *testing.T, read func(*datasource.ReadResponse)) diag.Diagnostics {
	t.Helper()
	guarded := guard(func() source { return &failing{read: read} })()
	configurable, ok := guarded.(datasource.DataSourceWithConfigure)
	if !ok {
		t.Fatal("a guarded data source cannot be configured")
	}
	bundle := newClients(settings{
		credentials: credentials{
			secretKey: argument{setting: setting{value: "key-canary"}},
			token:     argument{setting: setting{value: "token-canary"}},
			webToken:  argument{setting: setting{value: "web-canary"}},
		},
		cdnetworksAPIKey: argument{setting: setting{value: "api-key-canary"}},
	}, clock.System{}, "test")
	configurable.Configure(t.Context(), datasource.ConfigureRequest{ProviderData: bundle}, &datasource.ConfigureResponse{})
	var resp datasource.ReadResponse
	guarded.Read(t.Context(), datasource.ReadRequest{}, &resp)
	return resp.Diagnostics
}

func TestGuardTurnsPanicsIntoErrors(t *testing.T) {
	var none []int
	tests := map[string]struct {
		read func(*datasource.ReadResponse)
		want string
	}{
		"runtime error": {func(*datasource.ReadResponse) { none[len(t.Name())]++ }, "runtime error: index out of range"},
		"any value":     {func(*datasource.ReadResponse) { panic("with key-canary") }, "a value of type string."},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			diagnostics := readGuarded(t, test.read)
			if len(diagnostics) != 1 || diagnostics[0].Severity() != diag.SeverityError {
				t.Fatalf("%v", diagnostics)
			}
			expectDiagnostic(t, diagnostics[0], "", " at guard_test.go:")
			expectDiagnostic(t, diagnostics[0], "", test.want)
			expectNoSecret(t, diagnostics[0].Detail(), "canary")
		})
	}
}

func TestGuardKeepsSecretsOutOfDiagnostics(t *testing.T) {
	diagnostics := readGuarded(t, func(resp *datasource.ReadResponse) {
		resp.Diagnostics.AddAttributeError(path.Root("device_id"), "On key-canary", "The vendor echoed token-canary, web-canary and api-key-canary.")
		resp.Diagnostics.AddWarning("Beware", `of key-canary, \u006bey-canary, key%2Dcanary, &#107;ey-canary, a2V5LWNhbmFyeQ== and 6b65792d63616e617279`)
	})
	if want := "of ***, ***, ***, ***, *** and ***"; diagnostics[1].Detail() != want {
		t.Errorf("the warning says %s, want %s", diagnostics[1].Detail(), want)
	}
	if len(diagnostics) != 2 || diagnostics[1].Severity() != diag.SeverityWarning {
		t.Fatalf("%v", diagnostics)
	}
	expectDiagnostic(t, diagnostics[0], "device_id", "The vendor echoed ***, *** and ")
	for _, d := range diagnostics {
		expectNoSecret(t, d.Summary()+d.Detail(), "canary")
	}
}

// expectNoSecret fails if a text holds one of the secrets.
func expectNoSecret(t *testing.T, text string, secrets ...string) {
	t.Helper()
	for _, secret := range secrets {
		if strings.Contains(text, secret) {
			t.Errorf("%q is in %q", secret, text)
		}
	}
}
