// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"compress/flate"
	"compress/gzip"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
)

// networkError says in words why a request got no answer, and whether another attempt may get one.
func networkError(req *http.Request, err error) *NetworkError {
	e := &NetworkError{Host: req.URL.Host, Problem: Clean(err.Error()), Verdict: Retry, Err: err}
	var (
		dns     *net.DNSError
		proxied *proxyError
		corrupt flate.CorruptInputError
	)
	switch {
	// A connection that takes too long matches context.DeadlineExceeded too, so the context itself is asked.
	case req.Context().Err() != nil:
		e.Problem, e.Verdict = "no complete answer", Final
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
	case isTLS(err):
		e.Problem, e.Verdict = "no TLS connection that can be trusted: "+e.Problem, Final
	case errors.Is(err, gzip.ErrHeader), errors.Is(err, gzip.ErrChecksum), errors.As(err, &corrupt):
		e.Problem = "the compressed answer is damaged"
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		e.Problem = "the answer was truncated"
	}
	return e
}

// isTLS reports whether the two sides do not agree about TLS, or the server's certificate is not trusted.
func isTLS(err error) bool {
	var (
		certificate *tls.CertificateVerificationError
		record      tls.RecordHeaderError
	)
	// crypto/tls does not export the type of the alerts that it gets, but this is the operation it gives them.
	return errors.As(err, &certificate) || errors.As(err, &record) || isOperation(err, "remote error")
}

func isOperation(err error, name string) bool {
	operation, ok := errors.AsType[*net.OpError](err)
	return ok && operation.Op == name
}
