// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package points

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
)

var byName = NewObjectMap("By name.", map[string]schema.Attribute{
	"objects": objects.Attribute(),
	"total":   schema.NumberAttribute{MarkdownDescription: "Bytes.", Computed: true},
})

// Terraform's mocks drop maps of nested attributes, so the type must be all that Terraform sees.
func TestObjectMapIsAMapOfObjects(t *testing.T) {
	attribute := byName.Attribute()
	if _, ok := attribute.(schema.NestedAttribute); ok {
		t.Error("it is a nested attribute")
	}
	if _, ok := byName.attribute.ElementType.(basetypes.ObjectType); !ok || !attribute.IsComputed() || len(byName.attribute.Members()) != 2 {
		t.Errorf("the elements are %s", byName.attribute.ElementType)
	}
	const want = "By name.\n  - `objects`: Objects.\n    - `time`: \n    - `value`: \n  - `total`: Bytes."
	if got := attribute.GetMarkdownDescription(); got != want {
		t.Errorf("the description is %q, want %q", got, want)
	}
}

func TestObjectMapKeepsListsFast(t *testing.T) {
	list := samples["all kinds"].fast(t).Objects
	got, err := byName.Map(t.Context(), map[string]Object{
		"a": {"objects": list.Value(), "total": Integer(7)},
		"b": {"objects": objects.Null().Value(), "total": Integer(0)},
	})
	if err != nil {
		t.Fatal(err)
	}
	s := schema.Schema{Attributes: map[string]schema.Attribute{"by_name": byName.Attribute()}}
	type model struct {
		ByName types.Map `tfsdk:"by_name"`
	}
	var back model
	noErrors(t, (&tfsdk.State{Schema: s, Raw: set(t, s, model{got}).Raw}).Get(t.Context(), &back))
	if !back.ByName.Equal(got) || len(got.Elements()) != 2 {
		t.Errorf("%s came back as %s", got, back.ByName)
	}
	object, ok := got.Elements()["a"].(types.Object)
	if !ok || !object.Attributes()["objects"].Equal(list) {
		t.Errorf("the object is %s", got.Elements()["a"])
	}
}

func TestObjectMapEndsWithTheContext(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
	cancel()
	_, err := byName.Map(ctx, map[string]Object{"a": {"objects": objects.Null().Value(), "total": Integer(0)}})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v", err)
	}
}
