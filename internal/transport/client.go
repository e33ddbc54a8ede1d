// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"

	"github.com/hashicorp/terraform-plugin-log/tflog"
)

// MaxBody is the maximum size of a response body in bytes, after decompression.
const MaxBody = 32 << 20

const (
	// largeBody is the size from which a body counts as large. Decoding a body takes several times its size in memory.
	largeBody = 8 << 20
	// maxLarge is how many attempts of a Client may have a large body at the same time.
	maxLarge = 2
)

// Client sends single requests and does not retry. One provider instance uses one Client, so that its API clients share
// connections.
type Client struct {
	roundTripper http.RoundTripper
	userAgent    string
	// large contains an element for each attempt with a large body.
	large chan struct{}
}

// NewClient returns a client with its own connection pool. It verifies TLS and uses the proxies of the environment.
func NewClient(userAgent string) *Client { return newClient(userAgent, proxyFromEnvironment()) }

// NewDirectClient returns a client that never uses a proxy, for services that only this machine can reach.
func NewDirectClient(userAgent string) *Client { return newClient(userAgent, nil) }

func newClient(userAgent string, proxy func(*http.Request) (*url.URL, error)) *Client {
	dialer := &net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second}
	return &Client{
		userAgent: userAgent,
		large:     make(chan struct{}, maxLarge),
		roundTripper: &http.Transport{
			Proxy:                  proxy,
			DialContext:            limitDials(dialer.DialContext),
			ForceAttemptHTTP2:      true,
			TLSHandshakeTimeout:    10 * time.Second,
			MaxIdleConnsPerHost:    32,
			IdleConnTimeout:        30 * time.Second,
			MaxResponseHeaderBytes: 1 << 20,
			OnProxyConnectResponse: refuseProxyError,
		},
	}
}

// Close closes the idle connections.
func (c *Client) Close() {
	if transport, ok := c.roundTripper.(*http.Transport); ok {
		transport.CloseIdleConnections()
	}
}

// Exchange sends a request once and reads the whole response. A redirect is a *StatusError, because a signed request must
// not be sent to another URL. A response with any other final status is returned as an Answer. Other errors are
// *NetworkError, *StatusError or *ContentError. Errors do not contain the URL.
//
// At most two responses larger than 8 MiB are in memory at a time. Another one waits until the context of one of the two
// ends.
func (c *Client) Exchange(req *http.Request) (*Answer, error) {
	answer, err := c.exchange(req)
	if err == nil && answer.isRedirect() {
		return nil, &StatusError{Host: answer.Host, Status: answer.Status, Text: "redirects are refused for signed requests"}
	}
	return answer, err
}

// exchange is Exchange without the check for redirects. It hides the request's credential and logs the result.
func (c *Client) exchange(req *http.Request) (*Answer, error) {
	req.Header.Set("User-Agent", c.userAgent)
	hideAuthorization(req)
	started := time.Now()
	answer, err := c.roundTrip(req)
	if isPrivate(req.Context()) {
		answer, err = private(answer, err)
	}
	fields := map[string]any{"method": req.Method, "host": req.URL.Host, "path": req.URL.Path, "elapsed": time.Since(started).String()}
	if err != nil {
		fields["error"] = err.Error()
	} else {
		fields["status"], fields["bytes"] = answer.Status, len(answer.Body)
	}
	tflog.Debug(req.Context(), "HTTP exchange", masked(req.Context(), fields))
	return answer, err
}

func (c *Client) roundTrip(req *http.Request) (*Answer, error) {
	ctx := req.Context()
	req = req.WithContext(countDials(ctx))
	response, err := c.roundTripper.RoundTrip(req)
	if err != nil {
		return nil, networkError(req, err)
	}
	defer response.Body.Close()
	answer := &Answer{Host: req.URL.Host, Status: response.StatusCode, Header: response.Header}
	switch {
	case answer.Status < http.StatusOK:
		// After 101 Switching Protocols, the body is the raw connection, and reading it would not end with the context.
		return nil, &StatusError{Host: answer.Host, Status: answer.Status, Text: "the provider does not switch protocols"}
	case answer.isRedirect():
		return answer, nil // The body is not used.
	}
	answer.Body, err = c.readCapped(ctx, response)
	if content, ok := errors.AsType[*ContentError](err); ok {
		return nil, content
	}
	// Even after the context has ended, reading the body can succeed.
	if err != nil || req.Context().Err() != nil {
		return nil, networkError(req, err)
	}
	return answer, nil
}

// readCapped reads the body. The error is a *ContentError if the body is larger than MaxBody or its encoding is not
// supported.
func (c *Client) readCapped(ctx context.Context, response *http.Response) ([]byte, error) {
	tooLarge := &ContentError{
		Host: response.Request.URL.Host, Problem: fmt.Sprintf("the body is larger than %d MiB", MaxBody>>20), TooLarge: true,
	}
	if response.ContentLength > MaxBody {
		return nil, tooLarge
	}
	plain, err := plainBody(response)
	if err != nil {
		return nil, err
	}
	small, err := io.ReadAll(io.LimitReader(plain, largeBody))
	if err != nil || len(small) < largeBody {
		return small, err
	}
	if err := c.reserve(ctx); err != nil {
		return nil, err
	}
	// Allocate the maximum at once, because a buffer that grows needs several times as much memory.
	body := bytes.NewBuffer(make([]byte, 0, MaxBody+1+bytes.MinRead))
	body.Write(small)
	if _, err := body.ReadFrom(io.LimitReader(plain, MaxBody+1-largeBody)); err != nil {
		return nil, err
	}
	if body.Len() > MaxBody {
		return nil, tooLarge
	}
	return body.Bytes(), nil
}

// reserve waits until fewer than maxLarge attempts have a large body. The reservation lasts until the attempt's context
// ends.
func (c *Client) reserve(ctx context.Context) error {
	select {
	case c.large <- struct{}{}:
		context.AfterFunc(ctx, func() { <-c.large })
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
