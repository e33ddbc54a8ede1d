// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package source

import (
	"crypto/x509"
	"errors"
	"strings"
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

func TestAdviceOnUntrustedCertificatesNamesTheStore(t *testing.T) {
	for want, cause := range map[string]error{
		"SSL_CERT_FILE":      x509.UnknownAuthorityError{},
		"the proxy settings": errors.New("connection reset"),
	} {
		err := &transport.CallError{Err: &transport.NetworkError{Host: "mna.example.com", Err: cause}}
		if advice := describe(err, "timeouts.read").advice; !strings.Contains(advice, want) {
			t.Errorf("%v: the advice is %q, want %q in it", cause, advice, want)
		}
	}
}
