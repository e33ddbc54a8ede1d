// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package figures

import "hash/fnv"

// daily is the load of each hour of the day in UTC+8, in thousandths of the mean: low before dawn, higher at noon, highest in
// the evening.
var daily = [24]int64{
	780, 590, 450, 370, 340, 360, 450, 620, 810, 960, 1060, 1130,
	1190, 1160, 1100, 1080, 1090, 1140, 1250, 1420, 1570, 1610, 1430, 1070,
}

// Series is a series with one figure per slot, a whole number in the vendor's smallest unit.
type Series struct {
	key  uint64
	mean int64
}

// Series returns the series with a name of several parts, for example API, device and region. Its mean is 50% to 150% of
// the given one.
func (s Source) Series(mean int64, parts ...string) Series {
	key := s.key(parts)
	return Series{key: key, mean: PerMille(mean, 500+Draw(key, 1001))}
}

// key returns a key that depends on the seed and on a name of several parts.
func (s Source) key(parts []string) uint64 {
	h := fnv.New64a()
	for _, part := range parts {
		_, _ = h.Write([]byte(part + "\x00"))
	}
	return Mix(h.Sum64() ^ Mix(s.Seed))
}

// Slot returns the figure of the slot with number n, counted from the Unix epoch. It is never negative.
func (s Series) Slot(n int64) int64 {
	day := (n*Slot + ChinaOffset) / Day
	v := PerMille(s.mean, loadAt(n*Slot))
	v = PerMille(v, 850+Draw(s.key^Mix(uint64(day)), 301))
	noise := Mix(s.key + uint64(n))
	v = PerMille(v, 800+Draw(noise, 401))
	if Draw(Mix(noise), 150) == 0 {
		v += v / 2
	}
	return v
}

// Sum adds up the figures from one time to another, exclusive, in Unix seconds. Both must be whole minutes. The five
// minutes of a slot add up to its figure exactly.
func (s Series) Sum(from, to int64) int64 {
	if to <= from {
		return 0
	}
	first, last := from/Slot, to/Slot
	total := s.part(last, to%Slot) - s.part(first, from%Slot)
	for n := first; n < last; n++ {
		total += s.Slot(n)
	}
	return total
}

// part returns the share of the first seconds in the figure of a slot. seconds must be whole minutes.
func (s Series) part(n, seconds int64) int64 {
	if seconds == 0 {
		return 0
	}
	var done, all int64
	for minute := range int64(Slot / Minute) {
		weight := 70 + Draw(Mix(s.key+uint64(n))+uint64(minute), 61)
		all += weight
		if minute*Minute < seconds {
			done += weight
		}
	}
	return s.Slot(n) * done / all
}

// loadAt returns the value of the daily curve at a time in Unix seconds, in thousandths. It is linear between hours.
func loadAt(seconds int64) int64 {
	second := (seconds + ChinaOffset) % Day
	hour, rest := second/Hour, second%Hour
	from, to := daily[hour], daily[(hour+1)%int64(len(daily))]
	return from + (to-from)*rest/Hour
}

// Key returns the key for drawing the details of a slot.
func (s Series) Key(slot int64) uint64 { return Mix(s.key ^ Mix(uint64(slot))) }
