// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/rescue"
)

// Memo makes one call for equal questions. Readers that ask while the call runs share it, and later readers get its answer
// for the life of the provider instance. Errors are not kept. Readers must not change an answer.
type Memo struct {
	mu    sync.Mutex
	calls map[string]*sharedCall // Calls that are running or have succeeded.
}

// NewMemo returns an empty memo.
func NewMemo() *Memo { return &Memo{calls: make(map[string]*sharedCall)} }

// Ask is like Do, but makes one call for equal questions and shares its answer. Questions are equal if both the strings and
// the policy's APIs are equal. The error is always a *CallError. If ctx ends first, the error has the number of attempts of
// the shared call so far.
func Ask[T any](ctx context.Context, p Policy, question string, attempt func(context.Context) (T, error)) (T, error) {
	if p.Memo == nil {
		return Do(ctx, p, attempt)
	}
	started := time.Now()
	c, err := p.Memo.ask(ctx, p.API+"\x00"+question, func(ctx context.Context, tracked *progress) (any, error) {
		return doTracked(ctx, p, tracked, attempt)
	})
	if _, ok := errors.AsType[*CallError](err); err != nil && !ok {
		err = c.progress.failure(err, started)
	}
	return answerOf[T](c, err)
}

// Once makes one call for a question and shares its answer like Ask, but without limiter and retries. The context of the
// call ends when the last reader's context does.
func Once[T any](ctx context.Context, m *Memo, question string, call func(context.Context) (T, error)) (T, error) {
	c, err := m.ask(ctx, question, func(ctx context.Context, _ *progress) (any, error) { return call(ctx) })
	return answerOf[T](c, err)
}

func answerOf[T any](c *sharedCall, err error) (answer T, _ error) {
	if err == nil {
		answer, _ = c.answer.(T) // Equal questions have answers of the same type.
	}
	return answer, err
}

// leaveGrace is how long the last reader waits for the canceled call to report its last attempt.
const leaveGrace = 500 * time.Millisecond

// ask waits for the call of a question, or for the end of ctx. The call is complete if the error is nil.
func (m *Memo) ask(ctx context.Context, question string, call func(context.Context, *progress) (any, error)) (*sharedCall, error) {
	c, r := m.join(ctx, question, call)
	select {
	case <-c.done:
		return c, c.err
	case <-ctx.Done():
	}
	if c.leave(r, context.Cause(ctx)) {
		select {
		case <-c.done:
			return c, c.err
		case <-time.After(leaveGrace):
		}
	}
	return c, contextError(ctx)
}

// join adds a reader to the call of a question. It starts the call if there is none.
func (m *Memo) join(ctx context.Context, question string, call func(context.Context, *progress) (any, error)) (*sharedCall, *callReader) {
	r := &callReader{deadline: func() (time.Time, bool) { return deadlineOf(ctx) }}
	m.mu.Lock()
	defer m.mu.Unlock()
	c := m.calls[question]
	if c == nil || !c.join(r) {
		var shared context.Context
		c, shared = newSharedCall(ctx, r)
		m.calls[question] = c
		go m.run(shared, question, c, call)
	}
	return c, r
}

// run makes the call. A panic in it becomes the error of its readers.
func (m *Memo) run(ctx context.Context, question string, c *sharedCall, call func(context.Context, *progress) (any, error)) {
	c.err = rescue.Call(func() (err error) {
		c.answer, err = call(ctx, &c.progress)
		return err
	})
	if c.err != nil {
		m.forget(question, c)
	}
	c.finish()
}

// forget removes a failed call, unless a new call has replaced it.
func (m *Memo) forget(question string, c *sharedCall) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.calls[question] == c {
		delete(m.calls, question)
	}
}
