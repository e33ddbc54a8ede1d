// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package faults makes requests fail on purpose. It contains the kinds of faults, the queue in which they wait, and their
// effects on an exchange. It does not depend on any service.
package faults

import (
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/exchange"
)

// Fault makes requests fail.
//
// Faults wait in a queue. A request takes the first fault that matches its API and action, is not used up, and is selected
// by its Probability. Faults of the connection happen before all checks. The others happen only to requests that would be
// accepted, so that a fault never hides an error of the client: a request that is refused for its signature, parameters or
// rate does not use up a fault.
//
// Which fields below Probability are used depends on the kind. Other fields must not be set.
type Fault struct {
	// API is the API that fails; empty for all APIs.
	API exchange.API `json:"api,omitempty"`
	// Action is the action that fails, named as in exchange.Call; empty for all actions.
	Action string `json:"action,omitempty"`
	// Kind is what goes wrong.
	Kind Kind `json:"kind"`
	// Count is the number of requests that fail; zero for all requests until the fault is removed.
	Count int `json:"count,omitempty"`
	// Probability is the probability that a request fails, above 0 and up to 1; zero means 1. With the same seed, the same
	// sequence of requests has the same sequence of failures.
	Probability float64 `json:"probability,omitempty"`

	// Status is the HTTP status of the response, 200 to 599; zero does not change it.
	Status int `json:"status,omitempty"`
	// Header overrides headers of the response. A header with an empty value is not sent, not even Date.
	Header map[string]string `json:"header,omitempty"`
	// Body is a whole body or the text of a JSON value. It is sent as it is.
	Body string `json:"body,omitempty"`
	// Member is the name of a JSON member of the response. The first member with that name at any depth is meant.
	Member string `json:"member,omitempty"`
	// Code is the vendor's code for an error.
	Code string `json:"code,omitempty"`
	// Message is the vendor's text for an error. For CDNLegacy it may begin with a module's code, such as "(9110)".
	Message string `json:"message,omitempty"`
	// Delay is the time to wait.
	Delay time.Duration `json:"-"`
	// ClockOffset is the time that the server's clock is ahead of the emulator's; negative if it is behind.
	ClockOffset time.Duration `json:"-"`
	// Size is a number of bytes; zero for the default of the kind.
	Size int `json:"size,omitempty"`
}

// Kind is a kind of fault.
type Kind = exchange.FaultKind

// Faults of the connection, before all checks.
const (
	// Reset resets the connection before any byte of a response. Without a connection, as in HTTP/2 or in a recorder, the
	// handler panics with http.ErrAbortHandler.
	Reset Kind = "reset"
	// Stall waits for Delay before the response. Without Delay, there is no response.
	Stall Kind = "stall"
	// Clock makes the server's clock differ by ClockOffset, which is required. Signatures are checked at that time, and the
	// Date header contains it.
	Clock Kind = "clock"
)

// Faults that replace the response.
const (
	// Answer sends only Status, Header and Body. Content-Type is guessed unless Header contains it.
	Answer Kind = "answer"
	// Error returns an error in the vendor's own format with Code, which is required, and Message. API is also required,
	// because the vendors have different codes.
	Error Kind = "error"
	// Throttled returns the vendor's error for too many requests.
	Throttled Kind = "throttled"
)

// Faults that change the response.
const (
	// Member replaces the value of Member, which is required, with Body, or removes the member if Body is empty.
	Member Kind = "member"
	// LargeBody puts Size bytes of space before the body, which keeps JSON valid; default 64 MiB.
	LargeBody Kind = "large_body"
	// Truncated sends half of the body that Content-Length promises.
	Truncated Kind = "truncated"
)

// Faults that change the list of an action after the response, so that entries move between pages while a client reads
// them. The list stays changed until Queue.Clear. Actions without a list do not change.
const (
	// Grows adds an entry at the beginning of the list: the last entry of each page moves to the next page.
	Grows Kind = "list_grows"
	// Shrinks removes the entry at the beginning of the list: the first entry of each page moves to the previous page.
	Shrinks Kind = "list_shrinks"
)
