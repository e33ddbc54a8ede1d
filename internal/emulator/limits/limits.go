// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package limits counts calls and enforces rate limits. It contains the documented limits of the APIs.
package limits

import (
	"slices"
	"sync"
	"time"
)

// Limits are the rate limits of the APIs. A zero limit means no limit.
type Limits struct {
	// Tencent limits the calls of one account to one action of API 3.0.
	Tencent Rate
	// CDNLegacy limits the calls of one account to the legacy CDN API.
	CDNLegacy Rate
	// CDNetworks limits the calls of one CDNetworks account.
	CDNetworks Rate
	// CDNetworksConcurrent is the maximum number of concurrent calls of a CDNetworks account.
	CDNetworksConcurrent int
}

// Rate is the maximum number of calls in any window of length Period.
type Rate struct {
	Calls  int
	Period time.Duration
}

// Documented returns the limits that the vendors publish.
func Documented() Limits {
	return Limits{
		Tencent:              Rate{Calls: 20, Period: time.Second},
		CDNLegacy:            Rate{Calls: 100, Period: time.Minute},
		CDNetworks:           Rate{Calls: 300, Period: 5 * time.Minute},
		CDNetworksConcurrent: 10,
	}
}

// Counter counts calls by key. It is safe for concurrent use, and its zero value is ready for use.
type Counter struct {
	mu   sync.Mutex
	seen map[string][]time.Time
	busy map[string]int
}

// Allow reports whether the rate allows another call. It counts only allowed calls.
func (c *Counter) Allow(key string, rate Rate, now time.Time) bool {
	if rate.Calls == 0 {
		return true
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.seen == nil {
		c.seen = make(map[string][]time.Time)
	}
	oldest := now.Add(-rate.Period)
	seen := slices.DeleteFunc(c.seen[key], func(t time.Time) bool { return !t.After(oldest) })
	allowed := len(seen) < rate.Calls
	if allowed {
		seen = append(seen, now)
	}
	c.seen[key] = seen
	return allowed
}

// Enter begins a call. It returns false if the maximum number of calls is in progress; zero means no maximum. If it returns
// true, the caller must call Leave.
func (c *Counter) Enter(key string, maximum int) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.busy == nil {
		c.busy = make(map[string]int)
	}
	if maximum > 0 && c.busy[key] >= maximum {
		return false
	}
	c.busy[key]++
	return true
}

// Leave ends a call for which Enter returned true.
func (c *Counter) Leave(key string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.busy[key]--
}
