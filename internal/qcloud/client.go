// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package qcloud calls version 2 of Tencent Cloud's legacy CDN API for statistics. The vendor announced its retirement for
// 2022-11-30. Its requests, signatures and responses have nothing in common with API 3.0.
package qcloud

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"maps"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
	"github.com/edgestats/terraform-provider-edgestats/internal/jsonread"
	"github.com/edgestats/terraform-provider-edgestats/internal/limit"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

// Quota is the vendor's limit per account and action.
var Quota = transport.Quota{Calls: 100, Window: time.Minute}

// path is the path of every action.
const path = "/v2/index.php"

var errEndpoint = errors.New("the endpoint of the legacy CDN API is not a valid URL")

// Config configures a Client. Every field except Refused and Nonce is required.
type Config struct {
	// Endpoint is scheme://host[:port] without a path.
	Endpoint string
	// Credential returns the key that signs an attempt. The token of a permanent key is empty.
	Credential func(ctx context.Context) (secretID, secretKey, token string, err error)
	// Refused is called with the ID of a temporary key that the vendor refused. It reports whether another key may be
	// available. If it is nil, there is no other key.
	Refused func(secretID string) bool
	HTTP    *transport.Client
	// Policy applies to every call. Clients of one account share its limiter.
	Policy transport.Policy
	// Clock learns the vendor's time from every response.
	Clock *clock.Corrected
	// Nonce returns a number that the account has not used in the last hours; nil means a random one.
	Nonce func() uint64
}

// Client calls the API with one account. It is safe for concurrent use if the functions of its Config are.
type Client struct {
	config Config
	host   string
}

// New returns a client.
func New(c Config) *Client {
	if c.Nonce == nil {
		c.Nonce = randomNonce
	}
	if c.Refused == nil {
		c.Refused = func(string) bool { return false }
	}
	c.Policy.Prepare = func(ctx context.Context) error { // So that the attempt does not wait for the key.
		_, _, _, err := c.Credential(ctx)
		return err
	}
	_, host, _ := strings.Cut(c.Endpoint, "://")
	return &Client{config: c, host: host}
}

// randomNonce returns a number that fits into a signed integer, like those in the vendor's examples.
func randomNonce() uint64 {
	var b [8]byte
	_, _ = rand.Read(b[:]) // It never fails.
	return binary.BigEndian.Uint64(b[:]) >> 1
}

// signature contains the key ID and the time of a signature.
type signature struct {
	secretID string
	at       time.Time
}

// newRequest returns a signed request for an action with its own parameters. The vendor refuses a nonce that it has seen
// before, so each attempt needs a new request.
func (c *Client) newRequest(ctx context.Context, action string, own map[string]string) (*http.Request, signature, error) {
	secretID, secretKey, token, err := c.config.Credential(ctx)
	if err != nil {
		return nil, signature{}, err
	}
	signed := signature{secretID, c.config.Clock.Now()}
	parameters := maps.Clone(own)
	parameters["Action"] = action
	parameters["SecretId"] = secretID
	parameters["Timestamp"] = strconv.FormatInt(signed.at.Unix(), 10)
	parameters["Nonce"] = strconv.FormatUint(c.config.Nonce(), 10)
	parameters["SignatureMethod"] = "HmacSHA256"
	if token != "" {
		parameters["Token"] = token
	}
	parameters["Signature"] = sign(secretKey, canonical(http.MethodPost, c.host, parameters))
	transport.Hide(ctx, secretKey, token, parameters["Signature"])

	form := make(url.Values, len(parameters))
	for name, value := range parameters {
		form.Set(name, value)
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.config.Endpoint+path, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, signed, errEndpoint // The cause would quote the URL.
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return request, signed, nil
}

// envelope contains the fields of a response other than its data. In the response, code is a number or a string of digits.
// codeDesc is a description, the module's code, or missing.
type envelope struct{ code, message, description string }

// open decodes a response. It returns the vendor's error if the response contains one.
func (c *Client) open(ctx context.Context, answer *transport.Answer, signed signature, limits limit.Limits, data func(*jsonread.Reader) error) error {
	var e envelope
	err := jsonread.Envelope(ctx, answer, limits, func(r *jsonread.Reader) error {
		e = envelope{}
		return e.read(r, data)
	}, func() bool { return e.code != codeSuccess })
	switch {
	case err == nil && e.code != codeSuccess:
		return c.apiError(answer, &e, signed)
	case answer.Status > 299:
		return answer.StatusError(c.config.Clock.Now())
	}
	return err
}

func (e *envelope) read(r *jsonread.Reader, data func(*jsonread.Reader) error) error {
	var code jsonread.Value
	err := r.Object(func(name string) (err error) {
		switch name {
		case "code":
			code, err = r.Value()
		case "message":
			e.message, err = r.Scalar()
		case "codeDesc":
			e.description, err = r.Scalar()
		case "data":
			err = r.Data(data)
		}
		return err
	})
	if err != nil {
		return err
	}
	number, err := code.Number()
	if err != nil || number.IsNull() {
		return &transport.ContentError{Problem: `there is no number "code" in it`}
	}
	e.code = number.String()
	return nil
}
