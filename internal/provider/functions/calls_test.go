// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package functions_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
)

// call is a call of a function and what it has to return, or how it has to be refused.
type call struct {
	name      string
	arguments []any
	// want is what inOneLine returns.
	want string
	// problem has to be in the error, which has to point at an argument by its position.
	problem  string
	argument int64
}

// inOneLine returns a number or text as it is, "null", or all members of another result.
func inOneLine(result acctest.State) string {
	if scalar, ok := result[""]; ok {
		return scalar
	}
	if len(result) == 0 {
		return "null"
	}
	var members []string
	for _, name := range slices.Sorted(maps.Keys(result)) {
		members = append(members, name+"="+result[name])
	}
	return strings.Join(members, " ")
}

// testCalls calls a function again and again.
func testCalls(t *testing.T, function string, calls []call) {
	t.Helper()
	s := acctest.NewServer(t)
	for _, test := range calls {
		t.Run(test.name, func(t *testing.T) {
			got, failure := s.Call(t, function, test.arguments...)
			if test.problem == "" {
				if failure != nil || inOneLine(got) != test.want {
					t.Fatalf("got %q, %+v, want %q", inOneLine(got), failure, test.want)
				}
				return
			}
			if failure == nil || !strings.Contains(failure.Text, test.problem) {
				t.Fatalf("got %q, %+v, want an error that says %q", got, failure, test.problem)
			}
			if failure.FunctionArgument == nil || *failure.FunctionArgument != test.argument {
				t.Errorf("the error does not point at argument %d: %+v", test.argument, failure)
			}
		})
	}
}

// numbers are arguments that hold exactly these numbers; "" is null.
func numbers(texts ...string) []any {
	list := make([]any, len(texts))
	for i, text := range texts {
		if text != "" {
			list[i] = json.Number(text)
		}
	}
	return list
}
