// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-log/tflogtest"

	"github.com/edgestats/terraform-provider-edgestats/internal/excerpt"
)

// A server may repeat the credential of the request in its answer.
func TestExchangeHidesTheCredentialOfTheRequest(t *testing.T) {
	url := serve(t, func(http.ResponseWriter, *http.Request) {})
	for header, secrets := range map[string][]string{
		"Basic dXNlcjpwYXNzd29yZA==":                       {"dXNlcjpwYXNzd29yZA==", "password"},
		"TC3 Credential=AKIDexample, Signature=0a1b2c3d4e": {"0a1b2c3d4e", "0A1B2C3D4E"},
	} {
		s := new(Secrets)
		req, err := http.NewRequestWithContext(WithSecrets(t.Context(), s), http.MethodGet, url, http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Authorization", header)
		if _, err := newTestClient(t).Exchange(req); err != nil {
			t.Fatal(err)
		}
		for _, secret := range secrets {
			if got := s.Mask("got " + secret); got != "got ***" {
				t.Errorf("%s: %q", header, got)
			}
		}
	}
}

func TestExcerptsOfSecretsAreMasked(t *testing.T) {
	const secret = "canary/SecretKey"
	var s Secrets
	s.Add(secret)
	for before := range 37 { // At least three characters of the secret are left.
		quoted := excerpt.Quote(strings.Repeat("-", before) + secret + strings.Repeat("-", 40))
		if got := s.Mask(quoted); strings.Contains(got, "can") || !strings.Contains(got, stars) {
			t.Errorf("%s is left of %s", got, quoted)
		}
	}
}

func TestTheLongestSecretIsMasked(t *testing.T) {
	var s Secrets
	s.Add("one-part", "", "short", "one-part-of-more", "one-part")
	if got, want := s.Mask("a one-part-of-more, a one-part, and none-part, short"), "a ***, a ***, and n***, short"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if len(s.configured.values) != 2 {
		t.Errorf("%d secrets are kept, want 2", len(s.configured.values))
	}
}

func TestSecretsLearnedDuringAnAttemptAreMasked(t *testing.T) {
	var log bytes.Buffer
	ctx := WithSecrets(tflogtest.RootLogger(t.Context(), &log), &Secrets{})
	p := Policy{API: "api", Limiter: unlimited(), MaxRetries: 1}
	tries := 0
	_, err := Do(ctx, p, func(ctx context.Context) (int, error) {
		tries++
		if tries > 1 {
			return 0, nil
		}
		Hide(ctx, "the-canary")
		return 0, &NetworkError{Problem: "the vendor said the-canary", Verdict: Retry, Err: errors.ErrUnsupported}
	})
	if err != nil {
		t.Fatal(err)
	}
	if text := log.String(); !strings.Contains(text, "the vendor said ***") || strings.Contains(text, "the-canary") {
		t.Errorf("logged is %s", text)
	}
}
