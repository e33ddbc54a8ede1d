// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package readtest reads arbitrary JSON as a vendor's response, for fuzz tests.
package readtest

import (
	"strings"
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/jsonread"
	"github.com/edgestats/terraform-provider-edgestats/internal/limit"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

// Fields reads the fields of an object. It fails the test if there is an error that does not name its place.
func Fields(t *testing.T, object []byte, field func(r *jsonread.Reader, name string) error) error {
	t.Helper()
	answer := &transport.Answer{Host: "api.example.com", Body: object}
	err := jsonread.Read(t.Context(), answer, limit.Limits{}, func(r *jsonread.Reader) error {
		return r.Object(func(name string) error { return field(r, name) })
	})
	if err != nil {
		if text := err.Error(); len(text) > 600 || !strings.Contains(text, ": ") {
			t.Errorf("error %q, want one that names the place", text)
		}
	}
	return err
}
