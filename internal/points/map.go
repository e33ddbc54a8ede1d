// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package points

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// ObjectMap declares a map of objects. Each List in an object is fast; the map itself is an ordinary value of the
// framework.
type ObjectMap struct{ attribute ObjectMapAttribute }

// ObjectMapAttribute is the counterpart of ObjectsAttribute for a map.
type ObjectMapAttribute struct {
	schema.MapAttribute

	members map[string]schema.Attribute
}

// NewObjectMap declares a map whose objects have the given attributes.
func NewObjectMap(description string, members map[string]schema.Attribute) ObjectMap {
	return ObjectMap{ObjectMapAttribute{
		MapAttribute: schema.MapAttribute{
			MarkdownDescription: describe(description, members, "\n"), Computed: true,
			ElementType: schema.NestedAttributeObject{Attributes: members}.Type(),
		},
		members: members,
	}}
}

// Members returns the members of an object with their descriptions.
func (a ObjectMapAttribute) Members() map[string]schema.Attribute { return a.members }

// ApplyTerraform5AttributePathStep ends the framework's search for blocks. See ObjectsAttribute.
func (a ObjectMapAttribute) ApplyTerraform5AttributePathStep(step tftypes.AttributePathStep) (any, error) {
	if _, err := a.MapAttribute.ApplyTerraform5AttributePathStep(step); err != nil {
		return nil, err
	}
	return basetypes.DynamicType{}, nil
}

// Attribute returns the schema of the map.
func (m ObjectMap) Attribute() schema.Attribute { return m.attribute }

// Map returns a map of the objects. It panics if an object lacks an attribute. It returns an error if ctx ends.
func (m ObjectMap) Map(ctx context.Context, objects map[string]Object) (basetypes.MapValue, error) {
	typ := basetypes.MapType{ElemType: m.attribute.ElementType}
	null, element := basetypes.NewMapNull(typ.ElemType), typ.ElemType.TerraformType(ctx)
	values := make(map[string]tftypes.Value, len(objects))
	for key, object := range objects {
		if err := ctx.Err(); err != nil {
			return null, err
		}
		values[key] = tftypes.NewValue(element, object)
	}
	value, err := typ.ValueFromTerraform(ctx, tftypes.NewValue(tftypes.Map{ElementType: element}, values))
	if err != nil {
		return null, err
	}
	result, ok := value.(basetypes.MapValue)
	if !ok {
		return null, fmt.Errorf("got %T", value)
	}
	return result, nil
}
