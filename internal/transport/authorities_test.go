// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

//go:build !darwin && !ios && !windows && !plan9

package transport

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A file of authorities that cannot be used would otherwise look like a server that cannot be trusted.
func TestUnusableAuthoritiesAreNamed(t *testing.T) {
	authority := newAuthority(t)
	url := serveTLS(t, &tls.Config{Certificates: []tls.Certificate{authority.issue(t, func(*x509.Certificate) {})}})
	expired := serveTLS(t, &tls.Config{Certificates: []tls.Certificate{authority.issue(t, func(c *x509.Certificate) {
		c.NotAfter = c.NotBefore.Add(1)
	})}})
	dir := t.TempDir()
	path := func(name string) string { return filepath.Join(dir, name) }
	for _, name := range []string{"empty", "full"} {
		if err := os.Mkdir(path(name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	other := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: newAuthority(t).certificate.Raw})
	for name, content := range map[string]string{
		"empty.pem": "", "text.pem": "certificates", "key.pem": "-----BEGIN PRIVATE KEY-----\ncanary\n-----END PRIVATE KEY-----\n",
		"good.pem": string(other), "full/other.pem": string(other), "full/README": "text", "empty/README": "text",
	} {
		if err := os.WriteFile(path(name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	const none = ", and there is no certificate in it"
	for name, test := range map[string]struct {
		file, dirs, url string
		// want are the texts in the error. Without any, it does not name the variables.
		want []string
	}{
		"neither":                  {url: url},
		"certificates in both":     {file: path("good.pem"), dirs: path("full"), url: url},
		"no file":                  {file: path("absent.pem"), url: url, want: []string{"SSL_CERT_FILE is " + path("absent.pem") + ", and it cannot be read: no such file or directory"}},
		"a directory for a file":   {file: path("full"), url: url, want: []string{"SSL_CERT_FILE is " + path("full") + ", and it is not a regular file"}},
		"an empty file":            {file: path("empty.pem"), url: url, want: []string{"SSL_CERT_FILE is " + path("empty.pem") + none}},
		"text":                     {file: path("text.pem"), url: url, want: []string{"SSL_CERT_FILE is " + path("text.pem") + none}},
		"a key":                    {file: path("key.pem"), url: url, want: []string{"SSL_CERT_FILE is " + path("key.pem") + none}},
		"no directory":             {dirs: path("full") + ":" + path("absent"), url: url, want: []string{"SSL_CERT_DIR has " + path("absent") + ", and it cannot be read: no such file or directory"}},
		"no certificate in it":     {dirs: path("empty"), url: url, want: []string{"SSL_CERT_DIR has " + path("empty") + none}},
		"a file for a directory":   {dirs: path("good.pem"), url: url, want: []string{"SSL_CERT_DIR has " + path("good.pem") + ", and it cannot be read: not a directory"}},
		"both":                     {file: path("empty.pem"), dirs: path("empty"), url: url, want: []string{"SSL_CERT_FILE is ", "SSL_CERT_DIR has "}},
		"an error of another kind": {file: path("empty.pem"), url: expired + "/expired"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("SSL_CERT_FILE", test.file)
			t.Setenv("SSL_CERT_DIR", test.dirs)
			client := newTestClient(t)
			if strings.HasSuffix(test.url, "/expired") { // Only a trusted authority leads to the error of an expired certificate.
				pool(t, client).TLSClientConfig = &tls.Config{RootCAs: authority.pool()}
			}
			_, err := exchange(t.Context(), t, client, test.url)
			if err == nil {
				t.Fatal("the server was trusted")
			}
			for _, text := range test.want {
				mustNetworkError(t, err, host(strings.TrimSuffix(test.url, "/expired")), text, Final)
			}
			if strings.Contains(err.Error(), "canary") || test.want == nil && strings.Contains(err.Error(), "SSL_CERT") {
				t.Error(err)
			}
		})
	}
}

func TestAuthoritiesAreNamedWhereThereAreNone(t *testing.T) {
	t.Setenv("SSL_CERT_FILE", filepath.Join(t.TempDir(), "absent.pem"))
	if got := authoritiesProblem(x509.SystemRootsError{}); !strings.Contains(got, "SSL_CERT_FILE is ") {
		t.Errorf("got %q", got)
	}
}
