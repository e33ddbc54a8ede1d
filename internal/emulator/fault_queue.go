// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"slices"
	"sync"
)

// queuedFault is a fault and what has become of it.
type queuedFault struct {
	Fault
	// key decides which requests a Probability strikes, drawn counts its decisions.
	key, drawn uint64
	// taken is how many requests are going to meet the fault or have met it, met is how many have.
	taken, met int
}

// faultQueue holds faults in the order in which they were added. The zero value is empty.
type faultQueue struct {
	seed uint64

	mu     sync.Mutex
	added  uint64
	queued []*queuedFault
}

func (q *faultQueue) add(faults []Fault) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, f := range faults {
		q.added++
		q.queued = append(q.queued, &queuedFault{Fault: f, key: mix(mix(q.seed) + q.added)})
	}
}

func (q *faultQueue) list() []Fault {
	q.mu.Lock()
	defer q.mu.Unlock()
	faults := make([]Fault, len(q.queued))
	for i, f := range q.queued {
		faults[i] = f.Fault
		faults[i].Count = max(0, f.Count-f.met)
	}
	return faults
}

func (q *faultQueue) clear() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.queued = nil
}

// take returns the fault that a request is going to meet, nil if there is none. What is taken has to be settled.
func (q *faultQueue) take(api API, action string) *queuedFault {
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, f := range q.queued {
		if f.isFor(api, action) && (f.Count == 0 || f.taken < f.Count) && f.strikes() {
			f.taken++
			return f
		}
	}
	return nil
}

// settle tells whether the request met the fault that it took. A fault that is used up leaves the queue.
func (q *faultQueue) settle(f *queuedFault, met bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if !met {
		f.taken--
		return
	}
	f.met++
	if f.met == f.Count {
		q.queued = slices.DeleteFunc(q.queued, func(other *queuedFault) bool { return other == f })
	}
}

func (f *queuedFault) isFor(api API, action string) bool {
	return (f.API == "" || f.API == api) && (f.Action == "" || f.Action == action)
}

// strikes decides about one request.
func (f *queuedFault) strikes() bool {
	if f.Probability == 0 {
		return true
	}
	f.drawn++
	const steps = 1 << 53
	return float64(mix(f.key+f.drawn)%steps) < f.Probability*steps
}
