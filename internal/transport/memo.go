// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"context"
	"errors"
	"strconv"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"

	"github.com/edgestats/terraform-provider-edgestats/internal/rescue"
)

// Memo makes one call of identical questions: those asked at the same time share it, and later ones get its answer for
// as long as the provider lives, which is one plan or apply. Errors are not remembered. Answers are shared, so nobody
// may change them.
type Memo struct {
	group singleflight.Group

	mu      sync.Mutex
	answers map[string]any
	flights map[string]*flight
	count   int
}

// NewMemo returns an empty memo.
func NewMemo() *Memo {
	return &Memo{answers: make(map[string]any), flights: make(map[string]*flight)}
}

// Ask is Do for a question that may be asked more than once: under one policy, equal questions share a call and its
// answer, as Once has it. Its error is always a *CallError.
func Ask[T any](ctx context.Context, p Policy, question string, attempt func(context.Context) (T, error)) (T, error) {
	if p.Memo == nil {
		return Do(ctx, p, attempt)
	}
	started := time.Now()
	answer, err := Once(ctx, p.Memo, p.API+"\x00"+p.Account+"\x00"+question, func(ctx context.Context) (T, error) {
		return Do(ctx, p, attempt)
	})
	if _, ok := errors.AsType[*CallError](err); err != nil && !ok {
		err = &CallError{Err: err, Elapsed: time.Since(started)}
	}
	return answer, err
}

// Once makes a call for everyone who asks the question while it lasts, and gives its answer to whoever asks later. The
// context of the call ends when the last of those who wait for it leaves; each of them leaves when its own ctx ends.
func Once[T any](ctx context.Context, m *Memo, question string, call func(context.Context) (T, error)) (T, error) {
	answer, err := m.ask(ctx, question, func(ctx context.Context) (any, error) { return call(ctx) })
	typed, _ := answer.(T) // Without an answer there is an error.
	return typed, err
}

// ask returns the answer to a question, by whoever asked it first. It returns when the answer is there or ctx ends.
func (m *Memo) ask(ctx context.Context, question string, call func(context.Context) (any, error)) (any, error) {
	f, answer, known := m.join(ctx, question)
	if known {
		return answer, nil
	}
	// The call runs in a goroutine of singleflight, which would throw a panic again where nobody can catch it.
	results := m.group.DoChan(f.name, func() (answer any, err error) {
		if answer, known := m.recall(question); known {
			return answer, nil // It came between boarding the flight and getting here.
		}
		err = rescue.Call(func() (err error) {
			answer, err = call(f)
			return err
		})
		m.land(question, f, answer, err)
		return answer, err
	})
	select {
	case result := <-results:
		m.leave(ctx, question, f)
		return result.Val, result.Err
	case <-ctx.Done():
		if m.leave(ctx, question, f) {
			result := <-results // The last one out has cancelled the call, and can tell how far it came.
			return result.Val, result.Err
		}
		return nil, contextError(ctx)
	}
}

// join returns the answer if it is known, and else the flight that will bring it.
func (m *Memo) join(ctx context.Context, question string) (f *flight, answer any, known bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if answer, known = m.answers[question]; known {
		return nil, answer, true
	}
	f = m.flights[question]
	if f == nil {
		shared, cancel := context.WithCancelCause(context.WithoutCancel(ctx))
		f = &flight{Context: shared, cancel: cancel}
		m.flights[question] = f
		m.count++
		f.name = strconv.Itoa(m.count)
	}
	f.board(ctx)
	return f, nil, false
}

func (m *Memo) recall(question string) (answer any, known bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	answer, known = m.answers[question]
	return answer, known
}

// leave takes one waiter off the flight. It reports whether that was the last one, and the call is cancelled.
func (m *Memo) leave(ctx context.Context, question string, f *flight) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	f.waiters--
	if f.waiters > 0 {
		return false
	}
	m.forget(question, f)
	f.cancel(context.Cause(ctx))
	return true
}

// land keeps the answer of a flight.
func (m *Memo) land(question string, f *flight, answer any, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err == nil {
		m.answers[question] = answer
	}
	m.forget(question, f)
}

// forget makes whoever asks next start anew, unless somebody did already.
func (m *Memo) forget(question string, f *flight) {
	if m.flights[question] == f {
		delete(m.flights, question)
	}
}

// flight is the context of a shared call. It ends when the last waiter leaves, and its deadline is the latest of theirs.
type flight struct {
	context.Context
	cancel context.CancelCauseFunc
	// name tells the flight from later ones of the same question.
	name    string
	waiters int

	mu       sync.Mutex
	deadline time.Time
	endless  bool
}

func (f *flight) board(ctx context.Context) {
	f.waiters++
	f.mu.Lock()
	defer f.mu.Unlock()
	deadline, ok := ctx.Deadline()
	f.endless = f.endless || !ok
	if deadline.After(f.deadline) {
		f.deadline = deadline
	}
}

// Deadline returns the latest deadline of those who waited so far.
func (f *flight) Deadline() (time.Time, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.deadline, !f.endless
}
