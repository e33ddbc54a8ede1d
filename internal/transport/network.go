// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"compress/flate"
	"compress/gzip"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
)

// networkError says in words why there is no answer, and whether another attempt may get one.
func networkError(host string, err error) *NetworkError {
	e := &NetworkError{Host: host, Problem: err.Error(), Verdict: Retry, Err: err}
	var (
		dns         *net.DNSError
		proxied     *proxyError
		certificate *tls.CertificateVerificationError
		record      tls.RecordHeaderError
		alert       tls.AlertError
		authority   x509.UnknownAuthorityError
		corrupt     flate.CorruptInputError
	)
	switch {
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		e.Problem, e.Verdict = "no complete answer", Final
	case errors.Is(err, errProxyURL):
		e.Problem, e.Verdict = errProxyURL.Error(), Final
	case errors.As(err, &proxied):
		e.Problem, e.Verdict = proxied.Error(), JudgeStatus(proxied.status)
	case errors.As(err, &dns):
		e.Problem = "the host name cannot be resolved"
		if dns.IsNotFound {
			e.Verdict = Final
		}
	case errors.As(err, &certificate), errors.As(err, &authority), errors.As(err, &record), errors.As(err, &alert):
		e.Problem, e.Verdict = "the TLS connection cannot be trusted: "+err.Error(), Final
	case errors.Is(err, gzip.ErrHeader), errors.Is(err, gzip.ErrChecksum), errors.As(err, &corrupt):
		e.Problem = "the compressed answer is damaged"
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		e.Problem = "the answer was truncated"
	}
	return e
}
