// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package points

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
)

var nested = NewObjects("Groups.", map[string]schema.Attribute{
	"name":   schema.StringAttribute{MarkdownDescription: "The name."},
	"points": NewObjects("Points.", map[string]schema.Attribute{"value": schema.NumberAttribute{MarkdownDescription: "Bytes."}}).Attribute(),
	"summary": schema.SingleNestedAttribute{
		MarkdownDescription: "Figures.",
		Attributes:          map[string]schema.Attribute{"max": schema.NumberAttribute{MarkdownDescription: "Most bytes."}},
	},
})

// Terraform's mocks refuse lists of nested attributes, so the type must be all that Terraform sees.
func TestObjectsAreAListOfObjects(t *testing.T) {
	attribute := nested.Attribute()
	if _, ok := attribute.(schema.NestedAttribute); ok {
		t.Error("it is a nested attribute")
	}
	list, ok := attribute.GetType().(Type)
	if !ok {
		t.Fatalf("the type is %s", attribute.GetType())
	}
	if _, ok := list.ElemType.(basetypes.ObjectType); !ok || !attribute.IsComputed() {
		t.Errorf("the elements are %s", list.ElemType)
	}
	if members := nested.attribute.Members(); len(members) != 3 || !members["name"].GetType().Equal(types.StringType) {
		t.Errorf("the members are %v", members)
	}
}

func TestMembersAreDescribed(t *testing.T) {
	const want = "Groups.\n" +
		"  - `name`: The name.\n" +
		"  - `points`: Points.\n" +
		"    - `value`: Bytes.\n" +
		"  - `summary`: Figures.\n" +
		"    - `max`: Most bytes."
	if diff := cmp.Diff(want, nested.Attribute().GetMarkdownDescription()); diff != "" {
		t.Error(diff)
	}
}
