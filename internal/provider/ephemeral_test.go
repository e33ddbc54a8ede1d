// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
)

// The ephemeral resource has the attributes of the data source, described alike, but none about the content.
func TestEphemeralSchema(t *testing.T) {
	e := newMNAStatisticExportEphemeralResource()
	var resp ephemeral.SchemaResponse
	e.Schema(t.Context(), ephemeral.SchemaRequest{}, &resp)
	if resp.Diagnostics.HasError() {
		t.Fatal(resp.Diagnostics)
	}
	want := maps.Clone(schemas(t)["edgestats_mna_statistic_export"])
	for _, content := range []string{"download", "max_rows", "sha256", "size_bytes", "sheets"} {
		delete(want, content)
	}
	if got, names := slices.Sorted(maps.Keys(resp.Schema.Attributes)), slices.Sorted(maps.Keys(want)); !slices.Equal(got, names) {
		t.Errorf("there are %v, want %v", got, names)
	}
	for name, a := range resp.Schema.Attributes {
		if name != "timeouts" && (a.GetMarkdownDescription() != want[name].GetMarkdownDescription() ||
			a.IsSensitive() != want[name].IsSensitive() || a.IsComputed() != want[name].IsComputed()) {
			t.Errorf("%s is not described as in the data source", name)
		}
		if text := cmp.Or(a.GetMarkdownDescription(), a.GetDescription()); !strings.HasSuffix(text, ".") {
			t.Errorf("the description of %s does not end with a full stop: %q", name, text)
		}
	}

	model := &mnaStatisticExportEphemeralModel{}
	config := tfsdk.Config{Schema: resp.Schema, Raw: nulls(t.Context(), resp.Schema.Type())}
	if diagnostics := config.Get(t.Context(), model); diagnostics.HasError() {
		t.Errorf("get: %v", diagnostics)
	}
	result := tfsdk.EphemeralResultData{Schema: resp.Schema, Raw: tftypes.NewValue(resp.Schema.Type().TerraformType(t.Context()), nil)}
	if diagnostics := result.Set(t.Context(), model); diagnostics.HasError() || !result.Raw.Equal(config.Raw) {
		t.Errorf("nothing in, but out came %s: %v", result.Raw, diagnostics)
	}
}

func TestEphemeralAttributesRefuseTypesThatTheyDoNotConvert(t *testing.T) {
	nested := schema.SingleNestedAttribute{Attributes: map[string]schema.Attribute{"inner": schema.DynamicAttribute{}}}
	for name, attribute := range map[string]schema.Attribute{"outer": schema.Float64Attribute{}, "inner": nested} {
		var diags diag.Diagnostics
		ephemeralAttributes(map[string]schema.Attribute{"known": schema.StringAttribute{}, name: attribute}, &diags)
		if len(diags) != 1 {
			t.Fatalf("%s: %v, want one error", name, diags)
		}
		expectDiagnostic(t, diags[0], "", "The attribute "+name+" of an ephemeral resource has the type schema.")
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

// failingEphemeral is an ephemeral resource that panics when it is opened.
type failingEphemeral struct {
	mnaStatisticExportEphemeralResource
}

func (f *failingEphemeral) Open(context.Context, ephemeral.OpenRequest, *ephemeral.OpenResponse) {
	panic("with key-canary")
}

func TestGuardOpens(t *testing.T) {
	g, ok := guardEphemeral(func() ephemeralSource { return &failingEphemeral{} })().(ephemeral.EphemeralResourceWithConfigure)
	if !ok {
		t.Fatal("a guarded ephemeral resource cannot be configured")
	}
	bundle := newClients(settings{
		credentials: credentials{secretKey: argument{setting: setting{value: "key-canary"}}},
	}, clock.System{}, "test")
	g.Configure(t.Context(), ephemeral.ConfigureRequest{ProviderData: bundle}, &ephemeral.ConfigureResponse{})
	var resp ephemeral.OpenResponse
	g.Open(t.Context(), ephemeral.OpenRequest{}, &resp)
	if len(resp.Diagnostics) != 1 {
		t.Fatalf("%v", resp.Diagnostics)
	}
	expectDiagnostic(t, resp.Diagnostics[0], "", "a value of type string.")
	expectNoSecret(t, resp.Diagnostics[0].Detail(), "canary")
}
