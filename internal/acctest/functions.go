// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"maps"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Functions returns the names of all functions, in alphabetical order.
func (s *Server) Functions() []string {
	return slices.Sorted(maps.Keys(s.schema.Functions))
}

// Call calls a function. Arguments have the same form as the values of a Config. The result is a State: a number or string
// has the key "", null is absent, and an unknown result is Unknown with the key "".
func (s *Server) Call(t testing.TB, name string, arguments ...any) (State, *tfprotov6.FunctionError) {
	t.Helper()
	definition, ok := s.schema.Functions[name]
	if !ok {
		t.Fatalf("there is no function %s", name)
	}
	req := &tfprotov6.CallFunctionRequest{Name: name}
	for i, argument := range arguments {
		value, err := tfprotov6.NewDynamicValue(parameterType(t, definition, i), build(t, argument, parameterType(t, definition, i)))
		must(t, err)
		req.Arguments = append(req.Arguments, &value)
	}
	resp, err := s.server.CallFunction(t.Context(), req)
	must(t, err)
	if resp.Error != nil {
		return nil, resp.Error
	}
	value, err := resp.Result.Unmarshal(definition.Return.Type)
	must(t, err)
	if !value.IsKnown() {
		return State{"": Unknown}, nil
	}
	result := State{}
	result.flatten(t, "", value)
	return result, nil
}

// parameterType returns the type of the argument at a position.
func parameterType(t testing.TB, definition *tfprotov6.Function, position int) tftypes.Type {
	t.Helper()
	switch {
	case position < len(definition.Parameters):
		return definition.Parameters[position].Type
	case definition.VariadicParameter == nil:
		t.Fatalf("there is no parameter %d", position)
	}
	return definition.VariadicParameter.Type
}
