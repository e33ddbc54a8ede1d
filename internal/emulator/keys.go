// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"crypto/hmac"
	"fmt"
	"sync"
	"time"
)

// temporaryKey is a set of keys that the emulator issued.
type temporaryKey struct {
	SecretID  string `json:"TmpSecretId"`
	SecretKey string `json:"TmpSecretKey"`
	Token     string `json:"Token"`

	expires time.Time
}

// keyring holds the temporary keys. Its zero value is ready for use.
type keyring struct {
	mu     sync.Mutex
	keys   map[string]temporaryKey
	issued uint64
}

// issueKey issues a set of keys that can be used until it expires.
func (e *Emulator) issueKey(expires time.Time) temporaryKey {
	e.keys.mu.Lock()
	defer e.keys.mu.Unlock()
	e.keys.issued++
	draw := func(salt uint64) uint64 { return mix(e.options.Seed ^ mix(e.keys.issued<<8|salt)) }
	key := temporaryKey{
		SecretID:  fmt.Sprintf("AKIDtemporary%016x", draw(1)),
		SecretKey: fmt.Sprintf("temporary%016x%016x", draw(2), draw(3)),
		Token:     fmt.Sprintf("token%016x%016x%016x", draw(4), draw(5), draw(6)),
		expires:   expires,
	}
	if e.keys.keys == nil {
		e.keys.keys = make(map[string]temporaryKey)
	}
	e.keys.keys[key.SecretID] = key
	return key
}

// RevokeTemporaryKeys makes the emulator refuse all temporary keys that it has issued so far, as expired ones.
func (e *Emulator) RevokeTemporaryKeys() {
	e.keys.mu.Lock()
	defer e.keys.mu.Unlock()
	for id, key := range e.keys.keys {
		key.expires = time.Time{}
		e.keys.keys[id] = key
	}
}

// secretKey returns what requests with an id are signed with, and whether the id is known.
func (e *Emulator) secretKey(id string) (string, bool) {
	if id == e.options.SecretID {
		return e.options.SecretKey, true
	}
	if key, ok := e.options.Keys[id]; ok {
		return key, true
	}
	key, ok := e.temporaryKey(id)
	return key.SecretKey, ok
}

func (e *Emulator) temporaryKey(id string) (temporaryKey, bool) {
	e.keys.mu.Lock()
	defer e.keys.mu.Unlock()
	key, ok := e.keys.keys[id]
	return key, ok
}

// isTokenValid tells whether a token goes with a known id at a time.
func (e *Emulator) isTokenValid(id, token string, now time.Time) bool {
	if key, ok := e.temporaryKey(id); ok {
		return hmac.Equal([]byte(key.Token), []byte(token)) && now.Before(key.expires)
	}
	return id != e.options.SecretID || e.options.Token == "" || hmac.Equal([]byte(e.options.Token), []byte(token))
}
