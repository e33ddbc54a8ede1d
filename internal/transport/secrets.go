// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"context"
	"maps"
	"net/url"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

const (
	// MinSecret is the minimum number of characters of a secret. A shorter one could not be masked: its characters occur
	// in ordinary words.
	MinSecret = 8
	// maxLearnt is how many secrets learned at run time are remembered at least; up to twice as many are.
	maxLearnt = 1024
	// maxMasked is the maximum length in bytes of a masked text.
	maxMasked = 64 << 10
)

// Secrets are the values that must not appear in a log or an error. Some are in the configuration, others are learned
// while the provider works: the keys of a role, and the signature of each attempt. It is safe for concurrent use.
type Secrets struct {
	mu         sync.RWMutex
	configured forms
	// Older values are forgotten once recent ones are many, so that a long run does not grow for ever.
	recent, older forms
}

// Add adds secrets of the configuration. Values below MinSecret are ignored.
func (s *Secrets) Add(values ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, value := range values {
		s.configured.add(value)
	}
}

// learn adds secrets that are used once or for a while. The last 1024 different ones are masked.
func (s *Secrets) learn(values []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, value := range values {
		if s.configured.has(value) {
			continue
		}
		if len(s.recent.values) >= maxLearnt && !s.recent.has(value) {
			s.recent, s.older = forms{}, s.recent
		}
		s.recent.add(value)
	}
}

// Mask returns the text with stars in place of every secret, in whichever encoding it is there: with the escapes of
// JSON, URLs or HTML, up to three of them on top of each other, in base64, also within a longer text, or in hexadecimal.
// So is the beginning of a secret where a text was cut. Texts are cut after 64 KiB.
func (s *Secrets) Mask(text string) string {
	if len(text) > maxMasked {
		text = strings.ToValidUTF8(text[:maxMasked], "") + "…"
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	return mask(text, &s.configured, &s.recent, &s.older)
}

type secretsKey struct{}

// WithSecrets returns a context under which logs are masked, and to whose secrets Hide adds.
func WithSecrets(ctx context.Context, s *Secrets) context.Context {
	return context.WithValue(ctx, secretsKey{}, s)
}

func secretsOf(ctx context.Context) *Secrets {
	s, _ := ctx.Value(secretsKey{}).(*Secrets)
	return s
}

// Hide masks values from now on in the errors and logs of what is done under the context. Call it in every attempt with
// the secrets that the attempt is signed with and with the signature itself: only the most recent values are remembered.
func Hide(ctx context.Context, values ...string) {
	if s := secretsOf(ctx); s != nil {
		s.learn(values)
	}
}

// hideQuery hides what makes a URL work: the long values in its query.
func hideQuery(ctx context.Context, address *url.URL) {
	for _, values := range address.Query() {
		for _, value := range values {
			if len(value) >= 2*MinSecret {
				Hide(ctx, value)
			}
		}
	}
}

// masked returns the fields of a log entry with stars in place of the secrets that are known by now.
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

// IsSendable reports whether a key or a token can be sent: without white space around it or control characters in it.
func IsSendable(value string) bool {
	return strings.TrimSpace(value) == value && !strings.ContainsFunc(value, unicode.IsControl)
}

// IsMaskable reports whether a secret is long enough to be masked.
func IsMaskable(value string) bool { return utf8.RuneCountInString(value) >= MinSecret }
