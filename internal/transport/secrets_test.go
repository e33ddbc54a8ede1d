// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-log/tflogtest"
)

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

// A secret may be learnt within the attempt whose failure is logged.
func TestSecretsLearntLateStayOutOfTheLog(t *testing.T) {
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
