// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package source

import (
	"context"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest/expect"
	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider/arguments"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider/settings"
)

// empty is the model of a data source without arguments.
type empty struct{ Timeouts }

func emptySchema(context.Context) schema.Schema {
	return schema.Schema{Attributes: map[string]schema.Attribute{}}
}

// nulls returns an object whose attributes are all null.
func nulls(ctx context.Context, typ attr.Type) tftypes.Value {
	object, _ := typ.TerraformType(ctx).(tftypes.Object)
	members := make(map[string]tftypes.Value, len(object.AttributeTypes))
	for name, member := range object.AttributeTypes {
		members[name] = tftypes.NewValue(member, nil)
	}
	return tftypes.NewValue(object, members)
}

// clientsWithSecrets returns the clients of a provider block with a secret of every kind.
func clientsWithSecrets(t *testing.T) *settings.Clients {
	t.Helper()
	block := tfsdk.State{Schema: settings.Schema(), Raw: nulls(t.Context(), settings.Schema().Type())}
	for secret, at := range map[string]path.Path{
		"key-canary": path.Root("secret_key"), "token-canary": path.Root("security_token"),
		"web-canary":     path.Root("assume_role_with_web_identity").AtName("web_identity_token"),
		"api-key-canary": path.Root("cdnetworks").AtName("api_key"),
	} {
		if diags := block.SetAttribute(t.Context(), at, secret); diags.HasError() {
			t.Fatal(diags)
		}
	}
	clients, diags := settings.Configure(t.Context(), tfsdk.Config(block), clock.System{}, "test", "1.0.0")
	if diags.HasError() {
		t.Fatal(diags)
	}
	return clients
}

// readGuarded reads a data source of a provider with secrets and returns the diagnostics.
func readGuarded(t *testing.T, read func() diag.Diagnostics) diag.Diagnostics {
	t.Helper()
	d := DataSource[empty]{Schema: emptySchema, Read: func(context.Context, *settings.Clients, *empty, *arguments.Window) diag.Diagnostics {
		return read()
	}}.New()
	return readData(t, d, clientsWithSecrets(t))
}

// readData reads a data source without arguments and returns the diagnostics.
func readData(t *testing.T, d datasource.DataSource, clients *settings.Clients) diag.Diagnostics {
	t.Helper()
	configurable, ok := d.(datasource.DataSourceWithConfigure)
	if !ok {
		t.Fatal("the data source cannot be configured")
	}
	configurable.Configure(t.Context(), datasource.ConfigureRequest{ProviderData: clients}, &datasource.ConfigureResponse{})
	var described datasource.SchemaResponse
	d.Schema(t.Context(), datasource.SchemaRequest{}, &described)
	typ := described.Schema.Type()
	resp := datasource.ReadResponse{State: tfsdk.State{Schema: described.Schema, Raw: tftypes.NewValue(typ.TerraformType(t.Context()), nil)}}
	d.Read(t.Context(), datasource.ReadRequest{Config: tfsdk.Config{Schema: described.Schema, Raw: nulls(t.Context(), typ)}}, &resp)
	if resp.State.Raw.IsNull() != resp.Diagnostics.HasError() {
		t.Errorf("the state is %s after %v", resp.State.Raw, resp.Diagnostics)
	}
	return resp.Diagnostics
}

func TestReadTurnsPanicsIntoErrors(t *testing.T) {
	var none []int
	tests := map[string]struct {
		read func() diag.Diagnostics
		want string
	}{
		"runtime error": {func() diag.Diagnostics { none[len(t.Name())]++; return nil }, "runtime error: index out of range"},
		"any value":     {func() diag.Diagnostics { panic("with key-canary") }, "a value of type string."},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			diagnostics := readGuarded(t, test.read)
			if len(diagnostics) != 1 || diagnostics[0].Severity() != diag.SeverityError {
				t.Fatalf("%v", diagnostics)
			}
			expect.Diagnostic(t, diagnostics[0], "", " at source_test.go:")
			expect.Diagnostic(t, diagnostics[0], "", test.want)
			expect.None(t, diagnostics[0].Detail(), "canary")
		})
	}
}

func TestReadKeepsSecretsOutOfDiagnostics(t *testing.T) {
	diagnostics := readGuarded(t, func() (diags diag.Diagnostics) {
		diags.AddAttributeError(path.Root("device_id"), "On key-canary", "The vendor echoed token-canary, web-canary and api-key-canary.")
		diags.AddWarning("Beware", `of key-canary, \u006bey-canary, key%2Dcanary, &#107;ey-canary, a2V5LWNhbmFyeQ== and 6b65792d63616e617279`)
		return diags
	})
	if len(diagnostics) != 2 || diagnostics[1].Severity() != diag.SeverityWarning {
		t.Fatalf("%v", diagnostics)
	}
	if want := "of ***, ***, ***, ***, *** and ***"; diagnostics[1].Detail() != want {
		t.Errorf("the warning says %s, want %s", diagnostics[1].Detail(), want)
	}
	expect.Diagnostic(t, diagnostics[0], "device_id", "The vendor echoed ***, *** and ")
	for _, d := range diagnostics {
		expect.None(t, d.Summary()+d.Detail(), "canary")
	}
}

func TestWarningsLeaveTheStateAsItIs(t *testing.T) {
	diagnostics := readGuarded(t, func() (diags diag.Diagnostics) {
		diags.AddWarning("Beware", "Of nothing.")
		return diags
	})
	if len(diagnostics) != 1 || diagnostics.HasError() {
		t.Errorf("%v", diagnostics)
	}
}

func TestUnexpectedProviderDataIsAnError(t *testing.T) {
	d, ok := DataSource[empty]{}.New().(datasource.DataSourceWithConfigure)
	if !ok {
		t.Fatal("the data source cannot be configured")
	}
	var resp datasource.ConfigureResponse
	d.Configure(t.Context(), datasource.ConfigureRequest{ProviderData: 7}, &resp)
	if len(resp.Diagnostics) != 1 {
		t.Fatalf("%v", resp.Diagnostics)
	}
	expect.Diagnostic(t, resp.Diagnostics[0], "", "The provider handed over int.")
}
