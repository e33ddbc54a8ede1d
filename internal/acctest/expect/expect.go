// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package expect holds assertions that import nothing of the provider, so that the tests inside its packages, which cannot import
// acctest, can use them too.
package expect

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// Error fails unless an error has the text in it.
func Error(t *testing.T, err error, text string) {
	t.Helper()
	if err == nil || !strings.Contains(err.Error(), text) {
		t.Errorf("the error is %v, want %q in it", err, text)
	}
}

// Diagnostic fails unless a diagnostic points at the attribute and has the text in its detail.
func Diagnostic(t *testing.T, d diag.Diagnostic, attribute, text string) {
	t.Helper()
	if d == nil {
		t.Fatalf("there is no error, want %q", text)
	}
	points := ""
	if located, ok := d.(diag.DiagnosticWithPath); ok {
		points = located.Path().String()
	}
	if points != attribute || !strings.Contains(d.Detail(), text) {
		t.Errorf("[%s] %s: %s, want it on %q with %q", points, d.Summary(), d.Detail(), attribute, text)
	}
}

// None fails if a text contains one of the others.
func None(t testing.TB, text string, others ...string) {
	t.Helper()
	for _, other := range others {
		if strings.Contains(text, other) {
			t.Errorf("%q is in %q", other, text)
		}
	}
}
