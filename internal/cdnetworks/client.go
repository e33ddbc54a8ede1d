// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package cdnetworks asks CDNetworks for its reports. Requests carry a password made of the API key and the date:
// https://documents.cdnetworks.com/document/api-doc/api-key-authentication.
package cdnetworks

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
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
	Clock  *clock.Corrected
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

// envelope is what every answer looks like.
type envelope struct {
	Code    scalar   `json:"code"`
	Message scalar   `json:"message"`
	Data    wireData `json:"data"`
}

// open returns the data of an answer, or the error that the answer stands for.
func (c *Client) open(answer *transport.Answer) (wireData, error) {
	e, err := decodeEnvelope(answer)
	if err == nil && e.Code != codeSuccess {
		return wireData{}, c.apiError(answer, string(e.Code), string(e.Message))
	}
	if code, message, ok := xmlError(answer.Body); ok {
		return wireData{}, c.apiError(answer, code, message)
	}
	switch {
	case answer.Status == statusTooFrequent:
		// The status says it all, so the body need not.
		return wireData{}, c.apiError(answer, codeTooFrequent, answer.Text())
	case answer.Status > 299:
		return wireData{}, answer.StatusError(c.config.Clock.Now())
	}
	return e.Data, err
}

func decodeEnvelope(answer *transport.Answer) (envelope, error) {
	body, err := answer.JSON()
	if err != nil {
		return envelope{}, err
	}
	e, err := unmarshalEnvelope(body)
	if err != nil {
		return e, &transport.ContentError{Host: answer.Host, Problem: "not the JSON that is documented", Err: err}
	}
	if e.Code == "" {
		return e, &transport.ContentError{Host: answer.Host, Problem: `there is no "code" in it`}
	}
	return e, nil
}

// unmarshalEnvelope reads the usual answer at once. Of others it leaves the data as they are.
func unmarshalEnvelope(body []byte) (envelope, error) {
	var e envelope
	err := json.Unmarshal(body, &e)
	if err == nil {
		return e, nil
	}
	var odd struct {
		envelope

		Data json.RawMessage `json:"data"`
	}
	if json.Unmarshal(body, &odd) != nil {
		return e, err
	}
	return envelope{Code: odd.Code, Message: odd.Message, Data: wireData{odd: odd.Data}}, nil
}
