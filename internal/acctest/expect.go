// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/edgestats/terraform-provider-edgestats/internal/provider"
)

// Configured starts a provider and configures it with a provider block and the environment. It fails the test if that
// returns errors or warnings.
func Configured(t testing.TB, block Config, options ...provider.Option) *Server {
	t.Helper()
	s := NewServer(t, options...)
	if problems := s.Configure(t, block); len(problems) > 0 {
		t.Fatal(problems)
	}
	return s
}

// ReadProblems configures a provider from the environment, reads a data source and returns the errors and warnings.
func ReadProblems(t testing.TB, dataSource string, c Config) Problems {
	t.Helper()
	_, problems := Configured(t, nil).Read(t.Context(), t, dataSource, c)
	return problems
}

// ExpectProblem fails the test unless there is exactly one problem, it points at the attribute, and it contains all texts.
func ExpectProblem(t testing.TB, problems Problems, attribute string, texts ...string) {
	t.Helper()
	if len(problems) != 1 {
		t.Fatalf("%d errors, want 1\n%s", len(problems), problems)
	}
	if got := Attribute(problems[0]); got != attribute {
		t.Errorf("the error points at %q, want %q", got, attribute)
	}
	for _, text := range texts {
		if !strings.Contains(problems[0].Summary+": "+problems[0].Detail, text) {
			t.Errorf("the error does not say %q:\n%s", text, problems)
		}
	}
}

// ExpectState compares some attributes of a state. An empty string means null.
func ExpectState(t testing.TB, state State, want map[string]string) {
	t.Helper()
	got := make(map[string]string)
	for name := range want {
		got[name] = state[name]
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
