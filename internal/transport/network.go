// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"compress/flate"
	"compress/gzip"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"sync/atomic"
	"syscall"
)

// maxDials is the maximum number of connections that one request may open. Without it, net/http would open connections
// for as long as an HTTP/2 server refuses each with GOAWAY.
const maxDials = 4

var errTooManyDials = fmt.Errorf("the server closed %d connections without a response", maxDials)

type dialsKey struct{}

// countDials returns a context under which limitDials counts connections.
func countDials(ctx context.Context) context.Context {
	return context.WithValue(ctx, dialsKey{}, new(atomic.Int32))
}

type dialFunc = func(ctx context.Context, network, address string) (net.Conn, error)

// limitDials makes dial fail after maxDials connections for one request.
func limitDials(dial dialFunc) dialFunc {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		if dials, ok := ctx.Value(dialsKey{}).(*atomic.Int32); ok && dials.Add(1) > maxDials {
			return nil, errTooManyDials
		}
		return dial(ctx, network, address)
	}
}

// networkError returns an error that says why a request got no complete response, and whether the problem is transient. If
// the request's context has ended, it ignores err.
func networkError(req *http.Request, err error) *NetworkError {
	if req.Context().Err() != nil { // Not errors.Is: a connect timeout matches context.DeadlineExceeded too.
		return &NetworkError{Host: req.URL.Host, Problem: "no complete response", Verdict: Final, Err: context.Cause(req.Context())}
	}
	e := &NetworkError{Host: req.URL.Host, Problem: Clean(err.Error()), Verdict: Retry, Err: err}
	var (
		dns     *net.DNSError
		proxied *proxyError
		corrupt flate.CorruptInputError
	)
	switch {
	case errors.Is(err, errTooManyDials):
		e.Problem = errTooManyDials.Error()
	case errors.Is(err, errProxyURL):
		e.Problem, e.Verdict = errProxyURL.Error(), Final
	case errors.As(err, &proxied):
		e.Problem, e.Verdict = proxied.Error(), JudgeStatus(proxied.status)
	case errors.As(err, &dns):
		e.Problem = "the host name cannot be resolved"
		if isOperation(err, "proxyconnect") {
			e.Problem = "the host name of the proxy cannot be resolved"
		}
		if dns.IsNotFound {
			e.Verdict = Final
		}
	case isConnectionRefused(err):
		e.Problem = "connection refused"
	case isTLS(err):
		e.Problem, e.Verdict = "no trusted TLS connection: "+e.Problem, Final
	case errors.Is(err, gzip.ErrHeader), errors.Is(err, gzip.ErrChecksum), errors.As(err, &corrupt):
		e.Problem = "the compressed response is damaged"
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		e.Problem = "the response was truncated"
	}
	e.Problem += authoritiesProblem(err)
	return e
}

// isTLS reports whether TLS failed: there is no common version, or the server's certificate is not trusted.
func isTLS(err error) bool {
	var (
		certificate *tls.CertificateVerificationError
		record      tls.RecordHeaderError
	)
	// crypto/tls does not export the type of a received alert; "remote error" is the operation it reports.
	return errors.As(err, &certificate) || errors.As(err, &record) || isOperation(err, "remote error")
}

func isOperation(err error, name string) bool {
	operation, ok := errors.AsType[*net.OpError](err)
	return ok && operation.Op == name
}

// errWindowsRefused is WSAECONNREFUSED, the Windows counterpart of ECONNREFUSED.
const errWindowsRefused syscall.Errno = 10061

// isConnectionRefused reports whether the host itself, not a proxy, refused the connection.
func isConnectionRefused(err error) bool {
	return (errors.Is(err, syscall.ECONNREFUSED) || errors.Is(err, errWindowsRefused)) && !isOperation(err, "proxyconnect")
}

// ConnectionRefused returns the *NetworkError in err. It reports false if the error is not that the host refused the
// connection.
func ConnectionRefused(err error) (*NetworkError, bool) {
	network, ok := errors.AsType[*NetworkError](err)
	return network, ok && isConnectionRefused(network.Err)
}
