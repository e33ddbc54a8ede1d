// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"context"
	"errors"
	"net"
	"regexp"
)

type privateKey struct{}

// WithPrivateAnswers returns a context for calls whose answers hold keys. No error and no log quotes anything of such an
// answer, whatever is wrong with it: the keys in it are not known before it has been decoded, so they could not be masked.
func WithPrivateAnswers(ctx context.Context) context.Context {
	return context.WithValue(ctx, privateKey{}, true)
}

func isPrivate(ctx context.Context) bool { return ctx.Value(privateKey{}) != nil }

// Quote returns text from the answer for use in an error: nothing if the answer is private.
func (a *Answer) Quote(text string) string {
	if a.Private {
		return ""
	}
	return text
}

var uuid = regexp.MustCompile(`^(?i:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$`)

// QuoteID returns the vendor's ID of the call, cleaned. In a private answer it counts only if it is a UUID.
func (a *Answer) QuoteID(id string) string {
	if a.Private && !uuid.MatchString(id) {
		return ""
	}
	return Clean(id)
}

// private marks the answer of an exchange as private, or returns its error without what that quotes from the answer.
func private(answer *Answer, err error) (*Answer, error) {
	if err == nil {
		answer.Private = true
		return answer, nil
	}
	return nil, withoutAnswer(err)
}

func withoutAnswer(err error) error {
	if content, ok := errors.AsType[*ContentError](err); ok {
		return &ContentError{Host: content.Host, Problem: "the body is too large, or its encoding is not supported"}
	}
	network, ok := errors.AsType[*NetworkError](err)
	if !ok || network.Problem != Clean(network.Err.Error()) {
		return err // The problem is described in words of our own.
	}
	if _, ok := errors.AsType[*net.OpError](network.Err); ok {
		return err // It comes from the connection, not from the answer.
	}
	return &NetworkError{Host: network.Host, Problem: "the answer is not valid HTTP", Verdict: network.Verdict, Err: errNotHTTP}
}

var errNotHTTP = errors.New("not valid HTTP")
