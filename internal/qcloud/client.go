// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package qcloud asks the legacy CDN API of Tencent Cloud, version 2, for its statistics. The vendor announced the
// retirement of that API for 2022-11-30; its requests, signatures and answers have nothing in common with API 3.0.
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

// Quota is what the vendor allows one account to ask of one statistic.
var Quota = transport.Quota{Calls: 100, Window: time.Minute}

// path is the only one that the API has.
const path = "/v2/index.php"

var errEndpoint = errors.New("the endpoint of the legacy CDN API is not a valid URL")

// Config is what a Client needs. Every field but Refused and Nonce is required.
type Config struct {
	// Endpoint is scheme://host[:port] without a path.
	Endpoint string
	// Credential returns the key to sign with, anew for every attempt. The token is empty where the key is permanent.
	Credential func(ctx context.Context) (secretID, secretKey, token string, err error)
	// Refused is told the id of a temporary key that the vendor no longer takes, and reports whether there may be
	// others; nil means that there are none.
	Refused func(secretID string) bool
	HTTP    *transport.Client
	// Policy holds for every call. Clients of one account share its limiter.
	Policy transport.Policy
	// Clock learns the vendor's time from every response.
	Clock *clock.Corrected
	// Nonce returns a number that the account has not used in the last hours; nil means a random one.
	Nonce func() uint64
}

// Client calls the API for one account. It is safe for concurrent use where its Config's functions are.
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
	c.Policy.Prepare = func(ctx context.Context) error { // The attempt then finds the key at hand.
		_, _, _, err := c.Credential(ctx)
		return err
	}
	_, host, _ := strings.Cut(c.Endpoint, "://")
	return &Client{config: c, host: host}
}

// randomNonce returns a number that a signed integer can hold, which is what the vendor's examples use at most.
func randomNonce() uint64 {
	var b [8]byte
	_, _ = rand.Read(b[:]) // It never fails.
	return binary.BigEndian.Uint64(b[:]) >> 1
}

// signature is what an attempt is signed with.
type signature struct {
	secretID string
	at       time.Time
}

// newRequest signs an action with its own parameters. The vendor refuses a nonce that it has seen before, so each
// attempt needs a new request.
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

// envelope is what every answer has beside its data. Code comes as a number or as a string of digits, codeDesc as text,
// as the module's code or not at all.
type envelope struct{ code, message, description string }

// open reads an answer and its data, or returns the error that the answer stands for.
func (c *Client) open(ctx context.Context, answer *transport.Answer, signed signature, limits limit.Limits, data func(*jsonread.Reader) error) error {
	e, err := jsonread.Envelope(func(withData bool) (envelope, error) {
		if !withData {
			return readEnvelope(ctx, answer, limits, func(*jsonread.Reader) error { return nil })
		}
		return readEnvelope(ctx, answer, limits, data)
	}, func(e envelope) bool { return e.code != codeSuccess })
	switch {
	case err == nil && e.code != codeSuccess:
		return c.apiError(answer, e, signed)
	case answer.Status > 299:
		return answer.StatusError(c.config.Clock.Now())
	}
	return err
}

func readEnvelope(ctx context.Context, answer *transport.Answer, limits limit.Limits, data func(*jsonread.Reader) error) (e envelope, err error) {
	var code jsonread.Value
	err = jsonread.Read(ctx, answer, limits, func(r *jsonread.Reader) error {
		return r.Object(func(name string) (err error) {
			switch name {
			case "code":
				code, err = r.Value()
			case "message":
				e.message, err = r.Scalar()
			case "codeDesc":
				e.description, err = r.Scalar()
			case "data":
				err = data(r)
			}
			return err
		})
	})
	if err != nil {
		return e, err
	}
	number, err := code.Number()
	if err != nil || number.IsNull() {
		return e, &transport.ContentError{Host: answer.Host, Problem: `there is no number "code" in it`}
	}
	e.code = number.String()
	return e, nil
}
