// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package cdnetworks calls the CDNetworks API for reports. The API key signs the date of each request:
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

// Quota is the vendor's limit per account and report. The number of concurrent calls is not documented, but a
// user of another of the vendor's APIs measured it.
var Quota = transport.Quota{Calls: 300, Window: 5 * time.Minute, Concurrent: 10}

var errEndpoint = errors.New("the CDNetworks endpoint is not a valid URL")

// Config configures a Client. Every field is required.
type Config struct {
	// Endpoint is scheme://host[:port] without a path.
	Endpoint string
	// Username is the API user. APIKey is the secret that signs requests.
	Username, APIKey string
	HTTP             *transport.Client
	// Policy applies to every call. Clients of one account share its limiter.
	Policy transport.Policy
	// Clock learns the vendor's time from every response.
	Clock *clock.Corrected
}

// Client calls the API with one account. It is safe for concurrent use.
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
	return request, nil
}

// envelope contains the fields of a response other than its data.
type envelope struct{ code, message string }

// open decodes a response. It returns the vendor's error if the response contains one.
func (c *Client) open(ctx context.Context, answer *transport.Answer, limits limit.Limits, data func(*jsonread.Reader) error) error {
	var e envelope
	err := jsonread.Envelope(ctx, answer, limits, func(r *jsonread.Reader) error {
		e = envelope{}
		return e.read(r, data)
	}, func() bool { return e.code != codeSuccess })
	if err == nil && e.code != codeSuccess {
		return c.apiError(answer, e.code, e.message)
	}
	if code, message, ok := xmlError(answer.Body); ok {
		return c.apiError(answer, code, message)
	}
	switch {
	case answer.Status == statusTooFrequent:
		// The status means throttling even without a code in the body.
		return c.apiError(answer, codeTooFrequent, answer.Text())
	case answer.Status > 299:
		return answer.StatusError(c.config.Clock.Now())
	}
	return err
}

func (e *envelope) read(r *jsonread.Reader, data func(*jsonread.Reader) error) error {
	err := r.Object(func(name string) (err error) {
		switch name {
		case "code":
			e.code, err = r.Scalar()
		case "message":
			e.message, err = r.Scalar()
		case "data":
			err = r.Data(data)
		}
		return err
	})
	if err == nil && e.code == "" {
		err = &transport.ContentError{Problem: `there is no "code" in it`}
	}
	return err
}
