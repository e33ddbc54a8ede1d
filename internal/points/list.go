// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package points

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

var (
	_ basetypes.ListTypable  = Type{}
	_ basetypes.ListValuable = List{}
)

// Type is the framework's type of a List.
type Type struct{ basetypes.ListType }

// Equal reports whether other is the type of the same points.
func (t Type) Equal(other attr.Type) bool {
	o, ok := other.(Type)
	return ok && t.ListType.Equal(o.ListType)
}

// String names the type.
func (t Type) String() string { return "points of " + t.ListType.String() }

// ValueFromTerraform returns the value unchanged.
func (t Type) ValueFromTerraform(ctx context.Context, raw tftypes.Value) (attr.Value, error) {
	want := t.TerraformType(ctx)
	if raw.Type() == nil {
		raw = tftypes.NewValue(want, nil)
	}
	if !want.Equal(raw.Type()) {
		return nil, fmt.Errorf("expected %s, got %s", want, raw.Type())
	}
	return List{typ: t, raw: raw}, nil
}

// ValueFromList converts a list of the framework.
func (t Type) ValueFromList(ctx context.Context, list basetypes.ListValue) (basetypes.ListValuable, diag.Diagnostics) {
	raw, err := list.ToTerraformValue(ctx)
	if err != nil {
		return nil, invalid(err)
	}
	return List{typ: t, raw: raw}, nil
}

// ValueType returns a List of this type.
func (t Type) ValueType(context.Context) attr.Value { return List{typ: t} }

// List is a series as a Terraform value.
type List struct {
	typ Type
	raw tftypes.Value
}

// Type returns the type of the list.
func (l List) Type(context.Context) attr.Type { return l.typ }

// Value returns the list for use in an Object.
func (l List) Value() tftypes.Value { return l.raw }

// ToTerraformValue returns the value unchanged.
func (l List) ToTerraformValue(context.Context) (tftypes.Value, error) { return l.raw, nil }

// ToListValue converts the value to a list of the framework, which is slow.
func (l List) ToListValue(ctx context.Context) (basetypes.ListValue, diag.Diagnostics) {
	value, err := l.typ.ListType.ValueFromTerraform(ctx, l.raw)
	if err != nil {
		return basetypes.ListValue{}, invalid(err)
	}
	list, ok := value.(basetypes.ListValue)
	if !ok {
		return basetypes.ListValue{}, invalid(fmt.Errorf("got %T", value))
	}
	return list, nil
}

func invalid(err error) diag.Diagnostics {
	return diag.Diagnostics{diag.NewErrorDiagnostic("Invalid Points", err.Error()+". This is a bug in the provider; please report it.")}
}

// Equal reports whether other has the same points. It is fast if both are the same list, which the framework compares in
// every read.
func (l List) Equal(other attr.Value) bool {
	o, ok := other.(List)
	if !ok || !l.typ.Equal(o.typ) {
		return false
	}
	var mine, theirs []tftypes.Value
	if l.raw.As(&mine) == nil && o.raw.As(&theirs) == nil && len(mine) > 0 && len(mine) == len(theirs) && &mine[0] == &theirs[0] {
		return true
	}
	return l.raw.Equal(o.raw)
}

// IsNull reports whether the list is null.
func (l List) IsNull() bool { return l.raw.IsNull() }

// IsUnknown reports whether the series is not known yet.
func (l List) IsUnknown() bool { return !l.raw.IsKnown() }

// String returns the value for logs.
func (l List) String() string { return l.raw.String() }
