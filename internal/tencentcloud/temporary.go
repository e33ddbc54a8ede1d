// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package tencentcloud

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

const (
	// maxRenewal is the maximum time before their expiry at which keys are renewed. Keys with a lifetime of less than 50
	// minutes are renewed when a tenth of their lifetime is left.
	maxRenewal = 5 * time.Minute
	// minLife is the minimum remaining lifetime of new keys. With less, every call would need new keys.
	minLife = 2 * time.Second
	// expiredPause is how long no new keys are requested after the vendor has issued expired keys.
	expiredPause = 10 * time.Second
)

// Temporary is a source of temporary keys. It requests keys when they are first needed, and again before they expire or
// after the vendor has refused them. Attempts that need keys at the same time share one request. It is safe for concurrent
// use.
type Temporary struct {
	origin Origin
	name   string
	clock  clock.Clock
	issue  func(context.Context) (Issued, error)
	memo   *transport.Memo

	mu      sync.Mutex
	keys    Credential
	renewal time.Time // Zero if the expiry is unknown.
	number  int       // How many sets of keys were issued.
	refused bool
	// expired is the error of keys that had already expired when they were issued. Until the given time, it is returned
	// without a new request.
	expired error
	until   time.Time
}

// NewTemporary returns a source of the keys that issue returns. Errors contain the origin and the name.
func NewTemporary(origin Origin, name string, c clock.Clock, issue func(context.Context) (Issued, error)) *Temporary {
	return &Temporary{origin: origin, name: name, clock: c, issue: issue, memo: transport.NewMemo()}
}

// Credential returns the current keys, or new ones if the current ones are about to expire.
func (t *Temporary) Credential(ctx context.Context) (Credential, error) {
	keys, number, valid := t.current()
	if valid {
		return keys, nil
	}
	// Calls that wait for the same set of keys share one request, because they ask the same question.
	keys, err := transport.Once(ctx, t.memo, strconv.Itoa(number), t.request)
	if err != nil {
		return Credential{}, &CredentialError{Origin: t.origin, Name: t.name, Err: err}
	}
	return keys, nil
}

func (t *Temporary) current() (keys Credential, number int, valid bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	valid = t.number > 0 && !t.refused && (t.renewal.IsZero() || t.clock.Now().Before(t.renewal))
	return t.keys, t.number, valid
}

// request requests keys and stores them.
func (t *Temporary) request(ctx context.Context) (Credential, error) {
	if err := t.recentlyExpired(); err != nil {
		return Credential{}, err
	}
	issued, err := t.issue(ctx)
	if err != nil {
		return Credential{}, err
	}
	if err := issued.check(); err != nil {
		return Credential{}, err
	}
	transport.Hide(ctx, issued.SecretKey, issued.Token)
	t.mu.Lock()
	defer t.mu.Unlock()
	now := t.clock.Now()
	if !issued.Expires.IsZero() && issued.Expires.Sub(now) < minLife {
		t.expired, t.until = expiredError(issued.Expires, now), now.Add(expiredPause)
		return Credential{}, t.expired
	}
	t.keys, t.renewal, t.refused = issued.Credential, renewal(now, issued.Expires), false
	t.number++
	return t.keys, nil
}

// recentlyExpired returns an error if expired keys were issued within expiredPause.
func (t *Temporary) recentlyExpired() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.clock.Now().Before(t.until) {
		return t.expired
	}
	return nil
}

// ErrExpired is the error of new keys that have already expired or will expire within two seconds.
var ErrExpired = errors.New("the keys had expired when they arrived, or were about to")

func expiredError(expires, now time.Time) error {
	return fmt.Errorf("%w: they expire at %s, and the time here is %s",
		ErrExpired, expires.UTC().Format(time.RFC3339), now.UTC().Format(time.RFC3339))
}

func renewal(now, expires time.Time) time.Time {
	if expires.IsZero() {
		return expires
	}
	return expires.Add(-min(maxRenewal, expires.Sub(now)/10))
}

// Refused makes the next attempt request new keys if the current keys have this ID. It returns false for permanent keys,
// which cannot be replaced.
func (t *Temporary) Refused(secretID string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.keys.Token == "" {
		return false
	}
	t.refused = t.refused || t.keys.SecretID == secretID
	return true
}
