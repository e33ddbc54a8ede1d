// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"slices"
	"sync"
)

// maxCalls is the maximum number of calls in the journal.
const maxCalls = 10_000

// journal keeps the latest calls.
type journal struct {
	observe func(Call)

	mu    sync.Mutex
	calls []Call
}

func (j *journal) add(call Call) {
	j.mu.Lock()
	if len(j.calls) == maxCalls {
		j.calls = slices.Delete(j.calls, 0, maxCalls/10)
	}
	j.calls = append(j.calls, call)
	j.mu.Unlock()
	if j.observe != nil {
		j.observe(call)
	}
}

func (j *journal) list() []Call {
	j.mu.Lock()
	defer j.mu.Unlock()
	return slices.Clone(j.calls)
}

// Calls returns all requests received so far, including refused ones, in the order of their responses. At most the latest
// ten thousand are kept.
func (e *Emulator) Calls() []Call { return e.journal.list() }

// CallsTo returns the requests to one API.
func (e *Emulator) CallsTo(api API) []Call {
	return slices.DeleteFunc(e.Calls(), func(c Call) bool { return c.API != api })
}
