// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package cdnetworks asks CDNetworks for its reports. Requests carry a password made of the API key and the date:
// https://documents.cdnetworks.com/document/api-doc/api-key-authentication.
package cdnetworks

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
	"github.com/edgestats/terraform-provider-edgestats/internal/jsonread"
	"github.com/edgestats/terraform-provider-edgestats/internal/limit"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

// Quota is what the vendor allows one account to ask of one report. The limit on concurrent calls is observed, not
// documented.
var Quota = transport.Quota{Calls: 300, Window: 5 * time.Minute, Concurrent: 10}

var errEndpoint = errors.New("the CDNetworks endpoint is not a valid URL")

// Config is what a Client needs. Every field is required.
type Config struct {
	// Endpoint is scheme://host[:port] without a path.
	Endpoint string
	// Username is the API user, and APIKey the secret that signs for it.
	Username, APIKey string
	HTTP             *transport.Client
	// Policy holds for every call. Clients of one account share its limiter.
	Policy transport.Policy
	// Clock learns the vendor's time from every response.
	Clock *clock.Corrected
}

// Client calls the API for one account. It is safe for concurrent use.
type Client struct{ config Config }

// New returns a client.
func New(c Config) *Client { return &Client{config: c} }

func (c *Client) newRequest(ctx context.Context, path string, body []byte, signed time.Time) (*http.Request, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.config.Endpoint+path, bytes.NewReader(body))
	if err != nil {
		return nil, errEndpoint // The cause would quote the URL.
	}
	date := signed.UTC().Format(http.TimeFormat)
	request.Header.Set("Date", date)
	request.Header.Set("Accept", "application/json")
	request.Header.Set("Content-Type", "application/json")
	request.SetBasicAuth(c.config.Username, password(c.config.APIKey, date))
	hideSignature(request)
	return request, nil
}

// envelope is what every answer has beside its data.
type envelope struct{ code, message string }

// open reads an answer and its data, or returns the error that the answer stands for.
func (c *Client) open(ctx context.Context, answer *transport.Answer, limits limit.Limits, data func(*jsonread.Reader) error) error {
	e, err := jsonread.Envelope(func(withData bool) (envelope, error) {
		if !withData {
			return readEnvelope(ctx, answer, limits, func(*jsonread.Reader) error { return nil })
		}
		return readEnvelope(ctx, answer, limits, data)
	}, func(e envelope) bool { return e.code != codeSuccess })
	if err == nil && e.code != codeSuccess {
		return c.apiError(answer, e.code, e.message)
	}
	if code, message, ok := xmlError(answer.Body); ok {
		return c.apiError(answer, code, message)
	}
	switch {
	case answer.Status == statusTooFrequent:
		// The status alone means throttling, whatever the body is.
		return c.apiError(answer, codeTooFrequent, answer.Text())
	case answer.Status > 299:
		return answer.StatusError(c.config.Clock.Now())
	}
	return err
}

func readEnvelope(ctx context.Context, answer *transport.Answer, limits limit.Limits, data func(*jsonread.Reader) error) (e envelope, err error) {
	err = jsonread.Read(ctx, answer, limits, func(r *jsonread.Reader) error {
		return r.Object(func(name string) (err error) {
			switch name {
			case "code":
				e.code, err = r.Scalar()
			case "message":
				e.message, err = r.Scalar()
			case "data":
				err = data(r)
			}
			return err
		})
	})
	if err == nil && e.code == "" {
		err = &transport.ContentError{Host: answer.Host, Problem: `there is no "code" in it`}
	}
	return e, err
}
