// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package jsonread

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"strings"

	"github.com/edgestats/terraform-provider-edgestats/internal/limit"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

var (
	// errTwice is the error of an object that has two members with the same name.
	errTwice = errors.New("given twice")
	errLong  = errors.New("too long")
)

// Error is an error about a value.
type Error struct {
	// Place is the path of the value, such as $.rows[3].time.
	Place string
	Err   error
}

// Error returns the place and the problem.
func (e *Error) Error() string { return e.Place + ": " + e.Err.Error() }

// Unwrap returns the problem.
func (e *Error) Unwrap() error { return e.Err }

// At adds the name of a member to an error about its value. It returns nil for nil.
func At(name string, err error) error {
	if err == nil {
		return nil
	}
	return at("."+name, err)
}

func at(place string, err error) *Error {
	if inner, ok := errors.AsType[*Error](err); ok {
		return &Error{Place: place + inner.Place, Err: inner.Err}
	}
	return &Error{Place: place, Err: err}
}

// Malformed converts an error about the value at a place to a *transport.ContentError. For a private response, the result
// contains neither the place nor the value. If err already is a *transport.ContentError, Malformed only sets its host. It
// returns nil, a *limit.Error and the error of a context unchanged.
func Malformed(answer *transport.Answer, place string, err error) error {
	if content, ok := errors.AsType[*transport.ContentError](err); ok {
		content.Host = answer.Host
		return err
	}
	_, tooMuch := errors.AsType[*limit.Error](err)
	if err == nil || tooMuch || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	if answer.Private {
		return &transport.ContentError{Host: answer.Host, Problem: "not the JSON that is documented"}
	}
	problem, located := "unexpected value", at(place, err)
	if plain := documentError(located.Err); plain != nil {
		problem, located.Err = "not the JSON that is documented", plain
	}
	return &transport.ContentError{Host: answer.Host, Problem: problem, Err: located}
}

// syntaxError is the error of invalid JSON or of a value with the wrong type.
type syntaxError string

func (e syntaxError) Error() string { return string(e) }

// documentError converts an error about the syntax or the types of the document to one without names of Go types. It
// returns nil for an error about the content of a value.
func documentError(err error) error {
	if kind, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		value, _, _ := strings.Cut(kind.Value, " ") // "number 12" quotes the number.
		return syntaxError("unexpected " + value)
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return syntaxError("unexpected end of JSON input")
	}
	if invalid, ok := errors.AsType[*json.SyntaxError](err); ok {
		return invalid
	}
	if invalid, ok := errors.AsType[syntaxError](err); ok {
		return invalid
	}
	return nil
}

// unexpected returns the error of a value with the wrong type. first is the first character of the value.
func unexpected(first byte) error {
	switch first {
	case '"':
		return syntaxError("unexpected string")
	case '{':
		return syntaxError("unexpected object")
	case '[':
		return syntaxError("unexpected array")
	case 't', 'f':
		return syntaxError("unexpected bool")
	}
	return syntaxError("unexpected number")
}
