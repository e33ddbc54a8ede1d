// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"hash/fnv"
	"strings"
	"time"
)

// The vendors count in slots of five minutes; MNA also in minutes.
const (
	minuteSeconds = 60
	slotSeconds   = 5 * minuteSeconds
	hourSeconds   = 12 * slotSeconds
	daySeconds    = 24 * hourSeconds
)

// chinaOffset is the distance of UTC+8 from UTC. Its zone decides where days begin and when traffic peaks.
const chinaOffset = 8 * hourSeconds

// chinaTime is the vendors' zone.
var chinaTime = time.FixedZone("UTC+8", chinaOffset)

// daily is the load of each hour of the day in UTC+8, in thousandths of the mean: low before dawn, a shoulder
// at noon, a peak in the evening.
var daily = [24]int64{
	780, 590, 450, 370, 340, 360, 450, 620, 810, 960, 1060, 1130,
	1190, 1160, 1100, 1080, 1090, 1140, 1250, 1420, 1570, 1610, 1430, 1070,
}

// series is one stream of whole numbers, one for each slot, in the vendor's smallest unit.
type series struct {
	key  uint64
	mean int64
}

// series returns the stream that the parts name, for example API, metric, device and region. Its mean for a
// slot is drawn from half to one and a half times the given one.
func (e *Emulator) series(mean int64, parts ...string) series {
	h := fnv.New64a()
	for _, part := range parts {
		_, _ = h.Write([]byte(part + "\x00"))
	}
	key := mix(h.Sum64() ^ mix(e.options.Seed))
	return series{key: key, mean: perMille(mean, 500+draw(key, 1001))}
}

// slot returns the figure of the slot with number n, counted from the Unix epoch. It is never negative.
func (s series) slot(n int64) int64 {
	day := (n*slotSeconds + chinaOffset) / daySeconds
	v := perMille(s.mean, loadAt(n*slotSeconds))
	v = perMille(v, 850+draw(s.key^mix(uint64(day)), 301))
	noise := mix(s.key + uint64(n))
	v = perMille(v, 800+draw(noise, 401))
	if draw(mix(noise), 150) == 0 {
		v += v / 2
	}
	return v
}

// sum adds up the figures between two times in Unix seconds, the second one excluded. Both are whole minutes:
// the five minutes of a slot add up to the slot exactly.
func (s series) sum(from, to int64) int64 {
	if to <= from {
		return 0
	}
	first, last := from/slotSeconds, to/slotSeconds
	total := s.part(last, to%slotSeconds) - s.part(first, from%slotSeconds)
	for n := first; n < last; n++ {
		total += s.slot(n)
	}
	return total
}

// part returns what the first seconds of a slot, whole minutes, contribute to it.
func (s series) part(n, seconds int64) int64 {
	if seconds == 0 {
		return 0
	}
	var done, all int64
	for minute := range int64(slotSeconds / minuteSeconds) {
		weight := 70 + draw(mix(s.key+uint64(n))+uint64(minute), 61)
		all += weight
		if minute*minuteSeconds < seconds {
			done += weight
		}
	}
	return s.slot(n) * done / all
}

// loadAt returns the daily curve at a time in Unix seconds, in thousandths, straight between the hours.
func loadAt(seconds int64) int64 {
	second := (seconds + chinaOffset) % daySeconds
	hour, rest := second/hourSeconds, second%hourSeconds
	from, to := daily[hour], daily[(hour+1)%int64(len(daily))]
	return from + (to-from)*rest/hourSeconds
}

func perMille(v, thousandths int64) int64 { return v * thousandths / 1000 }

// draw returns a number from 0 to n-1.
func draw(key, n uint64) int64 { return int64(mix(key) % n) }

// mix is the finalizer of SplitMix64: it spreads a number over all 64 bits.
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// isIdle tells whether a name stands for something that exists but has no traffic.
func isIdle(name string) bool { return strings.HasPrefix(name, "idle") }

// isMissing tells whether a name stands for something that does not exist.
func isMissing(name string) bool { return strings.HasPrefix(name, "missing") }
