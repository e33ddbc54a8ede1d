// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"
)

// get fetches a file with the canary in place of every secret, and checks that the error does not show it.
func get(t *testing.T, address string) (*Answer, error) {
	t.Helper()
	u, err := url.Parse(address + "?q-signature=" + canary)
	if err != nil {
		t.Fatal(err)
	}
	u.User = url.UserPassword("user", canary)
	answer, err := newTestClient(t).Get(t.Context(), u)
	if err != nil && strings.Contains(err.Error(), canary) {
		t.Errorf("a secret is in the error %q", err)
	}
	return answer, err
}

func TestGetSendsNoCredentials(t *testing.T) {
	address := serve(t, func(w http.ResponseWriter, r *http.Request) {
		for _, name := range []string{"Authorization", "X-Tc-Token", "Cookie", "Referer"} {
			if sent := r.Header.Get(name); sent != "" {
				t.Errorf("%s is %q", name, sent)
			}
		}
		if r.Method != http.MethodGet || r.URL.RawQuery != "q-signature="+canary {
			t.Errorf("the request is %s with %s", r.Method, r.URL.RawQuery)
		}
		w.WriteHeader(http.StatusForbidden)
		_, _ = io.WriteString(w, "the answer")
	})
	answer, err := get(t, address+"/file")
	if err != nil || answer.Status != http.StatusForbidden || string(answer.Body) != "the answer" {
		t.Errorf("%v, %v", answer, err)
	}
}

// redirecting starts a server whose path /<n> redirects n times and then answers.
func redirecting(t *testing.T) string {
	t.Helper()
	return serve(t, func(w http.ResponseWriter, r *http.Request) {
		n, err := strconv.Atoi(strings.TrimPrefix(r.URL.Path, "/"))
		if err != nil {
			t.Error(err)
		}
		if n > 0 {
			http.Redirect(w, r, "/"+strconv.Itoa(n-1)+"?"+r.URL.RawQuery, http.StatusFound)
			return
		}
		_, _ = io.WriteString(w, r.URL.RawQuery)
	})
}

func TestGetFollowsThreeRedirects(t *testing.T) {
	address := redirecting(t)
	for _, n := range []string{"/0", "/1", "/3"} {
		answer, err := get(t, address+n)
		if err != nil || string(answer.Body) != "q-signature="+canary {
			t.Errorf("%s: %v, %v", n, answer, err)
		}
	}
	_, err := get(t, address+"/4")
	if _, ok := errors.AsType[*ContentError](err); !ok || !strings.Contains(err.Error(), "more than 3 redirects") {
		t.Errorf("4 redirects: %v", err)
	}
}

func TestGetRefusesRedirectsToOtherOrigins(t *testing.T) {
	second := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		t.Errorf("the second server was asked for %s", r.URL)
	}))
	defer second.Close()
	for target, want := range map[string]string{
		second.URL + "/?q=" + canary:         host(second.URL),
		"//" + host(second.URL) + "/":        host(second.URL),
		"https://user:" + canary + "@" + "x": "another scheme, host or port is refused: x",
		"javascript:" + canary:               "another scheme, host or port is refused",
		"":                                   "the redirect has no valid URL",
		"http://[" + canary:                  "the redirect has no valid URL",
	} {
		address := serve(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", target)
			w.WriteHeader(http.StatusFound)
		})
		_, err := get(t, address)
		status, ok := errors.AsType[*StatusError](err)
		if !ok || status.Status != http.StatusFound || !strings.Contains(err.Error(), want) || judge(err).Verdict != Final {
			t.Errorf("%q: %v, want %q", target, err, want)
		}
	}
}

func TestSameOrigin(t *testing.T) {
	for _, test := range []struct {
		a, b string
		same bool
	}{
		{"https://a.example.com/x", "https://A.example.com:443/y?z", true},
		{"http://a.example.com:80", "http://a.example.com", true},
		{"http://127.0.0.1:4180", "http://127.0.0.1:4180/statistics/", true},
		{"http://a.example.com", "https://a.example.com", false},
		{"https://a.example.com", "https://a.example.com:8443", false},
		{"https://a.example.com", "https://b.example.com", false},
	} {
		a, errA := url.Parse(test.a)
		b, errB := url.Parse(test.b)
		if err := errors.Join(errA, errB); err != nil {
			t.Fatal(err)
		}
		if got := SameOrigin(a, b); got != test.same {
			t.Errorf("%s and %s: %t", test.a, test.b, got)
		}
	}
}
