// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package cdnetworks

import (
	"net/http"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

// FuzzEnvelope opens any answer. Only a success with code 0 has data, and every error is safe to show.
func FuzzEnvelope(f *testing.F) {
	for _, body := range []string{`{"code": "0", "data": {}}`, `{"code": 24001125}`, `<html><title>Sign in</title>`, `<response><code>1</code></response>`, ``} {
		f.Add(http.StatusOK, body)
		f.Add(http.StatusUnauthorized, body)
		f.Add(statusTooFrequent, body)
	}
	c := New(Config{Clock: clock.NewCorrected(clock.At(time.Date(2026, 1, 15, 12, 0, 0, 0, time.UTC)))})
	f.Fuzz(func(t *testing.T, status int, body string) {
		answer := &transport.Answer{Host: "api.example.com", Status: status, Header: make(http.Header), Body: []byte(body)}
		report, err := c.report(t.Context(), answer, RelayTrafficRequest{}, shanghai)
		if err == nil {
			if status > 299 || !strings.Contains(body, "0") {
				t.Errorf("HTTP %d %q is a success with %+v", status, body, report)
			}
			return
		}
		if text := err.Error(); !utf8.ValidString(text) || utf8.RuneCountInString(text) > 1200 || strings.ContainsFunc(text, unicode.IsControl) {
			t.Errorf("the error is not safe to show: %q", text)
		}
	})
}
