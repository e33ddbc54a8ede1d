// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
)

// paramFault says what is wrong with a parameter. Each API has its own code for it.
type paramFault int

const (
	paramMissing paramFault = iota
	paramUnknown
	paramMistyped
)

// paramError is a parameter that the shape of a request does not allow.
type paramError struct {
	fault paramFault
	name  string
	want  string
}

func (e *paramError) Error() string {
	switch e.fault {
	case paramMissing:
		return fmt.Sprintf("The request is missing the required parameter `%s`.", e.name)
	case paramUnknown:
		return fmt.Sprintf("The parameter `%s` is not recognized.", e.name)
	default:
		return fmt.Sprintf("The parameter `%s` must be %s.", e.name, e.want)
	}
}

// params reads the members of a JSON object one by one and keeps the first error. What was not read when
// finish is called is unknown.
type params struct {
	members map[string]json.RawMessage
	// textual parameters have numbers as strings of digits.
	textual bool
	err     error
}

// quotedNumber is a string of digits in JSON.
var quotedNumber = regexp.MustCompile(`"(-?[0-9]+)"`)

// newParams reads a request body. Anything but one JSON object makes finish fail.
func newParams(body []byte) *params {
	p := &params{}
	if err := json.Unmarshal(body, &p.members); err != nil || p.members == nil {
		p.fail(paramMistyped, "body", "a JSON object")
	}
	return p
}

func (p *params) fail(fault paramFault, name, want string) {
	if p.err == nil {
		p.err = &paramError{fault: fault, name: name, want: want}
	}
}

// take removes a member and decodes it into v, which has to be of the JSON type that want describes. It
// leaves v alone if the member is not there.
func (p *params) take(name string, v any, want string) {
	raw, ok := p.members[name]
	if !ok {
		return
	}
	delete(p.members, name)
	if string(raw) == "null" || json.Unmarshal(raw, v) != nil {
		p.fail(paramMistyped, name, want)
	}
}

// has tells whether a member is there and has not been read.
func (p *params) has(name string) bool {
	_, ok := p.members[name]
	return ok
}

// require fails unless a member is there.
func (p *params) require(names ...string) {
	for _, name := range names {
		if !p.has(name) {
			p.fail(paramMissing, name, "")
		}
	}
}

// text reads a string, empty if it is not there.
func (p *params) text(name string) string {
	var s string
	p.take(name, &s, "a string")
	return s
}

// integer reads a whole number, or the fallback if it is not there.
func (p *params) integer(name string, fallback int64) int64 {
	n := fallback
	if p.textual {
		p.unquote(name)
	}
	p.take(name, &n, "an integer")
	return n
}

// digits reads a whole number that may also be written as a string of digits.
func (p *params) digits(name string, fallback int64) int64 {
	p.unquote(name)
	return p.integer(name, fallback)
}

// unquote turns strings of digits in a member into numbers.
func (p *params) unquote(name string) {
	if raw, ok := p.members[name]; ok {
		p.members[name] = quotedNumber.ReplaceAll(raw, []byte("$1"))
	}
}

// list reads an array of strings, nil if it is not there.
func (p *params) list(name string) []string {
	var s []string
	p.take(name, &s, "an array of strings")
	return s
}

// integers reads an array of whole numbers, nil if it is not there.
func (p *params) integers(name string) []int64 {
	var n []int64
	if p.textual {
		p.unquote(name)
	}
	p.take(name, &n, "an array of integers")
	return n
}

// finish returns the first error, or the first member, in alphabetical order, that was never read.
func (p *params) finish() error {
	for _, name := range slices.Sorted(maps.Keys(p.members)) {
		p.fail(paramUnknown, name, "")
	}
	return p.err
}
