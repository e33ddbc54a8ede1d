// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package points converts long series to Terraform values. The framework converts a slice of structs to state by reflection,
// several times and with some 400 allocations per point. A List is built once, in the form that the protocol encodes, and
// the framework does not change it. For Terraform, it is an ordinary list.
//
// A data source declares a series once and uses its Attribute in the schema and a List in the model:
//
//	var netDetails = points.NewObjects("Traffic per period.", map[string]schema.Attribute{…})
//
//	m.NetDetails, err = netDetails.List(ctx, len(rows), func(i int) (points.Object, error) {
//		return points.Object{"time": points.Time(rows[i].Time), "current": points.Number(rows[i].Current)}, nil
//	})
package points

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/edgestats/terraform-provider-edgestats/internal/decimal"
)

// Object is a point with several attributes. Use Number, Time and similar functions for their values.
type Object = map[string]tftypes.Value

// Objects declares a series of objects.
type Objects struct {
	attribute ObjectsAttribute
	series
}

// NewObjects declares a series whose points have the given attributes.
func NewObjects(description string, members map[string]schema.Attribute) Objects {
	s := newSeries(schema.NestedAttributeObject{Attributes: members}.Type())
	return Objects{series: s, attribute: ObjectsAttribute{
		ListAttribute: schema.ListAttribute{
			MarkdownDescription: describe(description, members, "\n"), Computed: true, ElementType: s.typ.ElemType, CustomType: s.typ,
		},
		description: description,
		members:     members,
	}}
}

// Attribute returns the schema of the series.
func (o Objects) Attribute() schema.Attribute { return o.attribute }

// List returns n points. It panics if a point lacks an attribute. It returns the first error of point, or that of ctx.
func (o Objects) List(ctx context.Context, n int, point func(i int) (Object, error)) (List, error) {
	return o.list(ctx, n, func(i int) (tftypes.Value, error) {
		object, err := point(i)
		if err != nil {
			return tftypes.Value{}, err
		}
		return tftypes.NewValue(o.element, object), nil
	})
}

// Numbers declares a series of plain numbers.
type Numbers struct {
	attribute schema.ListAttribute
	series
}

// NewNumbers declares a series of numbers.
func NewNumbers(description string) Numbers {
	s := newSeries(basetypes.NumberType{})
	return Numbers{series: s, attribute: schema.ListAttribute{
		MarkdownDescription: description, Computed: true, ElementType: basetypes.NumberType{}, CustomType: s.typ,
	}}
}

// Attribute returns the schema of the series.
func (n Numbers) Attribute() schema.ListAttribute { return n.attribute }

// List returns the numbers. Nulls stay null. The only error is that of ctx.
func (n Numbers) List(ctx context.Context, values []decimal.Decimal) (List, error) {
	return n.list(ctx, len(values), func(i int) (tftypes.Value, error) { return Number(values[i]), nil })
}

// series is the common part of Objects and Numbers.
type series struct {
	typ     Type
	element tftypes.Type
}

func newSeries(element attr.Type) series {
	return series{
		typ:     Type{basetypes.ListType{ElemType: element}},
		element: element.TerraformType(context.Background()),
	}
}

// Null returns the null list.
func (s series) Null() List {
	return List{typ: s.typ, raw: tftypes.NewValue(tftypes.List{ElementType: s.element}, nil)}
}

func (s series) list(ctx context.Context, n int, point func(i int) (tftypes.Value, error)) (List, error) {
	values := make([]tftypes.Value, n)
	for i := range values {
		value, err := point(i)
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return s.Null(), err
		}
		values[i] = value
	}
	return List{typ: s.typ, raw: tftypes.NewValue(tftypes.List{ElementType: s.element}, values)}, nil
}

// Number returns a measured value with every digit. Null stays null.
func Number(d decimal.Decimal) tftypes.Value {
	if d.IsNull() {
		return tftypes.NewValue(tftypes.Number, nil)
	}
	return tftypes.NewValue(tftypes.Number, d.BigFloat())
}

// Time returns the time as RFC 3339 in its own zone. The zero time is null.
func Time(t time.Time) tftypes.Value {
	if t.IsZero() {
		return tftypes.NewValue(tftypes.String, nil)
	}
	return tftypes.NewValue(tftypes.String, t.Format(time.RFC3339))
}

// Text returns a string.
func Text(s string) tftypes.Value { return tftypes.NewValue(tftypes.String, s) }

// TextOrNull returns a string. The empty string is null.
func TextOrNull(s string) tftypes.Value {
	if s == "" {
		return tftypes.NewValue(tftypes.String, nil)
	}
	return Text(s)
}

// Integer returns a whole number.
func Integer(n int64) tftypes.Value { return tftypes.NewValue(tftypes.Number, n) }

// IntegerOrNull returns a whole number. nil is null.
func IntegerOrNull(n *int64) tftypes.Value { return tftypes.NewValue(tftypes.Number, n) }

// Bool returns a boolean.
func Bool(b bool) tftypes.Value { return tftypes.NewValue(tftypes.Bool, b) }

// BoolOrNull returns a boolean. nil is null.
func BoolOrNull(b *bool) tftypes.Value { return tftypes.NewValue(tftypes.Bool, b) }

// Texts returns a list of strings. nil is an empty list.
func Texts(texts []string) tftypes.Value {
	values := make([]tftypes.Value, len(texts))
	for i, text := range texts {
		values[i] = Text(text)
	}
	return tftypes.NewValue(tftypes.List{ElementType: tftypes.String}, values)
}

// Rows returns a list of lists of strings.
func Rows(rows [][]string) tftypes.Value {
	row := tftypes.List{ElementType: tftypes.String}
	values := make([]tftypes.Value, len(rows))
	for i, cells := range rows {
		values[i] = Texts(cells)
	}
	return tftypes.NewValue(tftypes.List{ElementType: row}, values)
}
