// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// maxRedirects is the maximum number of redirects that Get follows.
const maxRedirects = 3

// Get fetches a URL without credentials, such as a presigned URL. It follows up to three redirects to the same scheme, host
// and port. It returns a response with any other final status as an Answer. Errors are those of Exchange.
func (c *Client) Get(ctx context.Context, address *url.URL) (*Answer, error) {
	hideQuery(ctx, address)
	for range maxRedirects + 1 {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, address.String(), http.NoBody)
		if err != nil {
			return nil, errors.New("the URL is malformed") // The cause would quote the URL.
		}
		answer, err := c.exchange(req)
		if err != nil || !answer.isRedirect() {
			return answer, err
		}
		if address, err = answer.redirect(address); err != nil {
			return nil, err
		}
		hideQuery(ctx, address)
	}
	return nil, &ContentError{Host: Clean(address.Host), Problem: fmt.Sprintf("more than %d redirects", maxRedirects)}
}

// redirect returns the target of a redirect from the given URL.
func (a *Answer) redirect(from *url.URL) (*url.URL, error) {
	refused := &StatusError{Host: a.Host, Status: a.Status}
	to, err := from.Parse(a.Header.Get("Location"))
	switch {
	case err != nil || a.Header.Get("Location") == "":
		refused.Text = "the redirect has no valid URL"
		return nil, refused
	case !SameOrigin(from, to):
		refused.Text = "a redirect to another scheme, host or port is refused" + a.Quote(": "+Clean(to.Host))
		return nil, refused
	}
	return to, nil
}

// SameOrigin reports whether two URLs have the same scheme, host and port.
func SameOrigin(a, b *url.URL) bool {
	return a.Scheme == b.Scheme && strings.EqualFold(a.Hostname(), b.Hostname()) && Port(a) == Port(b)
}

// Port returns the port of a URL, or the default port of its scheme.
func Port(u *url.URL) string {
	return cmp.Or(u.Port(), map[string]string{"http": "80", "https": "443"}[u.Scheme])
}
