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

// WithPrivateAnswers returns a context for calls whose answers hold keys. No error and no log quotes such an answer,
// because keys cannot be masked before the answer is decoded.
func WithPrivateAnswers(ctx context.Context) context.Context {
	return context.WithValue(ctx, privateKey{}, true)
}

func isPrivate(ctx context.Context) bool { return ctx.Value(privateKey{}) != nil }

// Quote returns a text from the answer for use in an error. It is empty if the answer is private.
func (a *Answer) Quote(text string) string {
	if a.Private {
		return ""
	}
	return text
}

var uuid = regexp.MustCompile(`^(?i:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$`)

// QuoteID returns the vendor's request ID from the answer for use in an error, cleaned. If the answer is private, an ID
// that is not a UUID becomes empty.
func (a *Answer) QuoteID(id string) string {
	if a.Private && !uuid.MatchString(id) {
		return ""
	}
	return Clean(id)
}

// private marks the answer of an exchange as private, or removes from its error what quotes the answer.
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
		return err // The problem is a text of this package.
	}
	if _, ok := errors.AsType[*net.OpError](network.Err); ok {
		return err // The problem is with the connection, so it does not quote the answer.
	}
	return &NetworkError{Host: network.Host, Problem: errNotHTTP.Error(), Verdict: network.Verdict, Err: errNotHTTP}
}

var errNotHTTP = errors.New("the response is not valid HTTP")
