// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package split

// Matcher matches the elements of several responses by key. If a response has several elements with one key, the first
// matches the first one in the other responses, the second matches the second one, and so on. The zero value is ready to
// use.
type Matcher[K comparable] struct {
	places map[occurrence[K]]int
	seen   map[K]int
}

type occurrence[K comparable] struct {
	key K
	nth int
}

// Next starts the next response. Call it before each response, including the first.
func (m *Matcher[K]) Next() { m.seen = make(map[K]int) }

// Match returns the index of an element among all distinct elements, in order of their first appearance. known is false at
// the first appearance.
func (m *Matcher[K]) Match(key K) (place int, known bool) {
	element := occurrence[K]{key, m.seen[key]}
	m.seen[key]++
	place, known = m.places[element]
	if !known {
		if m.places == nil {
			m.places = make(map[occurrence[K]]int)
		}
		place = len(m.places)
		m.places[element] = place
	}
	return place, known
}
