// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/http/httpproxy"
)

// errProxyURL does not quote the URL, which can contain a password.
var errProxyURL = errors.New("the proxy URL in HTTPS_PROXY or HTTP_PROXY is malformed")

// malformedProxy replaces the host of a malformed proxy URL.
const malformedProxy = "malformed.invalid"

var proxySchemes = []string{"http", "https", "socks5", "socks5h"}

// proxyFromEnvironment returns a function that chooses the proxy of a request. A malformed proxy URL fails the requests
// that would use it. The library alone would use no proxy or connect to the wrong host.
func proxyFromEnvironment() func(*http.Request) (*url.URL, error) {
	config := httpproxy.FromEnvironment()
	config.HTTPProxy = markMalformed(config.HTTPProxy)
	config.HTTPSProxy = markMalformed(config.HTTPSProxy)
	choose := config.ProxyFunc()
	return func(req *http.Request) (*url.URL, error) {
		proxy, err := choose(req.URL)
		if proxy != nil && proxy.Host == malformedProxy {
			return nil, errProxyURL
		}
		return proxy, err
	}
}

func markMalformed(proxy string) string {
	address := proxy
	if !strings.Contains(address, "://") {
		address = "http://" + address
	}
	parsed, err := url.Parse(address)
	if proxy != "" && (err != nil || parsed.Hostname() == "" || !slices.Contains(proxySchemes, parsed.Scheme)) {
		return "http://" + malformedProxy
	}
	return proxy
}

// proxyError is the error of a proxy that refused to connect to the server.
type proxyError struct{ status int }

func (e *proxyError) Error() string {
	return fmt.Sprintf("the proxy responded with HTTP %d %s", e.status, http.StatusText(e.status))
}

func refuseProxyError(_ context.Context, _ *url.URL, _ *http.Request, answer *http.Response) error {
	if answer.StatusCode != http.StatusOK {
		return &proxyError{answer.StatusCode}
	}
	return nil
}
