// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"slices"
	"sync"
	"time"
)

// Limits are the rate limits of the APIs. A limit that is zero is not kept.
type Limits struct {
	// Tencent counts the calls of one account to one action of API 3.0.
	Tencent Rate
	// CDNLegacy counts the calls of one account to the legacy CDN API.
	CDNLegacy Rate
	// CDNetworks counts the calls of one CDNetworks account.
	CDNetworks Rate
	// CDNetworksConcurrent is how many calls a CDNetworks account may have under way at once.
	CDNetworksConcurrent int
}

// Rate allows a number of calls in any stretch of time as long as Period.
type Rate struct {
	Calls  int
	Period time.Duration
}

// DocumentedLimits returns the limits that the vendors publish.
func DocumentedLimits() Limits {
	return Limits{
		Tencent:              Rate{Calls: 20, Period: time.Second},
		CDNLegacy:            Rate{Calls: 100, Period: time.Minute},
		CDNetworks:           Rate{Calls: 300, Period: 5 * time.Minute},
		CDNetworksConcurrent: 10,
	}
}

// limiter counts calls by key. The zero value is ready for use.
type limiter struct {
	mu   sync.Mutex
	seen map[string][]time.Time
	busy map[string]int
}

// allow counts a call and tells whether the rate still allowed it. A refused call is not counted.
func (l *limiter) allow(key string, rate Rate, now time.Time) bool {
	if rate.Calls == 0 {
		return true
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.seen == nil {
		l.seen = make(map[string][]time.Time)
	}
	oldest := now.Add(-rate.Period)
	seen := slices.DeleteFunc(l.seen[key], func(t time.Time) bool { return !t.After(oldest) })
	allowed := len(seen) < rate.Calls
	if allowed {
		seen = append(seen, now)
	}
	l.seen[key] = seen
	return allowed
}

// enter tells whether one more call may be under way. Each call that entered has to leave.
func (l *limiter) enter(key string, most int) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.busy == nil {
		l.busy = make(map[string]int)
	}
	if most > 0 && l.busy[key] >= most {
		return false
	}
	l.busy[key]++
	return true
}

func (l *limiter) leave(key string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.busy[key]--
}
