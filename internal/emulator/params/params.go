// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package params reads the parameters of a request one by one. It keeps the first error and reports parameters that were
// not read. It does not depend on any API.
package params

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
)

// Problem says what is wrong with a parameter. Each API has its own codes for problems.
type Problem int

// The problems that a parameter can have.
const (
	Missing Problem = iota
	Unknown
	Mistyped
)

// Error is the error of a parameter that is missing, unknown or of the wrong type.
type Error struct {
	Problem Problem
	name    string
	want    string
}

// Error names the parameter.
func (e *Error) Error() string {
	switch e.Problem {
	case Missing:
		return fmt.Sprintf("The request is missing the required parameter `%s`.", e.name)
	case Unknown:
		return fmt.Sprintf("The parameter `%s` is not recognized.", e.name)
	default:
		return fmt.Sprintf("The parameter `%s` must be %s.", e.name, e.want)
	}
}

// Params are the parameters of a request.
type Params struct {
	members map[string]json.RawMessage
	// textual is set if numbers are strings of digits.
	textual bool
	err     error
}

// quotedNumber is a string of digits in JSON.
var quotedNumber = regexp.MustCompile(`"(-?[0-9]+)"`)

// FromJSON returns the parameters in a request body, which must be a JSON object.
func FromJSON(body []byte) *Params {
	p := &Params{}
	if err := json.Unmarshal(body, &p.members); err != nil || p.members == nil {
		p.fail(Mistyped, "body", "a JSON object")
	}
	return p
}

func (p *Params) fail(problem Problem, name, want string) {
	if p.err == nil {
		p.err = &Error{Problem: problem, name: name, want: want}
	}
}

// Decode reads a parameter into v, a pointer to the JSON type that want describes. It does not change v if the parameter is
// absent.
func (p *Params) Decode(name string, v any, want string) {
	raw, ok := p.members[name]
	if !ok {
		return
	}
	delete(p.members, name)
	if string(raw) == "null" || json.Unmarshal(raw, v) != nil {
		p.fail(Mistyped, name, want)
	}
}

// Has reports whether a parameter is present and has not been read.
func (p *Params) Has(name string) bool {
	_, ok := p.members[name]
	return ok
}

// Require checks that parameters are present. Call it before reading them.
func (p *Params) Require(names ...string) {
	for _, name := range names {
		if !p.Has(name) {
			p.fail(Missing, name, "")
		}
	}
}

// Text reads a string. An absent string is empty.
func (p *Params) Text(name string) string {
	var s string
	p.Decode(name, &s, "a string")
	return s
}

// Integer reads a whole number, or returns the fallback if it is absent.
func (p *Params) Integer(name string, fallback int64) int64 {
	n := fallback
	if p.textual {
		p.unquote(name)
	}
	p.Decode(name, &n, "an integer")
	return n
}

// Digits is like Integer, but also accepts a string of digits.
func (p *Params) Digits(name string, fallback int64) int64 {
	p.unquote(name)
	return p.Integer(name, fallback)
}

// unquote converts strings of digits in a member to numbers.
func (p *Params) unquote(name string) {
	if raw, ok := p.members[name]; ok {
		p.members[name] = quotedNumber.ReplaceAll(raw, []byte("$1"))
	}
}

// List reads an array of strings, or returns nil if it is absent.
func (p *Params) List(name string) []string {
	var s []string
	p.Decode(name, &s, "an array of strings")
	return s
}

// Integers reads an array of whole numbers, or returns nil if it is absent.
func (p *Params) Integers(name string) []int64 {
	var n []int64
	if p.textual {
		p.unquote(name)
	}
	p.Decode(name, &n, "an array of integers")
	return n
}

// Finish returns the first error. A parameter that was not read is an error too.
func (p *Params) Finish() error {
	for _, name := range slices.Sorted(maps.Keys(p.members)) {
		p.fail(Unknown, name, "")
	}
	return p.err
}
