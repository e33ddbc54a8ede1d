// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package tencentcloud

import (
	"cmp"
	"context"
	"net/http"

	"github.com/edgestats/terraform-provider-edgestats/internal/jsonread"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

// envelope contains the fields that the responses of all actions have in common.
type envelope struct {
	// present says that there is a Response. known says that the Response has a documented field.
	present, known bool
	// failed says that there is an Error, with a code and a message.
	failed        bool
	code, message string
	requestID     string
}

// decode returns the result of a response, or the error in its envelope, status or body.
func decode[T any](ctx context.Context, c *Client, answer *transport.Answer, signed signature, q Question[T]) (*T, error) {
	result := new(T)
	var e envelope
	err := jsonread.Envelope(ctx, answer, q.Limits, func(r *jsonread.Reader) error {
		e = envelope{}
		return e.read(r, answer, func(name string) error { return q.Field(result, r, name) })
	}, func() bool { return e.failed })
	if err == nil && e.failed {
		return nil, c.apiError(answer, e, signed)
	}
	if answer.Status != http.StatusOK {
		return nil, answer.StatusError(c.config.Clock.Now())
	}
	if err != nil {
		return nil, err
	}
	if err := q.Finish(result, requestID(answer, e)); err != nil {
		return nil, jsonread.Malformed(answer, "$.Response", err)
	}
	return result, nil
}

// read reads a whole response. field reads the fields of the Response that are not part of the envelope.
func (e *envelope) read(r *jsonread.Reader, answer *transport.Answer, field func(name string) error) error {
	err := r.Object(func(name string) error {
		if name != "Response" || r.IsNull() {
			return nil
		}
		e.present = true
		return r.Object(func(name string) error {
			known, err := r.Reads(func() error { return e.field(r, name, field) })
			e.known = e.known || known
			return err
		})
	})
	if err != nil {
		return err
	}
	switch {
	case !e.present:
		return &transport.ContentError{Problem: `there is no "Response" in it`}
	case !e.known:
		return &transport.ContentError{Problem: `its "Response" has no documented field`}
	case e.failed && e.code == "":
		return &transport.ContentError{Problem: `its "Error" has no "Code"` + answer.Quote(": "+e.message)}
	}
	return nil
}

// field reads a field of the Response.
func (e *envelope) field(r *jsonread.Reader, name string, field func(name string) error) (err error) {
	switch name {
	case "RequestId":
		e.requestID, err = r.Text()
		return err
	case "Error":
		e.failed = !r.IsNull()
		return r.Object(func(name string) (err error) {
			switch name {
			case "Code":
				e.code, err = r.Text()
			case "Message":
				e.message, err = r.Text()
			}
			return err
		})
	}
	return r.Data(func(*jsonread.Reader) error { return field(name) })
}

// requestID returns the vendor's request ID from the body, or else from the header. It may be empty.
func requestID(answer *transport.Answer, e envelope) string {
	return answer.QuoteID(cmp.Or(e.requestID, answer.Header.Get("X-TC-RequestId")))
}
