// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package faults makes requests fail on purpose: the kinds of faults, the queue in which they wait, and how each happens to an
// exchange. It knows the services only through exchange.Service.
package faults

import (
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/exchange"
)

// Fault makes requests fail.
//
// Faults wait in a queue. A request takes the first one that is for its API and action, is not used up, and is drawn by its
// Probability. Faults of the connection happen before all checks. The others happen to requests that would be accepted, so that
// a fault never hides a mistake of the client: a request that is refused for its signature, its parameters or its rate uses up
// no fault.
//
// The fields below Probability depend on the kind. One that the kind does not use must not be set.
type Fault struct {
	// API is the API that fails; empty for all of them.
	API exchange.API `json:"api,omitempty"`
	// Action is the action that fails, named as in exchange.Call; empty for all of them.
	Action string `json:"action,omitempty"`
	// Kind is what goes wrong.
	Kind Kind `json:"kind"`
	// Count is how many requests fail; zero for all of them until the fault is removed.
	Count int `json:"count,omitempty"`
	// Probability is the chance of a request to fail, above 0 and up to 1; zero means 1. The seed of the emulator
	// decides: the same sequence of requests has the same sequence of failures.
	Probability float64 `json:"probability,omitempty"`

	// Status is the HTTP status of the answer, 200 to 599; zero does not change it.
	Status int `json:"status,omitempty"`
	// Header is set over the headers of the answer. A header with an empty value is not sent, not even Date.
	Header map[string]string `json:"header,omitempty"`
	// Body is a whole body or the text of a JSON value. It is sent as it is.
	Body string `json:"body,omitempty"`
	// Member is the name of a JSON member of the answer: the first one of that name at any depth.
	Member string `json:"member,omitempty"`
	// Code is the vendor's code for an error.
	Code string `json:"code,omitempty"`
	// Message is the vendor's text for an error. For CDNLegacy it may begin with a module's code, such as "(9110)".
	Message string `json:"message,omitempty"`
	// Delay is how long to wait.
	Delay time.Duration `json:"-"`
	// ClockOffset is how far the server's clock is ahead of the emulator's; negative if it is behind.
	ClockOffset time.Duration `json:"-"`
	// Size is a number of bytes; zero for the default of the kind.
	Size int `json:"size,omitempty"`
}

// Kind is a kind of fault.
type Kind = exchange.FaultKind

// Faults of the connection, before all checks.
const (
	// Reset resets the connection before any byte of an answer. Without a connection, as in HTTP/2 or in a recorder, the
	// handler panics with http.ErrAbortHandler.
	Reset Kind = "reset"
	// Stall sends nothing for Delay and answers then; without Delay it never answers.
	Stall Kind = "stall"
	// Clock answers like a server whose clock is off by ClockOffset, which is required. Signatures are checked
	// at that time, and the Date header has it.
	Clock Kind = "clock"
)

// Faults that replace the answer.
const (
	// Answer answers with Status, Header and Body alone. Content-Type is guessed unless Header has it.
	Answer Kind = "answer"
	// Error refuses the request in the vendor's own form with Code, which is required, and Message. The vendors have different
	// codes, so API is required too.
	Error Kind = "error"
	// Throttled refuses the request as the vendor does when there are too many.
	Throttled Kind = "throttled"
)

// Faults that change the answer.
const (
	// Member replaces the value of Member, which is required, with Body, or removes the member if Body is empty.
	Member Kind = "member"
	// LargeBody puts Size bytes of space before the body, which keeps JSON valid; default 64 MiB.
	LargeBody Kind = "large_body"
	// Truncated sends half of the body that Content-Length promises.
	Truncated Kind = "truncated"
)

// Faults that change the list of an action after the answer, so that a client that reads page after page sees the entries move. The
// list stays changed until Queue.Clear. Actions without a list do not change.
const (
	// Grows adds an entry at the beginning of the list: the last entry of each page moves to the next page.
	Grows Kind = "list_grows"
	// Shrinks removes the entry at the beginning of the list: the first entry of each page moves to the page before.
	Shrinks Kind = "list_shrinks"
)
