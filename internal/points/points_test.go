// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package points

import (
	"context"
	"errors"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/edgestats/terraform-provider-edgestats/internal/decimal"
)

var attributes = map[string]schema.Attribute{
	"time":  schema.StringAttribute{Computed: true},
	"value": schema.NumberAttribute{Computed: true},
}

var (
	objects = NewObjects("Objects.", attributes)
	numbers = NewNumbers("Numbers.")
)

// fast is a model with points. usual is the same model as in the framework's documentation.
var (
	fast  = newSchema(objects.Attribute(), numbers.Attribute())
	usual = newSchema(
		schema.ListNestedAttribute{
			MarkdownDescription: objects.Attribute().GetMarkdownDescription(), Computed: true, NestedObject: schema.NestedAttributeObject{Attributes: attributes},
		},
		schema.ListAttribute{MarkdownDescription: "Numbers.", Computed: true, ElementType: types.NumberType},
	)
)

// newSchema returns a schema with both series twice: at the top, and within a list of groups.
func newSchema(objects, numbers schema.Attribute) schema.Schema {
	series := map[string]schema.Attribute{"objects": objects, "numbers": numbers}
	return schema.Schema{Attributes: map[string]schema.Attribute{
		"objects": objects, "numbers": numbers,
		"groups": schema.ListNestedAttribute{Computed: true, NestedObject: schema.NestedAttributeObject{Attributes: series}},
	}}
}

type fastSeries struct {
	Objects List `tfsdk:"objects"`
	Numbers List `tfsdk:"numbers"`
}

type fastModel struct {
	fastSeries

	Groups []fastSeries `tfsdk:"groups"`
}

type usualSeries struct {
	Objects []usualObject  `tfsdk:"objects"`
	Numbers []types.Number `tfsdk:"numbers"`
}

type usualObject struct {
	Time  types.String `tfsdk:"time"`
	Value types.Number `tfsdk:"value"`
}

type usualModel struct {
	usualSeries

	Groups []usualSeries `tfsdk:"groups"`
}

// sample is a series that is converted to state in both ways. nil is null.
type sample []struct {
	time  time.Time
	value string
}

func (s sample) decimals(t *testing.T) []decimal.Decimal {
	t.Helper()
	values := make([]decimal.Decimal, len(s))
	for i := range s {
		var err error
		if values[i], err = decimal.Parse(s[i].value); err != nil {
			t.Fatal(err)
		}
	}
	return values
}

// must returns the list and fails for an error.
func must(t *testing.T) func(List, error) List {
	t.Helper()
	return func(l List, err error) List {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
}

func numbersOf(t *testing.T, values []decimal.Decimal) List {
	t.Helper()
	return must(t)(numbers.List(t.Context(), values))
}

func (s sample) fast(t *testing.T) fastSeries {
	t.Helper()
	if s == nil {
		return fastSeries{objects.Null(), numbers.Null()}
	}
	values := s.decimals(t)
	return fastSeries{
		Objects: must(t)(objects.List(t.Context(), len(s), func(i int) (Object, error) {
			return Object{"time": Time(s[i].time), "value": Number(values[i])}, nil
		})),
		Numbers: numbersOf(t, values),
	}
}

func (s sample) usual(t *testing.T) usualSeries {
	t.Helper()
	if s == nil {
		return usualSeries{}
	}
	series := usualSeries{[]usualObject{}, []types.Number{}}
	for i, value := range s.decimals(t) {
		object := usualObject{types.StringValue(s[i].time.Format(time.RFC3339)), types.NumberValue(value.BigFloat())}
		if s[i].time.IsZero() {
			object.Time = types.StringNull()
		}
		series.Objects = append(series.Objects, object)
		series.Numbers = append(series.Numbers, object.Value)
	}
	return series
}

var (
	noon    = time.Date(2026, 1, 15, 12, 0, 0, 0, time.UTC)
	samples = map[string]sample{
		"null":  nil,
		"empty": {},
		"one":   {{noon, "1"}},
		"all kinds": {
			{noon, "0"},
			{noon, ""},
			{time.Time{}, "-0.009"},
			{noon.In(time.FixedZone("", -3.5*3600)), "12345678901234567.001"},
			{noon.Add(-time.Hour), "9007199254740993"},
			{time.Time{}, ""},
			{noon, "1e308"},
		},
	}
)

func TestTerraformSeesTheUsualTypes(t *testing.T) {
	got, want := fast.Type().TerraformType(t.Context()), usual.Type().TerraformType(t.Context())
	if !got.Equal(want) {
		t.Errorf("type %s\nwant %s", got, want)
	}
	for name, attribute := range usual.Attributes {
		if got := fast.Attributes[name]; got.IsComputed() != attribute.IsComputed() || got.IsOptional() != attribute.IsOptional() ||
			got.GetMarkdownDescription() != attribute.GetMarkdownDescription() {
			t.Errorf("%s is not what the usual attribute is", name)
		}
	}
}

// set converts a model to state.
func set(t *testing.T, s schema.Schema, model any) tfsdk.State {
	t.Helper()
	state := tfsdk.State{Schema: s, Raw: tftypes.NewValue(s.Type().TerraformType(t.Context()), nil)}
	noErrors(t, state.Set(t.Context(), model))
	return state
}

func noErrors(t *testing.T, diagnostics diag.Diagnostics) {
	t.Helper()
	if diagnostics.HasError() {
		t.Fatal(diagnostics)
	}
}

func TestStateIsTheUsualState(t *testing.T) {
	for name, s := range samples {
		for other, nested := range samples {
			t.Run(name+" with "+other, func(t *testing.T) {
				model := fastModel{fastSeries: s.fast(t), Groups: []fastSeries{nested.fast(t), s.fast(t), nested.fast(t)}}
				got := set(t, fast, model)
				want := set(t, usual, usualModel{usualSeries: s.usual(t), Groups: []usualSeries{nested.usual(t), s.usual(t), nested.usual(t)}})
				if !got.Raw.Equal(want.Raw) {
					diff, err := want.Raw.Diff(got.Raw)
					t.Fatal(diff, err)
				}
				var back fastModel
				noErrors(t, got.Get(t.Context(), &back))
				for i, series := range append(back.Groups, back.fastSeries) {
					original := append(model.Groups, model.fastSeries)[i]
					if !series.Objects.Equal(original.Objects) || !series.Numbers.Equal(original.Numbers) {
						t.Errorf("group %d came back as\n%s, not\n%s", i, series, original)
					}
				}
				var read usualModel
				noErrors(t, (&tfsdk.State{Schema: usual, Raw: got.Raw}).Get(t.Context(), &read))
				if diff := cmp.Diff(s.usual(t), read.usualSeries, cmp.Comparer(func(a, b types.Number) bool { return a.Equal(b) })); diff != "" {
					t.Error(diff)
				}
			})
		}
	}
}

// The framework skips a null in state whose path leads into a dynamic type.
func TestTheFrameworkLooksForNoBlocksAmongPoints(t *testing.T) {
	value := tftypes.NewAttributePath().WithAttributeName("objects").WithElementKeyInt(0).WithAttributeName("value")
	if _, err := usual.AttributeAtTerraformPath(t.Context(), value); err != nil {
		t.Errorf("the usual schema: %v", err)
	}
	if _, err := fast.AttributeAtTerraformPath(t.Context(), value); err == nil || !strings.Contains(err.Error(), "schema.DynamicAttribute") {
		t.Errorf("the schema with points: %v, want that the path leads into a dynamic attribute", err)
	}
	if _, err := fast.AttributeAtTerraformPath(t.Context(), tftypes.NewAttributePath().WithAttributeName("objects").WithAttributeName("x")); err == nil {
		t.Error("a list has an attribute x")
	}
}

func TestAModelWithoutItsSeriesIsAnError(t *testing.T) {
	state := tfsdk.State{Schema: fast, Raw: tftypes.NewValue(fast.Type().TerraformType(t.Context()), nil)}
	if diagnostics := state.Set(t.Context(), fastModel{}); !diagnostics.HasError() {
		t.Errorf("state is %s", state.Raw)
	}
}

func TestAListEndsWithTheContextOrTheFirstError(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	made, wrong := 0, errors.New("wrong")
	point := func(i int) (Object, error) {
		made++
		switch i {
		case 10:
			cancel()
		case 20:
			return nil, wrong
		}
		return Object{"time": Time(noon), "value": Number(decimal.FromInt(1))}, nil
	}
	if l, err := objects.List(ctx, 1000, point); !errors.Is(err, context.Canceled) || !l.IsNull() || made != 11 {
		t.Errorf("%s, %v after %d points, want the context's error after 11", l, err, made)
	}
	if _, err := objects.List(t.Context(), 1000, point); !errors.Is(err, wrong) || made != 11+21 {
		t.Errorf("%v after %d points, want the point's error after 21", err, made-11)
	}
	if _, err := numbers.List(ctx, make([]decimal.Decimal, 1000)); !errors.Is(err, context.Canceled) {
		t.Errorf("numbers: %v", err)
	}
}

func TestAPointWithoutAnAttributePanics(t *testing.T) {
	for name, point := range map[string]Object{
		"none":        {},
		"one missing": {"time": Time(noon)},
		"one more":    {"time": Time(noon), "value": Number(decimal.FromInt(1)), "other": Time(noon)},
		"wrong type":  {"time": Time(noon), "value": Time(noon)},
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("there was no panic")
				}
			}()
			must(t)(objects.List(t.Context(), 1, func(int) (Object, error) { return point, nil }))
		})
	}
}

func TestNumberKeepsEveryDigit(t *testing.T) {
	d, err := decimal.Parse("12345678901234567.001")
	if err != nil {
		t.Fatal(err)
	}
	var got *big.Float
	if err := Number(d).As(&got); err != nil || got.Cmp(d.BigFloat()) != 0 || got.Prec() != 512 {
		t.Errorf("%v, %v", got, err)
	}
}

// list returns a list of the framework.
func list(t *testing.T, typ attr.Type, values ...attr.Value) basetypes.ListValue {
	t.Helper()
	l, diagnostics := types.ListValue(typ, values)
	noErrors(t, diagnostics)
	return l
}

func TestListsOfTheFramework(t *testing.T) {
	one, two := types.NumberValue(big.NewFloat(1)), types.NumberValue(big.NewFloat(2))
	for name, l := range map[string]basetypes.ListValue{
		"values":  list(t, types.NumberType, one, types.NumberNull(), two),
		"empty":   list(t, types.NumberType),
		"null":    types.ListNull(types.NumberType),
		"unknown": types.ListUnknown(types.NumberType),
	} {
		typ, ok := numbers.Attribute().CustomType.(Type)
		if !ok {
			t.Fatalf("the type is %T", numbers.Attribute().CustomType)
		}
		taken, diagnostics := typ.ValueFromList(t.Context(), l)
		noErrors(t, diagnostics)
		if taken.IsNull() != l.IsNull() || taken.IsUnknown() != l.IsUnknown() || !taken.Type(t.Context()).Equal(typ) {
			t.Errorf("%s was taken over as %s", name, taken)
		}
		back, diagnostics := taken.ToListValue(t.Context())
		noErrors(t, diagnostics)
		if !back.Equal(l) {
			t.Errorf("%s came back as %s", name, back)
		}
	}
}

func TestEqual(t *testing.T) {
	decimals := func(values ...int64) []decimal.Decimal {
		var all []decimal.Decimal
		for _, v := range values {
			all = append(all, decimal.FromInt(v))
		}
		return all
	}
	same := numbersOf(t, decimals(1, 2))
	for name, test := range map[string]struct {
		a    List
		b    attr.Value
		want bool
	}{
		"itself":         {same, same, true},
		"same values":    {same, numbersOf(t, decimals(1, 2)), true},
		"other value":    {same, numbersOf(t, decimals(1, 3)), false},
		"fewer":          {same, numbersOf(t, decimals(1)), false},
		"null and empty": {numbers.Null(), numbersOf(t, nil), false},
		"nulls":          {numbers.Null(), numbers.Null(), true},
		"empty ones":     {numbersOf(t, nil), numbersOf(t, nil), true},
		"other type":     {numbers.Null(), objects.Null(), false},
		"usual list":     {numbers.Null(), types.ListNull(types.NumberType), false},
	} {
		if got := test.a.Equal(test.b); got != test.want {
			t.Errorf("%s: %t", name, got)
		}
	}
	if numbers.Null().IsUnknown() || !numbers.Null().IsNull() || numbersOf(t, nil).IsNull() {
		t.Error("null is not null, or empty is")
	}
}

func TestTypeRefusesOtherValues(t *testing.T) {
	typ := numbers.Null().Type(context.Background())
	for name, raw := range map[string]tftypes.Value{
		"a text":       tftypes.NewValue(tftypes.String, "1"),
		"a list":       tftypes.NewValue(tftypes.List{ElementType: tftypes.String}, nil),
		"set of those": tftypes.NewValue(tftypes.Set{ElementType: tftypes.Number}, nil),
	} {
		if value, err := typ.ValueFromTerraform(t.Context(), raw); err == nil {
			t.Errorf("%s became %s", name, value)
		}
	}
	value, err := typ.ValueFromTerraform(t.Context(), tftypes.Value{})
	if err != nil || !value.IsNull() {
		t.Errorf("no value became %s, %v", value, err)
	}
	if typ.Equal(types.ListType{ElemType: types.NumberType}) || typ.Equal(objects.Null().Type(t.Context())) || typ.String() == "" {
		t.Errorf("%s is taken for another type", typ)
	}
}
