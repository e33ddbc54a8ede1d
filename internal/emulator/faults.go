// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"time"
)

// Fault is something that goes wrong instead of an answer, or on its way.
//
// Faults queue: a request meets the first one that is for its API and action, is not used up, and whose Probability
// strikes. Faults of the connection come before all checks. All others come after them, so that a fault never hides
// a mistake of the client: a request that the emulator refuses for its signature, its parameters or its rate is
// refused as ever and uses up no fault.
//
// The parameters below Probability depend on the kind; those that a kind does not use must not be set. Status and
// Header go with every kind but FaultReset.
type Fault struct {
	// API is the API that fails; empty for all of them.
	API API `json:"api,omitempty"`
	// Action is the action that fails, in the vendor's word as in Call; empty for all of them.
	Action string `json:"action,omitempty"`
	// Kind is what goes wrong.
	Kind FaultKind `json:"kind"`
	// Count is how many requests fail; zero for all until the fault is cleared.
	Count int `json:"count,omitempty"`
	// Probability is the chance of a request to fail, above 0 and up to 1; zero means 1. The seed of the emulator
	// decides: the same sequence of requests has the same sequence of failures.
	Probability float64 `json:"probability,omitempty"`

	// Status is the HTTP status of the answer, 200 to 599; zero leaves it as it is.
	Status int `json:"status,omitempty"`
	// Header is set over the headers of the answer. A header with an empty value is not sent, not even Date.
	Header map[string]string `json:"header,omitempty"`
	// Body is a body, a part of one, or the text of a value, and sent as it is.
	Body string `json:"body,omitempty"`
	// Member is the name of a JSON member of the answer: the first one of that name at whatever depth.
	Member string `json:"member,omitempty"`
	// Code is the vendor's code for an error.
	Code string `json:"code,omitempty"`
	// Message is the vendor's text for an error. For CDNLegacy it may begin with a module's code, such as "(9110)".
	Message string `json:"message,omitempty"`
	// Delay is how long to wait.
	Delay time.Duration `json:"-"`
	// ClockOffset is how far ahead of the emulator's clock the server's clock is; negative if behind.
	ClockOffset time.Duration `json:"-"`
	// Size is how much there is of something, in the unit that the kind says; zero for what the kind says.
	Size int `json:"size,omitempty"`
}

// FaultKind names a way of failing.
type FaultKind string

// Faults of the connection, before all checks.
const (
	// FaultReset resets the connection before any byte of an answer. Where there is no connection to take over, as
	// in HTTP/2 or without a server, the handler panics with http.ErrAbortHandler.
	FaultReset FaultKind = "reset"
	// FaultStall sends nothing for Delay and answers then; without Delay it never answers.
	FaultStall FaultKind = "stall"
	// FaultClock answers as a server would whose clock is off by ClockOffset, which is required: that is the time
	// by which it checks signatures, and its Date header.
	FaultClock FaultKind = "clock"
)

// Faults that take the place of an answer.
const (
	// FaultAnswer answers with Status, Header and Body alone. Unless Header has it, Content-Type is guessed.
	FaultAnswer FaultKind = "answer"
	// FaultError refuses the request in the vendor's own form with Code, which is required, and Message. Codes
	// differ between the vendors, so API is required too.
	FaultError FaultKind = "error"
	// FaultThrottled refuses the request as the vendor does when the requests are too many.
	FaultThrottled FaultKind = "throttled"
)

// Faults that change the answer.
const (
	// FaultHeader changes the headers, which are required, and leaves the body as it is.
	FaultHeader FaultKind = "header"
	// FaultMember puts Body in place of the value of Member, or removes the member if Body is empty.
	FaultMember FaultKind = "member"
	// FaultDeepJSON puts nested lists in place of the value of Member, or of the body. Size is the depth; default
	// 100,000.
	FaultDeepJSON FaultKind = "deep_json"
	// FaultLongNumber puts one number in place of the value of Member, or of the body. Size is its number of digits;
	// default 1,000,000.
	FaultLongNumber FaultKind = "long_number"
	// FaultManyMembers puts an object in place of the value of Member, or of the body. Size is its number of
	// members; default 1,000,000.
	FaultManyMembers FaultKind = "many_members"
	// FaultTrailing appends Body, which is required, to the body.
	FaultTrailing FaultKind = "trailing"
	// FaultLargeBody puts space before the body, which leaves JSON valid. Size is its bytes; default 64 MiB.
	FaultLargeBody FaultKind = "large_body"
	// FaultGzipBomb does the same and compresses the answer. Size counts uncompressed; default 1 GiB.
	FaultGzipBomb FaultKind = "gzip_bomb"
)

// Faults on the way of the answer.
const (
	// FaultTruncated sends half of the body that Content-Length promises.
	FaultTruncated FaultKind = "truncated"
	// FaultUnterminated sends half of the body in chunks, and cuts the connection without the last one.
	FaultUnterminated FaultKind = "unterminated"
	// FaultStalledBody sends half of the body, then nothing for Delay, or for ever without it, then the rest.
	FaultStalledBody FaultKind = "stalled_body"
	// FaultSlowBody sends Size bytes at a time, default 1, and waits for Delay in between, default a second.
	FaultSlowBody FaultKind = "slow_body"
)

// Inject adds faults behind those that are there. It panics if one of them is not valid.
//
//	e.Inject(emulator.Fault{API: emulator.MNA, Kind: emulator.FaultThrottled, Count: 3})
func (e *Emulator) Inject(faults ...Fault) {
	for _, f := range faults {
		if err := f.Validate(); err != nil {
			panic(err)
		}
	}
	e.faults.add(faults)
}

// Faults returns the faults that are not used up, each with the Count that is left.
func (e *Emulator) Faults() []Fault { return e.faults.list() }

// ClearFaults removes all faults. Requests that met one already are not spared.
func (e *Emulator) ClearFaults() { e.faults.clear() }
