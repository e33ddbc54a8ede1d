// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

//go:build !darwin && !ios && !windows

package transport

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestSSLCertFileIsUsed starts itself again, because a process reads SSL_CERT_FILE only once.
func TestSSLCertFileIsUsed(t *testing.T) {
	const server = "EDGESTATS_TEST_SERVER"
	if url := os.Getenv(server); url != "" {
		if _, err := exchange(t.Context(), t, newTestClient(t), url); err != nil {
			t.Fatal(err)
		}
		return
	}
	trusted := newAuthority(t)
	url := serveTLS(t, &tls.Config{Certificates: []tls.Certificate{trusted.issue(t, func(*x509.Certificate) {})}})
	for name, test := range map[string]struct {
		authority *authority
		trusts    bool
	}{
		"holds the authority": {trusted, true},
		"holds another one":   {newAuthority(t), false},
	} {
		file := filepath.Join(t.TempDir(), "authorities.pem")
		block := &pem.Block{Type: "CERTIFICATE", Bytes: test.authority.certificate.Raw}
		if err := os.WriteFile(file, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
		child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+t.Name()+"$")
		child.Env = append(os.Environ(), server+"="+url, "SSL_CERT_FILE="+file)
		if output, err := child.CombinedOutput(); (err == nil) != test.trusts {
			t.Errorf("SSL_CERT_FILE %s: %v\n%s", name, err, output)
		}
	}
}
