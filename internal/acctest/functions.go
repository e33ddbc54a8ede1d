// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"maps"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// Functions returns the names of all functions, in alphabetical order.
func (s *Server) Functions() []string {
	return slices.Sorted(maps.Keys(s.schema.Functions))
}

// Call calls a function. Arguments are what the values of a Config are. The result is in the form of a State's values;
// one that is unknown is Unknown.
func (s *Server) Call(t testing.TB, name string, arguments ...any) (string, *tfprotov6.FunctionError) {
	t.Helper()
	definition, ok := s.schema.Functions[name]
	if !ok || len(arguments) != len(definition.Parameters) {
		t.Fatalf("there is no function %s of %d arguments", name, len(arguments))
	}
	req := &tfprotov6.CallFunctionRequest{Name: name}
	for i, parameter := range definition.Parameters {
		argument, err := tfprotov6.NewDynamicValue(parameter.Type, build(t, arguments[i], parameter.Type))
		must(t, err)
		req.Arguments = append(req.Arguments, &argument)
	}
	resp, err := s.server.CallFunction(t.Context(), req)
	must(t, err)
	if resp.Error != nil {
		return "", resp.Error
	}
	value, err := resp.Result.Unmarshal(definition.Return.Type)
	must(t, err)
	if !value.IsKnown() {
		return Unknown, nil
	}
	result := State{}
	result.flatten(t, "", value)
	return result[""], nil
}
