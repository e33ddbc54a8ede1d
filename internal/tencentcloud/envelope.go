// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package tencentcloud

import (
	"cmp"
	"context"
	"net/http"

	"github.com/edgestats/terraform-provider-edgestats/internal/jsonread"
	"github.com/edgestats/terraform-provider-edgestats/internal/limit"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

// envelope is what the answers of all actions have in common.
type envelope struct {
	// present says that there is a Response, and known that it has a documented field.
	present, known bool
	// failed says that there is an Error, which has the code and the message.
	failed        bool
	code, message string
	requestID     string
}

// decode returns the result, or the error that the envelope, the status or the body stands for.
func decode[T any](ctx context.Context, c *Client, answer *transport.Answer, signed signature, q Question[T]) (*T, error) {
	result := new(T)
	e, err := jsonread.Envelope(func(data bool) (envelope, error) {
		return readEnvelope(ctx, answer, q.Limits, func(r *jsonread.Reader, name string) error {
			if !data {
				return nil
			}
			return q.Field(result, r, name)
		})
	}, func(e envelope) bool { return e.failed })
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

// readEnvelope reads a whole answer; field reads what is not part of the envelope.
func readEnvelope(ctx context.Context, answer *transport.Answer, limits limit.Limits, field func(*jsonread.Reader, string) error) (e envelope, err error) {
	err = jsonread.Read(ctx, answer, limits, func(r *jsonread.Reader) error {
		return r.Object(func(name string) error {
			if name != "Response" || r.IsNull() {
				return nil
			}
			e.present = true
			return r.Object(func(name string) error {
				known, err := r.Reads(func() error { return e.read(r, name, field) })
				e.known = e.known || known
				return err
			})
		})
	})
	if err != nil {
		return e, err
	}
	var problem string
	switch {
	case !e.present:
		problem = `there is no "Response" in it`
	case !e.known:
		problem = `its "Response" has no documented field`
	case e.failed && e.code == "":
		problem = `its "Error" has no "Code"` + answer.Quote(": "+e.message)
	default:
		return e, nil
	}
	return e, &transport.ContentError{Host: answer.Host, Problem: problem}
}

// read reads a field of the Response.
func (e *envelope) read(r *jsonread.Reader, name string, field func(*jsonread.Reader, string) error) (err error) {
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
	return field(r, name)
}

// requestID returns the vendor's id of the call, from the body or else from the header; it may be empty.
func requestID(answer *transport.Answer, e envelope) string {
	return answer.QuoteID(cmp.Or(e.requestID, answer.Header.Get("X-TC-RequestId")))
}
