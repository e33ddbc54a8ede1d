// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// setProxy sets the environment to use only this proxy.
func setProxy(t *testing.T, proxy, exceptions string) {
	t.Helper()
	for name, value := range map[string]string{
		"HTTPS_PROXY": proxy, "https_proxy": "", "HTTP_PROXY": proxy, "http_proxy": "", "NO_PROXY": exceptions, "no_proxy": "", "REQUEST_METHOD": "",
	} {
		t.Setenv(name, value)
	}
}

// withPassword adds a user to a URL, with the canary as password.
func withPassword(address string) string {
	return strings.Replace(address, "://", "://user:"+canary+"@", 1)
}

func TestARefusalByTheProxyIsNamed(t *testing.T) {
	for status, verdict := range map[int]Verdict{407: Final, 403: Final, 502: Retry, 503: Retry} {
		var got *http.Request
		proxy := serve(t, func(w http.ResponseWriter, r *http.Request) {
			got = r
			http.Error(w, "<html>"+canary, status)
		})
		setProxy(t, withPassword(proxy), "")
		_, err := exchange(t.Context(), t, newTestClient(t), "https://api.example.com")
		want := (&proxyError{status}).Error()
		mustNetworkError(t, err, "api.example.com", want, verdict)
		if got.Method != http.MethodConnect || got.Host != "api.example.com:443" || got.Header.Get("Proxy-Authorization") == "" {
			t.Errorf("the proxy got %s %s with %v", got.Method, got.Host, got.Header)
		}
		if got.Header.Get("X-TC-Token") != "" || got.Header.Get("Authorization") != "" {
			t.Errorf("the proxy got credentials: %v", got.Header)
		}
	}
}

func TestAnUnreachableProxyIsNamed(t *testing.T) {
	setProxy(t, withPassword("http://127.0.0.1:1"), "")
	_, err := exchange(t.Context(), t, newTestClient(t), "https://api.example.com")
	mustNetworkError(t, err, "api.example.com", "proxyconnect tcp: dial tcp 127.0.0.1:1: connect: connection refused", Retry)

	setProxy(t, withPassword("http://proxy.invalid"), "")
	client := newTestClient(t)
	pool(t, client).DialContext = (&net.Dialer{Resolver: nameServer(t, 3)}).DialContext
	_, err = exchange(t.Context(), t, client, "https://api.example.com")
	mustNetworkError(t, err, "api.example.com", "the host name of the proxy cannot be resolved", Final)
}

func TestAMalformedProxyURLIsAnErrorWithoutTheURL(t *testing.T) {
	for _, proxy := range []string{
		"http://user:" + canary + "@[proxy", "http://user:" + canary + "%zz@proxy.example.com", "http://user:" + canary + "#1@proxy.example.com",
		"http://user:" + canary + "@", "ftp://user:" + canary + "@proxy.example.com", "://user:" + canary + "@proxy.example.com", "proxy example com", "proxy:" + canary,
	} {
		setProxy(t, proxy, "direct.example.com")
		client := newTestClient(t)
		for _, scheme := range []string{"https", "http"} {
			_, err := exchange(t.Context(), t, client, scheme+"://api.example.com")
			mustNetworkError(t, err, "api.example.com", "the proxy URL in HTTPS_PROXY or HTTP_PROXY is malformed", Final)
		}
		direct, err := pool(t, client).Proxy(&http.Request{URL: &url.URL{Scheme: "https", Host: "direct.example.com"}})
		if direct != nil || err != nil {
			t.Errorf("a host of NO_PROXY needs the proxy %q: %v", direct, err)
		}
	}
}

func TestProxyIsChosenFromTheEnvironment(t *testing.T) {
	for _, proxy := range []string{"http://proxy.example.com:3128", "https://user:pass@proxy.example.com", "socks5://10.0.0.1:1080", "proxy.example.com:3128", "10.0.0.1:3128", ""} {
		setProxy(t, proxy, "direct.example.com")
		choose := pool(t, newTestClient(t)).Proxy
		for target, want := range map[string]bool{"https://api.example.com": proxy != "", "https://direct.example.com": false, "http://127.0.0.1:8080": false} {
			req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, target, http.NoBody)
			if err != nil {
				t.Fatal(err)
			}
			chosen, err := choose(req)
			if err != nil || (chosen != nil) != want || want && !strings.HasSuffix(chosen.String(), proxy) {
				t.Errorf("%q for %s: %v, %v", proxy, target, chosen, err)
			}
		}
	}
}

// A proxy would ask the metadata service of its own machine.
func TestDirectClientUsesNoProxy(t *testing.T) {
	setProxy(t, "http://127.0.0.1:1", "")
	direct := NewDirectClient("test")
	t.Cleanup(direct.Close)
	pool(t, direct).DialContext = (&net.Dialer{Resolver: nameServer(t, 3)}).DialContext
	_, err := exchange(t.Context(), t, direct, "http://metadata.example.com")
	mustNetworkError(t, err, "metadata.example.com", "the host name cannot be resolved", Final)
}
