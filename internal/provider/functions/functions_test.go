// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package functions

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// panicking is a function that panics.
type panicking struct {
	percentile
}

func (panicking) Run(context.Context, function.RunRequest, *function.RunResponse) {
	panic("with a canary")
}

func TestFunctionGuardTurnsPanicsIntoErrors(t *testing.T) {
	guarded := guard(func() function.Function { return panicking{} })()
	var resp function.RunResponse
	guarded.Run(t.Context(), function.RunRequest{}, &resp)
	if resp.Error == nil {
		t.Fatal("there is no error")
	}
	for _, text := range []string{"provider bug", "panic at functions_test.go:", "a value of type string"} {
		if !strings.Contains(resp.Error.Text, text) {
			t.Errorf("the error does not say %q: %s", text, resp.Error.Text)
		}
	}
	if strings.Contains(resp.Error.Text, "canary") {
		t.Errorf("the error repeats what the panic was about: %s", resp.Error.Text)
	}
}

func TestListsAndMapsAreBounded(t *testing.T) {
	if err := checkSize(1_000_000, 0); err != nil {
		t.Errorf("a million elements: %v", err)
	}
	err := checkSize(1_000_001, 1)
	if err == nil || err.Text != "must have at most 1000000 elements, got 1000001" || *err.FunctionArgument != 1 {
		t.Errorf("one more than a million: %v", err)
	}
}

// definitions returns the definitions of the functions by their names.
func definitions(t *testing.T) map[string]function.Definition {
	t.Helper()
	all := make(map[string]function.Definition)
	for _, newFunction := range All() {
		f := newFunction()
		if _, ok := f.(guarded); !ok {
			t.Errorf("%T is not guarded", f)
		}
		var metadata function.MetadataResponse
		f.Metadata(t.Context(), function.MetadataRequest{}, &metadata)
		var resp function.DefinitionResponse
		f.Definition(t.Context(), function.DefinitionRequest{}, &resp)
		all[metadata.Name] = resp.Definition
	}
	return all
}

func TestEveryFunctionIsDescribed(t *testing.T) {
	snakeCase := regexp.MustCompile(`^[a-z][a-z0-9]*(_[a-z0-9]+)*$`)
	all := definitions(t)
	if len(all) != 8 {
		t.Errorf("%d functions, want 8", len(all))
	}
	for name, definition := range all {
		if definition.Summary == "" || strings.HasSuffix(definition.Summary, ".") {
			t.Errorf("the summary of %s is no title: %q", name, definition.Summary)
		}
		if !strings.HasSuffix(definition.MarkdownDescription, ".") {
			t.Errorf("the description of %s does not end with a full stop", name)
		}
		for _, parameter := range parameters(definition) {
			if !snakeCase.MatchString(name) || !snakeCase.MatchString(parameter.GetName()) {
				t.Errorf("%s(%s) is not in snake case", name, parameter.GetName())
			}
			if !strings.HasSuffix(parameter.GetMarkdownDescription(), ".") {
				t.Errorf("the description of %s(%s) does not end with a full stop", name, parameter.GetName())
			}
		}
	}
}

// parameters returns all parameters, the variadic one last.
func parameters(definition function.Definition) []function.Parameter {
	if definition.VariadicParameter == nil {
		return definition.Parameters
	}
	return append(slices.Clone(definition.Parameters), definition.VariadicParameter)
}

// A float64 loses digits.
func TestFunctionsUseExactNumbers(t *testing.T) {
	var check func(place string, typ attr.Type)
	check = func(place string, typ attr.Type) {
		switch typ := typ.(type) {
		case attr.TypeWithElementType:
			check(place+"[]", typ.ElementType())
		case attr.TypeWithAttributeTypes:
			for name, member := range typ.AttributeTypes() {
				check(place+"."+name, member)
			}
		default:
			if !typ.Equal(types.NumberType) && !typ.Equal(types.StringType) {
				t.Errorf("%s is %s", place, typ)
			}
		}
	}
	for name, definition := range definitions(t) {
		check(name, definition.Return.GetType())
		for _, parameter := range parameters(definition) {
			check(name+"("+parameter.GetName()+")", parameter.GetType())
		}
	}
}

// A function that is not told a value cannot take it for zero.
func TestFunctionsRefuseNullAndUnknown(t *testing.T) {
	nullable := []string{"change(current)", "change(previous)", "resample(offset)", "rfc3339(offset)"}
	for name, definition := range definitions(t) {
		for _, parameter := range parameters(definition) {
			place := name + "(" + parameter.GetName() + ")"
			if parameter.GetAllowNullValue() != slices.Contains(nullable, place) {
				t.Errorf("%s takes null: %t", place, parameter.GetAllowNullValue())
			}
			if parameter.GetAllowUnknownValues() {
				t.Errorf("%s takes unknown", place)
			}
		}
	}
}
