// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package keys stores the Tencent Cloud keys that the emulator accepts: the configured ones and the temporary ones that it
// issues. API 3.0 and the legacy API share them.
package keys

import (
	"crypto/hmac"
	"fmt"
	"sync"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/figures"
)

// Key is a permanent key.
type Key struct {
	SecretKey string
	// Token, unless it is empty, is required in requests that the key signs.
	Token string
}

// Temporary is a set of keys that the emulator has issued, with the vendor's names in JSON.
type Temporary struct {
	SecretID  string `json:"TmpSecretId"`
	SecretKey string `json:"TmpSecretKey"`
	Token     string `json:"Token"`

	expires time.Time
}

// Ring stores keys. It is safe for concurrent use.
type Ring struct {
	source    figures.Source
	permanent map[string]Key

	mu        sync.Mutex
	temporary map[string]Temporary
	issued    uint64
}

// NewRing returns a ring with permanent keys by their IDs. The source determines the temporary keys.
func NewRing(source figures.Source, permanent map[string]Key) *Ring {
	return &Ring{source: source, permanent: permanent, temporary: make(map[string]Temporary)}
}

// Issue issues a set of keys that is valid until the given time.
func (r *Ring) Issue(expires time.Time) Temporary {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.issued++
	draw := func(salt uint64) uint64 { return figures.Mix(r.source.Seed ^ figures.Mix(r.issued<<8|salt)) }
	key := Temporary{
		SecretID:  fmt.Sprintf("AKIDtemporary%016x", draw(1)),
		SecretKey: fmt.Sprintf("temporary%016x%016x", draw(2), draw(3)),
		Token:     fmt.Sprintf("token%016x%016x%016x", draw(4), draw(5), draw(6)),
		expires:   expires,
	}
	r.temporary[key.SecretID] = key
	return key
}

// Revoke makes all temporary keys that were issued so far expire.
func (r *Ring) Revoke() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for id, key := range r.temporary {
		key.expires = time.Time{}
		r.temporary[id] = key
	}
}

// SecretKey returns the secret key of an ID, and whether the ID is known. The IDs of expired keys are known.
func (r *Ring) SecretKey(id string) (string, bool) {
	if key, ok := r.permanent[id]; ok {
		return key.SecretKey, true
	}
	key, ok := r.lookUp(id)
	return key.SecretKey, ok
}

// IsTokenValid reports whether a token is the valid token of a known ID at the given time.
func (r *Ring) IsTokenValid(id, token string, now time.Time) bool {
	if key, ok := r.lookUp(id); ok {
		return hmac.Equal([]byte(key.Token), []byte(token)) && now.Before(key.expires)
	}
	want := r.permanent[id].Token
	return want == "" || hmac.Equal([]byte(want), []byte(token))
}

func (r *Ring) lookUp(id string) (Temporary, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	key, ok := r.temporary[id]
	return key, ok
}
