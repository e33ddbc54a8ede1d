// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package tencentcloud

import (
	"context"
	"strconv"
	"sync"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

// maxRenewal is the longest time before their expiry at which keys are renewed. Keys that live for less than ten times
// as long are renewed when a tenth of their life is left.
const maxRenewal = 5 * time.Minute

// Temporary is a source of keys that are issued by somebody else, and issued anew before they expire or once they are
// refused. However many attempts need keys at the same time, they are issued once. It is safe for concurrent use.
type Temporary struct {
	origin Origin
	name   string
	clock  clock.Clock
	issue  func(context.Context) (Issued, error)
	memo   *transport.Memo

	mu      sync.Mutex
	keys    Credential
	renewal time.Time // Zero for keys that are not known to expire.
	number  int       // How many sets were issued.
	refused bool
}

// NewTemporary returns a source of the keys that issue returns. Origin and name are for errors.
func NewTemporary(origin Origin, name string, c clock.Clock, issue func(context.Context) (Issued, error)) *Temporary {
	return &Temporary{origin: origin, name: name, clock: c, issue: issue, memo: transport.NewMemo()}
}

// Credential returns the keys that are held, or new ones where those are about to expire.
func (t *Temporary) Credential(ctx context.Context) (Credential, error) {
	keys, number, valid := t.held()
	if valid {
		return keys, nil
	}
	// Whoever misses the same set asks the same question, and so gets the same answer.
	keys, err := transport.Once(ctx, t.memo, strconv.Itoa(number), t.next)
	if err != nil {
		return Credential{}, &CredentialError{Origin: t.origin, Name: t.name, Err: err}
	}
	return keys, nil
}

func (t *Temporary) held() (keys Credential, number int, valid bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	valid = t.number > 0 && !t.refused && (t.renewal.IsZero() || t.clock.Now().Before(t.renewal))
	return t.keys, t.number, valid
}

// next has keys issued and holds them.
func (t *Temporary) next(ctx context.Context) (Credential, error) {
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
	t.keys, t.renewal, t.refused = issued.Credential, renewal(t.clock.Now(), issued.Expires), false
	t.number++
	return t.keys, nil
}

func renewal(now, expires time.Time) time.Time {
	if expires.IsZero() {
		return expires
	}
	return expires.Add(-min(maxRenewal, expires.Sub(now)/10))
}

// Refused has the next attempt get other keys, if those that are held are the refused ones. It reports that there may
// be others, unless the keys are permanent.
func (t *Temporary) Refused(secretID string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.keys.Token == "" {
		return false
	}
	t.refused = t.refused || t.keys.SecretID == secretID
	return true
}
