// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"context"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/hashicorp/terraform-plugin-log/tflog"
)

// Secrets are the values that may be in no log and no error. Some are only learnt while the provider works, such as the
// keys of a role. It is safe for concurrent use.
type Secrets struct {
	mu     sync.Mutex
	values []string
}

// Add adds values; empty ones are no secret.
func (s *Secrets) Add(values ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, value := range values {
		if value != "" && !slices.Contains(s.values, value) {
			s.values = append(s.values, value)
		}
	}
}

// Mask returns the text with stars in place of every secret.
func (s *Secrets) Mask(text string) string {
	for _, value := range s.all() {
		text = strings.ReplaceAll(text, value, "***")
	}
	return text
}

// all returns the secrets, longest first: one may be part of another.
func (s *Secrets) all() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	values := slices.Clone(s.values)
	slices.SortStableFunc(values, func(a, b string) int { return len(b) - len(a) })
	return values
}

type secretsKey struct{}

// WithSecrets makes the logs of what is done under the context, and Hide, know the secrets.
func WithSecrets(ctx context.Context, s *Secrets) context.Context {
	return context.WithValue(ctx, secretsKey{}, s)
}

// Hide adds values to the secrets of the context.
func Hide(ctx context.Context, values ...string) {
	if s, ok := ctx.Value(secretsKey{}).(*Secrets); ok {
		s.Add(values...)
	}
}

// masked returns a context whose logger writes stars in place of what is secret by now.
func masked(ctx context.Context) context.Context {
	s, ok := ctx.Value(secretsKey{}).(*Secrets)
	if !ok {
		return ctx
	}
	values := s.all()
	return tflog.MaskMessageStrings(tflog.MaskAllFieldValuesStrings(ctx, values...), values...)
}

// IsSendable reports whether a key or a token can be sent: without white space around it or control characters in it.
func IsSendable(value string) bool {
	return strings.TrimSpace(value) == value && !strings.ContainsFunc(value, unicode.IsControl)
}
