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
	if len(all) != 5 {
		t.Errorf("%d functions, want 5", len(all))
	}
	for name, definition := range all {
		if definition.Summary == "" || strings.HasSuffix(definition.Summary, ".") {
			t.Errorf("the summary of %s is no title: %q", name, definition.Summary)
		}
		if !strings.HasSuffix(definition.MarkdownDescription, ".") {
			t.Errorf("the description of %s does not end with a full stop", name)
		}
		for _, parameter := range definition.Parameters {
			if !snakeCase.MatchString(name) || !snakeCase.MatchString(parameter.GetName()) {
				t.Errorf("%s(%s) is not in snake case", name, parameter.GetName())
			}
			if !strings.HasSuffix(parameter.GetMarkdownDescription(), ".") {
				t.Errorf("the description of %s(%s) does not end with a full stop", name, parameter.GetName())
			}
		}
	}
}

// A float64 loses digits, and what a function is not told of it cannot take for zero.
func TestFunctionsTakeExactKnownNumbers(t *testing.T) {
	exact := []attr.Type{types.NumberType, types.StringType, types.ListType{ElemType: types.NumberType}}
	isExact := func(typ attr.Type) bool { return slices.ContainsFunc(exact, typ.Equal) }
	for name, definition := range definitions(t) {
		if !isExact(definition.Return.GetType()) {
			t.Errorf("%s returns %s", name, definition.Return.GetType())
		}
		for _, parameter := range definition.Parameters {
			if !isExact(parameter.GetType()) {
				t.Errorf("%s(%s) is %s", name, parameter.GetName(), parameter.GetType())
			}
			if parameter.GetAllowNullValue() || parameter.GetAllowUnknownValues() {
				t.Errorf("%s(%s) takes null or unknown", name, parameter.GetName())
			}
		}
	}
}
