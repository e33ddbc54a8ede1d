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

// errProxyURL does not repeat the URL, which may hold a password.
var errProxyURL = errors.New("the proxy URL in HTTPS_PROXY or HTTP_PROXY is malformed")

// malformedProxy is the host that stands for a malformed proxy URL.
const malformedProxy = "malformed.invalid"

var proxySchemes = []string{"http", "https", "socks5", "socks5h"}

// proxyFromEnvironment returns a function that chooses the proxy of a request. The library takes a malformed URL for no
// proxy or for another one; here it is an error of the requests that need it.
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

// proxyError is a proxy's refusal to connect.
type proxyError struct{ status int }

func (e *proxyError) Error() string {
	return fmt.Sprintf("the proxy answered HTTP %d %s", e.status, http.StatusText(e.status))
}

func refuseProxyError(_ context.Context, _ *url.URL, _ *http.Request, answer *http.Response) error {
	if answer.StatusCode != http.StatusOK {
		return &proxyError{answer.StatusCode}
	}
	return nil
}
