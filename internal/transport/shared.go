// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"context"
	"sync"
	"time"
)

// sharedCall is one call with any number of readers. Its context has no deadline of its own, because new readers can move
// the deadline. Use deadlineOf and giveUpBefore instead of ctx.Deadline.
type sharedCall struct {
	progress progress
	done     chan struct{} // Closed when answer and err are final.
	answer   any
	err      error

	mu      sync.Mutex
	readers map[*callReader]struct{} // Nil when the call is complete.
	closed  bool                     // The call will fail, so new readers need another call.
	cancel  context.CancelCauseFunc
}

// callReader is a read that waits for a shared call.
type callReader struct{ deadline func() (time.Time, bool) }

type sharedCallKey struct{}

// newSharedCall returns a call with one reader, and the call's context, which has the values of the reader's context.
func newSharedCall(ctx context.Context, r *callReader) (*sharedCall, context.Context) {
	c := &sharedCall{done: make(chan struct{}), readers: map[*callReader]struct{}{r: {}}}
	shared, cancel := context.WithCancelCause(context.WithValue(context.WithoutCancel(ctx), sharedCallKey{}, c))
	c.cancel = cancel
	return c, shared
}

// join adds a reader. It reports false if the reader needs another call, because this one will fail.
func (c *sharedCall) join(r *callReader) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.readers == nil {
		return true
	}
	if !c.closed {
		c.readers[r] = struct{}{}
	}
	return !c.closed
}

// leave removes a reader, and cancels the call if it was the last one. It reports whether the call is complete or canceled.
func (c *sharedCall) leave(r *callReader, cause error) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.readers == nil {
		return true
	}
	delete(c.readers, r)
	if len(c.readers) > 0 {
		return false
	}
	c.closed = true
	c.cancel(cause)
	return true
}

// finish marks the call as complete and wakes the readers. The answer or the error must be set.
func (c *sharedCall) finish() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.cancel(nil)
	c.readers, c.cancel = nil, nil
	close(c.done)
}

// deadline returns the latest deadline of the readers, or false if one of them has none.
func (c *sharedCall) deadline() (time.Time, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.latest()
}

func (c *sharedCall) latest() (latest time.Time, ok bool) {
	for r := range c.readers {
		deadline, ok := r.deadline()
		if !ok {
			return time.Time{}, false
		}
		if deadline.After(latest) {
			latest = deadline
		}
	}
	return latest, true
}

// closeBefore reports whether all readers leave before t. If so, it closes the call to new readers, because the call is
// about to give up and they may have more time.
func (c *sharedCall) closeBefore(t time.Time) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if latest, ok := c.latest(); !ok || !latest.Before(t) {
		return false
	}
	c.closed = true
	return true
}

// deadlineOf returns the deadline of ctx or the latest deadline of the readers of its shared call, whichever is earlier. The
// latter can move.
func deadlineOf(ctx context.Context) (time.Time, bool) {
	own, ok := ctx.Deadline()
	if c, shared := ctx.Value(sharedCallKey{}).(*sharedCall); shared {
		if latest, bounded := c.deadline(); bounded && (!ok || latest.Before(own)) {
			return latest, true
		}
	}
	return own, ok
}

// giveUpBefore reports whether ctx ends before t. If so, the caller must end the call of ctx, which takes no more readers.
func giveUpBefore(ctx context.Context, t time.Time) bool {
	if own, ok := ctx.Deadline(); ok && own.Before(t) {
		return true
	}
	c, shared := ctx.Value(sharedCallKey{}).(*sharedCall)
	return shared && c.closeBefore(t)
}
