// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"

	"github.com/hashicorp/terraform-plugin-log/tflog"
)

// MaxBody is the most bytes an answer may have after decompression.
const MaxBody = 32 << 20

// Client sends single requests. All clients of one provider configuration share one, and so its connections.
type Client struct {
	roundTripper http.RoundTripper
	userAgent    string
}

// NewClient returns a client with its own connection pool. TLS is verified, proxies come from the environment.
func NewClient(userAgent string) *Client {
	return newClient(userAgent, proxyFromEnvironment())
}

// NewDirectClient returns a client like NewClient's that never asks a proxy, for services that answer to this machine
// alone.
func NewDirectClient(userAgent string) *Client { return newClient(userAgent, nil) }

func newClient(userAgent string, proxy func(*http.Request) (*url.URL, error)) *Client {
	dialer := &net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second}
	return &Client{
		userAgent: userAgent,
		roundTripper: &http.Transport{
			Proxy:                  proxy,
			DialContext:            dialer.DialContext,
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

// Exchange sends a request once and reads the whole answer, of any status but a redirect: a signed request must
// not be repeated to another address. Errors are *NetworkError, *StatusError or *ContentError and hold no URL.
func (c *Client) Exchange(req *http.Request) (*Answer, error) {
	answer, err := c.exchange(req)
	if err == nil && answer.isRedirect() {
		return nil, &StatusError{Host: answer.Host, Status: answer.Status, Text: "redirects are refused for signed requests"}
	}
	return answer, err
}

// exchange sends a request once and reads the whole answer of any status.
func (c *Client) exchange(req *http.Request) (*Answer, error) {
	req.Header.Set("User-Agent", c.userAgent)
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
	response, err := c.roundTripper.RoundTrip(req)
	if err != nil {
		return nil, networkError(req, err)
	}
	defer response.Body.Close()
	if encoding := response.Header.Get("Content-Encoding"); encoding != "" && encoding != "identity" {
		return nil, &ContentError{Host: req.URL.Host, Problem: fmt.Sprintf("content encoding %q is not supported", Clean(encoding))}
	}
	answer := &Answer{Host: req.URL.Host, Status: response.StatusCode, Header: response.Header}
	if answer.isRedirect() {
		return answer, nil // Nobody reads the body.
	}
	answer.Body, err = readCapped(response)
	if errors.Is(err, errBodyCap) {
		return nil, &ContentError{Host: answer.Host, Problem: err.Error()}
	}
	if err != nil {
		return nil, networkError(req, err)
	}
	return answer, nil
}

var errBodyCap = fmt.Errorf("the body is larger than %d MiB", MaxBody>>20)

func readCapped(response *http.Response) ([]byte, error) {
	if response.ContentLength > MaxBody {
		return nil, errBodyCap
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, MaxBody+1))
	if err != nil {
		return nil, err
	}
	if len(body) > MaxBody {
		return nil, errBodyCap
	}
	return body, nil
}
