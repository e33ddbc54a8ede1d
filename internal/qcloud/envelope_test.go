// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package qcloud

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
	for _, body := range []string{`{"code": 0, "data": []}`, `{"code": "4400"}`, `<html><title>Sign in</title>`, ``} {
		f.Add(http.StatusOK, body)
		f.Add(http.StatusForbidden, body)
		f.Add(http.StatusTooManyRequests, body)
	}
	noon := time.Date(2026, 1, 15, 12, 0, 0, 0, time.UTC)
	c := New(Config{Clock: clock.NewCorrected(clock.At(noon))})
	f.Fuzz(func(t *testing.T, status int, body string) {
		answer := &transport.Answer{Host: "cdn.example.com", Status: status, Header: make(http.Header), Body: []byte(body)}
		series, err := c.series(t.Context(), answer, signature{at: noon}, part{})
		if err == nil {
			if status > 299 || !strings.Contains(body, "0") {
				t.Errorf("HTTP %d %q is a success with %+v", status, body, series)
			}
			return
		}
		if text := err.Error(); !utf8.ValidString(text) || utf8.RuneCountInString(text) > 1200 || strings.ContainsFunc(text, unicode.IsControl) {
			t.Errorf("the error is not safe to show: %q", text)
		}
	})
}
