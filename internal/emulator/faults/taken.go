// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package faults

import "github.com/edgestats/terraform-provider-edgestats/internal/emulator/exchange"

// Taken is the fault that a request has taken. A nil Taken means no fault; only Replace must not be called on it.
type Taken struct {
	queue    *Queue
	queued   *queued
	fault    Fault
	happened bool
	holding  bool
}

// Interrupt makes a fault of the connection happen. It reports whether the fault has responded.
func (t *Taken) Interrupt(x *exchange.Exchange) (answered bool) {
	if t == nil || behaviors[t.fault.Kind].before == nil {
		return false
	}
	t.happen(x)
	return behaviors[t.fault.Kind].before(x, t.fault)
}

// IsDue reports whether there is a fault and it has not happened yet.
func (t *Taken) IsDue() bool { return t != nil && !t.happened }

// Replace makes a due fault happen to a request that would be accepted. It reports whether the fault has responded. If not,
// and if the fault changes the service's response, the response is held back for Deliver.
func (t *Taken) Replace(x *exchange.Exchange, s exchange.Service) (answered bool) {
	t.happen(x)
	behavior := behaviors[t.fault.Kind]
	if behavior.instead != nil {
		behavior.instead(x, s, t.fault)
		return true
	}
	if behavior.deliver != nil {
		x.Answer.Hold()
		t.holding = true
	}
	return false
}

// Deliver sends a response that was held back by Replace.
func (t *Taken) Deliver(x *exchange.Exchange) {
	if t != nil && t.holding {
		behaviors[t.fault.Kind].deliver(x.Answer, t.fault, x.Answer.Release())
	}
}

// GiveBack returns a fault that has not happened to the queue.
func (t *Taken) GiveBack() {
	if t.IsDue() {
		t.queue.giveBack(t.queued)
	}
}

func (t *Taken) happen(x *exchange.Exchange) {
	t.happened = true
	x.Fault = t.fault.Kind
	x.Answer.Force(t.fault.Status, t.fault.Header)
	t.queue.countHappened(t.queued, x)
}
