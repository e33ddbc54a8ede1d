// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package points

import (
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// ObjectsAttribute is a list attribute whose element type is an object, because Terraform's mocks cannot fill lists of
// nested attributes. An object type has no descriptions of its members, so the description of the attribute includes them.
type ObjectsAttribute struct {
	schema.ListAttribute

	// description is the description of the list without its members.
	description string
	members     map[string]schema.Attribute
}

// Members returns the members of an object with their descriptions.
func (a ObjectsAttribute) Members() map[string]schema.Attribute { return a.members }

// ApplyTerraform5AttributePathStep ends the framework's search for blocks, which is slow. For every null in state, the
// framework follows the path step by step to find out whether it is a block. Lists of objects contain no blocks.
func (a ObjectsAttribute) ApplyTerraform5AttributePathStep(step tftypes.AttributePathStep) (any, error) {
	if _, err := a.ListAttribute.ApplyTerraform5AttributePathStep(step); err != nil {
		return nil, err
	}
	return basetypes.DynamicType{}, nil
}

// describe adds a Markdown list of the members, including nested ones, to a description. Each line begins with the given
// indent.
func describe(description string, members map[string]schema.Attribute, indent string) string {
	indent += "  "
	var lines strings.Builder
	lines.WriteString(description)
	for _, name := range slices.Sorted(maps.Keys(members)) {
		member := members[name]
		text := member.GetMarkdownDescription()
		switch a := member.(type) {
		case ObjectsAttribute:
			text = describe(a.description, a.members, indent)
		case schema.SingleNestedAttribute:
			text = describe(text, a.Attributes, indent)
		}
		lines.WriteString(indent + "- `" + name + "`: " + text)
	}
	return lines.String()
}
