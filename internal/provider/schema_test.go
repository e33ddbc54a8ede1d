// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
	"context"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/edgestats/terraform-provider-edgestats/internal/points"
)

// attribute is what the attributes of all schemas can tell.
type attribute interface {
	GetDescription() string
	GetMarkdownDescription() string
	GetType() attr.Type
	IsComputed() bool
	IsSensitive() bool
}

// schemas returns the attributes of every schema by the name of its type.
func schemas(t *testing.T) map[string]map[string]attribute {
	t.Helper()
	p := New("test")()
	var block provider.SchemaResponse
	p.Schema(t.Context(), provider.SchemaRequest{}, &block)
	all := map[string]map[string]attribute{"edgestats": {}}
	if !strings.HasSuffix(block.Schema.MarkdownDescription, ".") {
		t.Error("the description of the provider does not end with a full stop")
	}
	for name, a := range block.Schema.Attributes {
		all["edgestats"][name] = a
	}
	for name, described := range dataSources(t, p) {
		source := described.schema
		all[name] = map[string]attribute{}
		if !strings.HasSuffix(source.MarkdownDescription, ".") {
			t.Errorf("the description of %s does not end with a full stop", name)
		}
		for child, a := range source.Attributes {
			all[name][child] = a
		}
	}
	return all
}

// described is a data source with its schema.
type described struct {
	source datasource.DataSource
	schema schema.Schema
}

// dataSources returns the registered data sources by the name of their type.
func dataSources(t *testing.T, p provider.Provider) map[string]described {
	t.Helper()
	all := make(map[string]described)
	for _, newDataSource := range p.DataSources(t.Context()) {
		source := newDataSource()
		var metadata datasource.MetadataResponse
		source.Metadata(t.Context(), datasource.MetadataRequest{ProviderTypeName: "edgestats"}, &metadata)
		var resp datasource.SchemaResponse
		source.Schema(t.Context(), datasource.SchemaRequest{}, &resp)
		all[metadata.TypeName] = described{source, resp.Schema}
	}
	return all
}

// walk visits an attribute and all below it.
func walk(place string, a attribute, visit func(place string, a attribute)) {
	visit(place, a)
	if nested, ok := a.(schema.NestedAttribute); ok {
		for name, child := range nested.GetNestedObject().GetAttributes() {
			walk(place+"."+name, child, visit)
		}
	}
	if series, ok := a.(interface {
		Members() map[string]schema.Attribute
	}); ok {
		for name, child := range series.Members() {
			walk(place+"."+name, child, visit)
		}
	}
}

func everyAttribute(t *testing.T, visit func(place string, a attribute)) {
	t.Helper()
	visited := 0
	for name, attributes := range schemas(t) {
		for child, a := range attributes {
			walk(name+"."+child, a, func(place string, a attribute) {
				visited++
				visit(place, a)
			})
		}
	}
	if visited < 150 {
		t.Errorf("only %d attributes were visited", visited)
	}
}

func TestEveryAttributeIsDescribed(t *testing.T) {
	snakeCase := regexp.MustCompile(`^[a-z][a-z0-9]*(_[a-z0-9]+)*$`)
	everyAttribute(t, func(place string, a attribute) {
		if name := place[strings.LastIndex(place, ".")+1:]; !snakeCase.MatchString(name) {
			t.Errorf("%s is not in snake case", place)
		}
		if text := cmp.Or(a.GetMarkdownDescription(), a.GetDescription()); !strings.HasSuffix(text, ".") {
			t.Errorf("the description of %s does not end with a full stop: %q", place, text)
		}
	})
}

// A number without a unit is worth nothing. Counts name what they count.
func TestMeasuredValuesHaveUnits(t *testing.T) {
	units := regexp.MustCompile("(?i)bytes|GB|MB|Mbps|minutes|percent|number of|sessions|devices|unit of|code of")
	everyAttribute(t, func(place string, a attribute) {
		text := cmp.Or(a.GetMarkdownDescription(), a.GetDescription())
		if _, measured := a.GetType().(basetypes.NumberTypable); measured && a.IsComputed() && !units.MatchString(text) {
			t.Errorf("the description of %s names no unit: %q", place, text)
		}
	})
}

// Sets of thousands take Terraform half a minute, and a float64 loses digits.
func TestNoSetsAndNoFloats(t *testing.T) {
	var check func(place string, typ attr.Type)
	check = func(place string, typ attr.Type) {
		switch typ := typ.(type) {
		case basetypes.SetTypable:
			t.Errorf("%s is a set", place)
		case basetypes.Float64Typable, basetypes.Float32Typable:
			t.Errorf("%s is a float", place)
		case attr.TypeWithElementType:
			check(place+"[]", typ.ElementType())
		case attr.TypeWithAttributeTypes:
			for name, member := range typ.AttributeTypes() {
				check(place+"."+name, member)
			}
		}
	}
	everyAttribute(t, func(place string, a attribute) { check(place, a.GetType()) })
}

// Terraform's mocks refuse lists of nested attributes and drop maps of them. Single objects are fine.
func TestMocksCanFillEverything(t *testing.T) {
	series := 0
	everyAttribute(t, func(place string, a attribute) {
		switch a.(type) {
		case schema.ListNestedAttribute, schema.MapNestedAttribute, schema.SetNestedAttribute:
			t.Errorf("%s is nested; make it a list or a map of objects", place)
		case points.ObjectsAttribute, points.ObjectMapAttribute:
			series++
		}
	})
	if series < 8 {
		t.Errorf("only %d lists of objects were visited", series)
	}
}

// What is measured may have a fraction or more digits than an int64; only counts, codes and seconds cannot.
func TestMeasuredValuesAreNumbers(t *testing.T) {
	whole := []string{"count", "interval_seconds", "period_seconds", "largest_gap_seconds", "prov_id", "isp_id", "row_count", "size_bytes"}
	everyAttribute(t, func(place string, a attribute) {
		name := place[strings.LastIndex(place, ".")+1:]
		if _, integer := a.GetType().(basetypes.Int64Typable); integer && a.IsComputed() && !slices.Contains(whole, name) {
			t.Errorf("%s is an Int64, want a Number", place)
		}
	})
}

func TestSensitiveAttributes(t *testing.T) {
	var got []string
	everyAttribute(t, func(place string, a attribute) {
		if a.IsSensitive() {
			got = append(got, place)
		}
	})
	slices.Sort(got)
	want := []string{
		"edgestats.assume_role_with_web_identity.web_identity_token",
		"edgestats.cdnetworks.api_key", "edgestats.secret_key", "edgestats.security_token",
		"edgestats_mna_statistic_export.file_path",
	}
	if !slices.Equal(got, want) {
		t.Errorf("sensitive are %v, want %v", got, want)
	}
}

// modeled is a data source or an ephemeral resource that shows its model.
type modeled interface{ Model() any }

func TestModelsFitSchemas(t *testing.T) {
	for name, source := range dataSources(t, New("test")()) {
		t.Run(name, func(t *testing.T) {
			shown, ok := source.source.(modeled)
			if !ok {
				t.Fatal("there is no model")
			}
			config := tfsdk.Config{Schema: source.schema, Raw: nulls(t.Context(), source.schema.Type())}
			model := shown.Model()
			if diagnostics := config.Get(t.Context(), model); diagnostics.HasError() {
				t.Errorf("get: %v", diagnostics)
			}
			state := tfsdk.State{Schema: source.schema, Raw: tftypes.NewValue(source.schema.Type().TerraformType(t.Context()), nil)}
			if diagnostics := state.Set(t.Context(), model); diagnostics.HasError() {
				t.Errorf("set: %v", diagnostics)
			}
			if !state.Raw.Equal(config.Raw) {
				t.Errorf("nothing in, but out came %s", state.Raw)
			}
		})
	}
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

// The ephemeral resource has the attributes of the data source, described alike, but none about the content.
func TestEphemeralSchema(t *testing.T) {
	p, ok := New("test")().(provider.ProviderWithEphemeralResources)
	if !ok {
		t.Fatal("the provider has no ephemeral resources")
	}
	all := p.EphemeralResources(t.Context())
	if len(all) != 1 {
		t.Fatalf("there are %d ephemeral resources, want 1", len(all))
	}
	e := all[0]()
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

	shown, ok := e.(modeled)
	if !ok {
		t.Fatal("there is no model")
	}
	model := shown.Model()
	config := tfsdk.Config{Schema: resp.Schema, Raw: nulls(t.Context(), resp.Schema.Type())}
	if diagnostics := config.Get(t.Context(), model); diagnostics.HasError() {
		t.Errorf("get: %v", diagnostics)
	}
	result := tfsdk.EphemeralResultData{Schema: resp.Schema, Raw: tftypes.NewValue(resp.Schema.Type().TerraformType(t.Context()), nil)}
	if diagnostics := result.Set(t.Context(), model); diagnostics.HasError() || !result.Raw.Equal(config.Raw) {
		t.Errorf("nothing in, but out came %s: %v", result.Raw, diagnostics)
	}
}
