// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package faults

import (
	"slices"
	"sync"

	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/exchange"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/figures"
)

// Queue holds faults in the order in which they were added. It is safe for concurrent use.
type Queue struct {
	source figures.Source

	mu     sync.Mutex
	added  uint64
	queued []*queued
	// growth is the number of entries that faults have added to the list of each action.
	growth map[target]int
}

// target is an action of an API.
type target struct {
	api    exchange.API
	action string
}

// queued is a fault in the queue.
type queued struct {
	Fault

	// key and drawn, the number of decisions so far, determine which requests a Probability selects.
	key, drawn uint64
	// taken counts the requests that have taken the fault. happened counts the requests to which it has happened.
	taken, happened int
}

// NewQueue returns an empty queue. The source determines which requests a Probability selects.
func NewQueue(source figures.Source) *Queue {
	return &Queue{source: source, growth: make(map[target]int)}
}

// Add adds faults at the end. It panics if a fault is invalid.
func (q *Queue) Add(faults ...Fault) {
	for _, f := range faults {
		if err := f.Validate(); err != nil {
			panic(err)
		}
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, f := range faults {
		q.added++
		q.queued = append(q.queued, &queued{Fault: f, key: figures.Mix(figures.Mix(q.source.Seed) + q.added)})
	}
}

// List returns the faults that are not used up, each with its remaining Count.
func (q *Queue) List() []Fault {
	q.mu.Lock()
	defer q.mu.Unlock()
	faults := make([]Fault, len(q.queued))
	for i, f := range q.queued {
		faults[i] = f.Fault
		faults[i].Count = max(0, f.Count-f.happened)
	}
	return faults
}

// Clear removes all faults and undoes their changes to lists. A request that has already taken a fault still fails.
func (q *Queue) Clear() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.queued = nil
	clear(q.growth)
}

// ListGrowth returns the number of entries that faults have added to the list of an action so far. It is negative if they
// have removed entries.
func (q *Queue) ListGrowth(api exchange.API, action string) int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.growth[target{api, action}]
}

// Take returns the fault that will happen to a request, or nil. The caller must call GiveBack.
func (q *Queue) Take(api exchange.API, action string) *Taken {
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, f := range q.queued {
		if f.isFor(api, action) && (f.Count == 0 || f.taken < f.Count) && f.isDrawn() {
			f.taken++
			return &Taken{queue: q, queued: f, fault: f.Fault}
		}
	}
	return nil
}

func (f *queued) isFor(api exchange.API, action string) bool {
	return (f.API == "" || f.API == api) && (f.Action == "" || f.Action == action)
}

// isDrawn decides whether the fault happens to one request.
func (f *queued) isDrawn() bool {
	if f.Probability == 0 {
		return true
	}
	f.drawn++
	const steps = 1 << 53
	return float64(figures.Mix(f.key+f.drawn)%steps) < f.Probability*steps
}

// countHappened counts a request to which a fault happens. It removes the fault from the queue when it is used up.
func (q *Queue) countHappened(f *queued, x *exchange.Exchange) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.growth[target{x.API, x.Action}] += behaviors[f.Kind].growth
	f.happened++
	if f.happened == f.Count {
		q.queued = slices.DeleteFunc(q.queued, func(other *queued) bool { return other == f })
	}
}

// giveBack lets another request take a fault.
func (q *Queue) giveBack(f *queued) {
	q.mu.Lock()
	defer q.mu.Unlock()
	f.taken--
}
