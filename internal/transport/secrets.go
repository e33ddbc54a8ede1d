// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"context"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/edgestats/terraform-provider-edgestats/internal/excerpt"
)

const (
	// MinSecret is the minimum number of characters of a secret. Shorter values are not masked, because they can occur in
	// ordinary words.
	MinSecret = 8
	// maxLearned is the number of most recently learned secrets that are always masked. Up to twice as many are kept.
	maxLearned = 1024
	// maxMasked is the maximum number of bytes of a text that Mask returns. It cuts off the rest.
	maxMasked = 64 << 10
)

// Secrets holds the values that must not appear in a log or an error: those of the configuration, and those that the
// provider learns at run time, such as the keys of a role and the signature of each attempt. It is safe for concurrent use.
type Secrets struct {
	mu         sync.RWMutex
	configured forms
	// recent and older hold learned secrets. When recent is full, it replaces older, so that memory does not grow in a long
	// run.
	recent, older forms
}

// Add adds secrets of the configuration. It ignores values of fewer than MinSecret characters.
func (s *Secrets) Add(values ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, value := range values {
		s.configured.add(value)
	}
}

// learn adds secrets that are used for a limited time. At least the last 1024 different ones are masked.
func (s *Secrets) learn(values []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, value := range values {
		if s.configured.has(value) {
			continue
		}
		if len(s.recent.values) >= maxLearned && !s.recent.has(value) {
			s.recent, s.older = forms{}, s.recent
		}
		s.recent.add(value)
	}
}

// Mask returns the text with stars in place of every secret. It finds secrets as they are, with up to three nested escapes
// of JSON, URLs or HTML, in base64 (alone or within a longer encoded text) and in hexadecimal. Where the text was cut, it
// also masks the beginning of a secret. It cuts texts after 64 KiB.
func (s *Secrets) Mask(text string) string {
	if len(text) > maxMasked {
		text = strings.ToValidUTF8(text[:maxMasked], "") + excerpt.Ellipsis
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	return mask(text, &s.configured, &s.recent, &s.older)
}

type secretsKey struct{}

// WithSecrets returns a context whose logs are masked with s. Hide adds secrets to s.
func WithSecrets(ctx context.Context, s *Secrets) context.Context {
	return context.WithValue(ctx, secretsKey{}, s)
}

func secretsOf(ctx context.Context) *Secrets {
	s, _ := ctx.Value(secretsKey{}).(*Secrets)
	return s
}

// Hide masks values in all later logs and errors of calls with this context. Call it in every attempt with the secrets that
// the attempt uses, because only the most recent values are remembered. Signatures in the Authorization header are hidden
// automatically.
func Hide(ctx context.Context, values ...string) {
	if s := secretsOf(ctx); s != nil {
		s.learn(values)
	}
}

// hideAuthorization hides the credential of a request: the password of Basic authentication, or the signature.
func hideAuthorization(req *http.Request) {
	header := req.Header.Get("Authorization")
	if _, password, ok := req.BasicAuth(); ok {
		Hide(req.Context(), password, strings.TrimPrefix(header, "Basic "))
	}
	if _, signature, ok := strings.Cut(header, "Signature="); ok {
		Hide(req.Context(), signature, strings.ToUpper(signature))
	}
}

// hideQuery hides the long values in a URL's query, such as the signature of a presigned URL.
func hideQuery(ctx context.Context, address *url.URL) {
	for _, values := range address.Query() {
		for _, value := range values {
			if len(value) >= 2*MinSecret {
				Hide(ctx, value)
			}
		}
	}
}

// masked returns the fields of a log entry with stars in place of the secrets that are known so far.
func masked(ctx context.Context, fields map[string]any) map[string]any {
	s := secretsOf(ctx)
	if s == nil {
		return fields
	}
	fields = maps.Clone(fields)
	for name, value := range fields {
		if text, ok := value.(string); ok {
			fields[name] = s.Mask(text)
		}
	}
	return fields
}

// IsSendable reports whether a key or a token can be sent: it has no leading or trailing white space and no control
// characters.
func IsSendable(value string) bool {
	return strings.TrimSpace(value) == value && !strings.ContainsFunc(value, unicode.IsControl)
}

// IsMaskable reports whether a secret is long enough to be masked.
func IsMaskable(value string) bool { return utf8.RuneCountInString(value) >= MinSecret }
