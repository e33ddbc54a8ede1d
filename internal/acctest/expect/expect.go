// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package expect contains assertions. It does not import the provider, so that tests inside the provider's packages, which
// cannot import acctest, can use it.
package expect

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// Error fails the test unless the error contains the text.
func Error(t *testing.T, err error, text string) {
	t.Helper()
	if err == nil || !strings.Contains(err.Error(), text) {
		t.Errorf("the error is %v, want %q in it", err, text)
	}
}

// Diagnostic fails the test unless the diagnostic points at the attribute and its detail contains the text.
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

// None fails the test if text contains one of the others.
func None(t testing.TB, text string, others ...string) {
	t.Helper()
	for _, other := range others {
		if strings.Contains(text, other) {
			t.Errorf("%q is in %q", other, text)
		}
	}
}
