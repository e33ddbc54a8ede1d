// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package figures invents the data of the emulated accounts: series of traffic, names, identifiers. The same seed produces
// the same figures, and the same hour has the same figures in every window. Figures of a single API, such as a table of
// regions, are in the package of that API.
package figures

import (
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Lengths of time in seconds. The vendors count in slots of five minutes; MNA and CDN also count in minutes.
const (
	Minute = 60
	Slot   = 5 * Minute
	Hour   = 12 * Slot
	Day    = 24 * Hour
)

// ChinaOffset is the offset of UTC+8 in seconds. Days and daily curves follow this time zone.
const ChinaOffset = 8 * Hour

// ChinaTime is UTC+8, the vendors' time zone.
var ChinaTime = time.FixedZone("UTC+8", ChinaOffset)

// Source generates figures from a seed.
type Source struct{ Seed uint64 }

// PerMille returns the given number of thousandths of v.
func PerMille(v, thousandths int64) int64 { return v * thousandths / 1000 }

// Draw returns a number from 0 to n-1 that depends only on the seed and on a name of several parts.
func (s Source) Draw(n uint64, parts ...string) int64 { return Draw(s.key(parts), n) }

// Draw returns a number from 0 to n-1 that depends only on the key.
func Draw(key, n uint64) int64 { return int64(Mix(key) % n) }

// Mix is the finalizer of SplitMix64: it spreads a number over all 64 bits.
func Mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// IsIdle reports whether something with this name exists but has no traffic.
func IsIdle(name string) bool { return strings.HasPrefix(name, "idle") }

// IsMissing reports whether nothing with this name exists.
func IsMissing(name string) bool { return strings.HasPrefix(name, "missing") }

// Number returns the number after the prefix in a name, such as 7 in mna-dev7. It returns 0 if the name has another form.
// Numbers begin with 1.
func Number(name, prefix string) int {
	digits, found := strings.CutPrefix(name, prefix)
	n, err := strconv.Atoi(digits)
	if !found || err != nil || n < 1 || strconv.Itoa(n) != digits {
		return 0
	}
	return n
}

// Domains returns the domains of the account.
func Domains() []string {
	return []string{"www.example.com", "static.example.com", "download.example.com"}
}

// IDs generates request IDs. It is safe for concurrent use.
type IDs struct {
	Source

	mu   sync.Mutex
	last uint64
}

// Next returns a new ID in the form of a random UUID.
func (i *IDs) Next() string {
	i.mu.Lock()
	i.last++
	n := i.last
	i.mu.Unlock()
	high, low := Mix(i.Seed^Mix(n)), Mix(i.Seed+n)
	return fmt.Sprintf("%08x-%04x-4%03x-a%03x-%012x",
		high>>32, high>>16&0xffff, high&0xfff, low>>48&0xfff, low&0xffffffffffff)
}
