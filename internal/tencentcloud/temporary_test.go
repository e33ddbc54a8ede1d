// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package tencentcloud

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

// issuer issues numbered keys with a lifetime, after a delay.
type issuer struct {
	delay, life time.Duration
	issued      atomic.Int64
}

func (i *issuer) issue(ctx context.Context) (Issued, error) {
	select {
	case <-time.After(i.delay):
	case <-ctx.Done():
		return Issued{}, ctx.Err()
	}
	n := i.issued.Add(1)
	keys := Issued{Credential: Credential{fmt.Sprintf("AKIDexample%d", n), "example-secret-key", "example-token"}}
	if i.life != 0 {
		keys.Expires = time.Now().Add(i.life)
	}
	return keys, nil
}

func (i *issuer) source() *Temporary {
	return NewTemporary(AssumedRole, "example", clock.System{}, i.issue)
}

// together asks a source from many goroutines at once and returns the key IDs.
func together(ctx context.Context, source CredentialSource) map[string]int {
	var mu sync.Mutex
	var all sync.WaitGroup
	ids := make(map[string]int)
	for range 50 {
		all.Go(func() {
			keys, err := source.Credential(ctx)
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				keys.SecretID = err.Error()
			}
			ids[keys.SecretID]++
		})
	}
	all.Wait()
	return ids
}

func TestTemporaryKeysAreIssuedOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		i := &issuer{delay: time.Second, life: time.Hour}
		source := i.source()
		for n := 1; n <= 3; n++ {
			if ids, want := together(t.Context(), source), fmt.Sprintf("AKIDexample%d", n); ids[want] != 50 {
				t.Fatalf("got %v, want 50 times %s", ids, want)
			}
			<-time.After(time.Hour)
		}
	})
}

func TestTemporaryKeysAreRenewedBeforeTheyExpire(t *testing.T) {
	for life, want := range map[time.Duration]time.Duration{
		2 * time.Hour:    2*time.Hour - 5*time.Minute,
		30 * time.Minute: 27 * time.Minute,
		10 * time.Second: 9 * time.Second,
		0:                0,
	} {
		synctest.Test(t, func(t *testing.T) {
			i := &issuer{life: life}
			source := i.source()
			began := time.Now()
			for i.issued.Load() < 2 && time.Since(began) < 24*time.Hour {
				if _, err := source.Credential(t.Context()); err != nil {
					t.Fatal(err)
				}
				<-time.After(time.Second)
			}
			got := time.Since(began) - time.Second
			if life == 0 {
				if i.issued.Load() != 1 {
					t.Error("keys that do not expire were renewed")
				}
			} else if got != want {
				t.Errorf("keys that live for %s were renewed after %s, want %s", life, got, want)
			}
		})
	}
}

func TestRefusedKeysAreReplacedOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		i := &issuer{life: time.Hour}
		source := i.source()
		old, err := source.Credential(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		// Many attempts report the same keys as refused, the last one after they were replaced.
		for range 50 {
			if !source.Refused(old.SecretID) {
				t.Error("there are no other keys")
			}
		}
		together(t.Context(), source)
		source.Refused(old.SecretID)
		if ids := together(t.Context(), source); ids["AKIDexample2"] != 50 {
			t.Errorf("got %v, want the second keys", ids)
		}
	})
}

// Expired keys cause neither many requests nor failures after the next keys have been issued.
func TestExpiredKeysAreRefused(t *testing.T) {
	for life, requests := range map[time.Duration]int64{-24 * time.Hour: 3, -time.Second: 3, time.Nanosecond: 3, time.Second: 3, 2 * time.Second: 12} {
		synctest.Test(t, func(t *testing.T) {
			i := &issuer{life: life}
			source := i.source()
			began := time.Now()
			for range 30 {
				_, err := source.Credential(t.Context())
				if life < minLife {
					want := "they expire at " + began.Add(life).UTC().Format(time.RFC3339)
					if !errors.Is(err, ErrExpired) || began.Equal(time.Now()) && !strings.Contains(err.Error(), want+", and the time here is "+began.UTC().Format(time.RFC3339)) {
						t.Errorf("%s: %v", life, err)
					}
				} else if err != nil {
					t.Errorf("%s: %v", life, err)
				}
				<-time.After(700 * time.Millisecond)
			}
			if got := i.issued.Load(); got > requests {
				t.Errorf("keys that live for %s were requested %d times within 21s", life, got)
			}
			i.life = time.Hour
			<-time.After(expiredPause)
			if _, err := source.Credential(t.Context()); err != nil {
				t.Errorf("later keys: %v", err)
			}
		})
	}
}

func TestACancelledReadDoesNotCancelTheRequestOfOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		i := &issuer{delay: time.Minute, life: time.Hour}
		source := i.source()
		first, leave := context.WithCancel(t.Context())
		ended := make(chan error)
		go func() {
			_, err := source.Credential(first)
			ended <- err
		}()
		synctest.Wait() // The first one asks.
		go func() {
			<-time.After(time.Second)
			leave()
		}()
		if ids := together(t.Context(), source); ids["AKIDexample1"] != 50 {
			t.Errorf("got %v", ids)
		}
		if err := <-ended; !transport.IsCancelled(err) {
			t.Errorf("who left got %v", err)
		}
	})
}

func TestInvalidKeysAreErrors(t *testing.T) {
	failure := errors.New("no answer")
	for name, test := range map[string]struct {
		issued Issued
		err    error
		want   string
	}{
		"no answer":      {err: failure, want: "no keys from the role example: no answer"},
		"no secret":      {issued: Issued{Credential: Credential{SecretID: "AKIDexample"}}, want: "the ID or the secret of the key is missing"},
		"a short secret": {issued: Issued{Credential: Credential{"AKIDexample", "canary1", ""}}, want: "the secret of the key has fewer than 8 characters"},
		"a short token":  {issued: Issued{Credential: Credential{"AKIDexample", "canary-key", "canary1"}}, want: "the token has fewer than 8 characters"},
		"a line break":   {issued: Issued{Credential: Credential{"AKIDexample", "canary-key", "canary-token\n"}}, want: "white space"},
		"a header more":  {issued: Issued{Credential: Credential{"AKIDexample", "canary-key", "canary\r\ntoken"}}, want: "control character"},
	} {
		t.Run(name, func(t *testing.T) {
			source := NewTemporary(AssumedRole, "example", clock.At(noon), func(context.Context) (Issued, error) { return test.issued, test.err })
			_, err := source.Credential(t.Context())
			got, ok := errors.AsType[*CredentialError](err)
			if !ok || got.Judge().Verdict != transport.Final || !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "canary") {
				t.Errorf("got %v, want %s", err, test.want)
			}
		})
	}
}
