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

// WithPrivateAnswers returns a context for calls whose responses contain keys. No error or log quotes these responses,
// because keys cannot be masked before the response is decoded.
func WithPrivateAnswers(ctx context.Context) context.Context {
	return context.WithValue(ctx, privateKey{}, true)
}

func isPrivate(ctx context.Context) bool { return ctx.Value(privateKey{}) != nil }

// Quote returns a text from the response for use in an error. It is empty if the response is private.
func (a *Answer) Quote(text string) string {
	if a.Private {
		return ""
	}
	return text
}

var uuid = regexp.MustCompile(`^(?i:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$`)

// QuoteID cleans the vendor's request ID for use in an error. In a private response, an ID that is not a UUID becomes
// empty.
func (a *Answer) QuoteID(id string) string {
	if a.Private && !uuid.MatchString(id) {
		return ""
	}
	return Clean(id)
}

// private marks a response as private, or removes quotes of the response from the error.
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
		return err // This package worded the problem and quotes nothing.
	}
	if _, ok := errors.AsType[*net.OpError](network.Err); ok {
		return err // The problem is with the connection, so it does not quote the response.
	}
	return &NetworkError{Host: network.Host, Problem: errNotHTTP.Error(), Verdict: network.Verdict, Err: errNotHTTP}
}

var errNotHTTP = errors.New("the response is not valid HTTP")
