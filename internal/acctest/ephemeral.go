// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"maps"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// EphemeralResources returns the names of all ephemeral resources, in alphabetical order.
func (s *Server) EphemeralResources() []string {
	return slices.Sorted(maps.Keys(s.schema.EphemeralResourceSchemas))
}

// Open validates and opens an ephemeral resource.
func (s *Server) Open(t testing.TB, name string, c Config) (State, Problems) {
	t.Helper()
	schema, ok := s.schema.EphemeralResourceSchemas[name]
	if !ok {
		t.Fatalf("there is no ephemeral resource %s", name)
	}
	config := dynamic(t, c, schema.ValueType())
	validated, err := s.server.ValidateEphemeralResourceConfig(t.Context(), &tfprotov6.ValidateEphemeralResourceConfigRequest{
		TypeName: name, Config: config,
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(validated.Diagnostics) > 0 {
		return nil, validated.Diagnostics
	}
	opened, err := s.server.OpenEphemeralResource(t.Context(), &tfprotov6.OpenEphemeralResourceRequest{TypeName: name, Config: config})
	if err != nil {
		t.Fatal(err)
	}
	if len(opened.Diagnostics) > 0 {
		return nil, opened.Diagnostics
	}
	value, err := opened.Result.Unmarshal(schema.ValueType())
	if err != nil {
		t.Fatal(err)
	}
	state := State{}
	state.flatten(t, "", value)
	return state, nil
}
