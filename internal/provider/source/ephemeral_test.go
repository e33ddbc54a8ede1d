// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package source

import (
	"context"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest/expect"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider/arguments"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider/settings"
)

func TestEphemeralAttributesRefuseTypesThatTheyDoNotConvert(t *testing.T) {
	nested := schema.SingleNestedAttribute{Attributes: map[string]schema.Attribute{"inner": schema.DynamicAttribute{}}}
	for name, attribute := range map[string]schema.Attribute{"outer": schema.Float64Attribute{}, "inner": nested} {
		var diags diag.Diagnostics
		ephemeralAttributes(map[string]schema.Attribute{"known": schema.StringAttribute{}, name: attribute}, &diags)
		if len(diags) != 1 {
			t.Fatalf("%s: %v, want one error", name, diags)
		}
		expect.Diagnostic(t, diags[0], "", "The attribute "+name+" of an ephemeral resource has the type schema.")
	}
}

func TestEphemeralAttributesKeepEverything(t *testing.T) {
	attributes := map[string]schema.Attribute{
		"text":   schema.StringAttribute{Required: true, Sensitive: true, DeprecationMessage: "no"},
		"number": schema.NumberAttribute{Optional: true, MarkdownDescription: "A number."},
		"flag":   schema.BoolAttribute{Optional: true},
		"list":   schema.ListAttribute{Computed: true, ElementType: types.StringType},
		"nested": schema.SingleNestedAttribute{Optional: true, Computed: true, Sensitive: true, Description: "One.", MarkdownDescription: "Nested.", DeprecationMessage: "no"},
	}
	var diags diag.Diagnostics
	converted := ephemeralAttributes(attributes, &diags)
	if diags.HasError() {
		t.Fatal(diags)
	}
	for name, want := range attributes {
		got := converted[name]
		if got == nil || got.IsRequired() != want.IsRequired() || got.IsOptional() != want.IsOptional() || got.IsComputed() != want.IsComputed() ||
			got.IsSensitive() != want.IsSensitive() || got.GetDescription() != want.GetDescription() || !got.GetType().Equal(want.GetType()) ||
			got.GetMarkdownDescription() != want.GetMarkdownDescription() || got.GetDeprecationMessage() != want.GetDeprecationMessage() {
			t.Errorf("%s became %#v, want %#v", name, got, want)
		}
	}
}

func TestOpenTurnsPanicsIntoErrors(t *testing.T) {
	type model struct{ OpenTimeouts }
	e, ok := EphemeralResource[model]{Schema: emptySchema, Open: func(context.Context, *settings.Clients, *model, *arguments.Window) diag.Diagnostics {
		panic("with key-canary")
	}}.New().(ephemeral.EphemeralResourceWithConfigure)
	if !ok {
		t.Fatal("the ephemeral resource cannot be configured")
	}
	e.Configure(t.Context(), ephemeral.ConfigureRequest{ProviderData: clientsWithSecrets(t)}, &ephemeral.ConfigureResponse{})
	var described ephemeral.SchemaResponse
	e.Schema(t.Context(), ephemeral.SchemaRequest{}, &described)
	var resp ephemeral.OpenResponse
	config := tfsdk.Config{Schema: described.Schema, Raw: nulls(t.Context(), described.Schema.Type())}
	e.Open(t.Context(), ephemeral.OpenRequest{Config: config}, &resp)
	if len(resp.Diagnostics) != 1 {
		t.Fatalf("%v", resp.Diagnostics)
	}
	expect.Diagnostic(t, resp.Diagnostics[0], "", "a value of type string.")
	expect.None(t, resp.Diagnostics[0].Detail(), "canary")
}
