// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
	"unicode/utf8"
)

// authority signs the certificates of test servers.
type authority struct {
	certificate *x509.Certificate
	key         *ecdsa.PrivateKey
}

func newAuthority(t *testing.T) *authority {
	t.Helper()
	key := newKey(t)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Test Authority"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	certificate, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return &authority{certificate: certificate, key: key}
}

func newKey(t *testing.T) *ecdsa.PrivateKey {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// issue signs a certificate for a server on 127.0.0.1. change may alter it first.
func (a *authority) issue(t *testing.T, change func(*x509.Certificate)) tls.Certificate {
	t.Helper()
	key := newKey(t)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(2), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
	}
	change(template)
	der, err := x509.CreateCertificate(rand.Reader, template, a.certificate, key.Public(), a.key)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

// pool returns a pool with only this authority.
func (a *authority) pool() *x509.CertPool {
	authorities := x509.NewCertPool()
	authorities.AddCert(a.certificate)
	return authorities
}

// serveTLS starts a server and returns its URL.
func serveTLS(t *testing.T, config *tls.Config) string {
	t.Helper()
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.TLS = config
	server.StartTLS()
	t.Cleanup(server.Close)
	return server.URL
}

func TestTLSIsVerified(t *testing.T) {
	trusted := newAuthority(t)
	unchanged := func(*x509.Certificate) {}
	config := func(change func(*x509.Certificate)) *tls.Config {
		return &tls.Config{Certificates: []tls.Certificate{trusted.issue(t, change)}}
	}
	old := config(unchanged)
	old.MinVersion, old.MaxVersion = tls.VersionTLS10, tls.VersionTLS10
	for name, test := range map[string]struct {
		config  *tls.Config
		problem string
	}{
		"trusted":           {config(unchanged), ""},
		"self-signed":       {&tls.Config{}, "x509: certificate signed by unknown authority"},
		"unknown authority": {&tls.Config{Certificates: []tls.Certificate{newAuthority(t).issue(t, unchanged)}}, "x509: certificate signed by unknown authority"},
		"expired": {
			config(func(c *x509.Certificate) { c.NotAfter = time.Now().Add(-time.Minute) }),
			"x509: certificate has expired or is not yet valid",
		},
		"wrong name": {
			config(func(c *x509.Certificate) { c.IPAddresses, c.DNSNames = nil, []string{"evil.example.com"} }),
			"x509: cannot validate certificate for 127.0.0.1",
		},
		"many wrong names": {
			config(func(c *x509.Certificate) {
				c.IPAddresses = nil
				for i := range byte(90) {
					c.IPAddresses = append(c.IPAddresses, net.IPv4(10, 0, 100, 100+i))
				}
			}),
			"x509: certificate is valid for 10.0.100.100",
		},
		"TLS 1.0 only": {old, "protocol version not supported"},
	} {
		t.Run(name, func(t *testing.T) {
			client := newTestClient(t)
			pool(t, client).TLSClientConfig = &tls.Config{RootCAs: trusted.pool()}
			url := serveTLS(t, test.config)
			_, err := exchange(t.Context(), t, client, url)
			if test.problem == "" {
				if err != nil {
					t.Error(err)
				}
				return
			}
			mustNetworkError(t, err, host(url), test.problem, Final)
			mustNetworkError(t, err, host(url), "no trusted TLS connection: ", Final)
			if characters := utf8.RuneCountInString(err.Error()); characters > 600 {
				t.Errorf("the error has %d characters", characters)
			}
		})
	}
}

func TestAServerWithoutTLSIsAFinalError(t *testing.T) {
	url := serve(t, func(http.ResponseWriter, *http.Request) { t.Error("a request went out in the clear") })
	_, err := exchange(t.Context(), t, newTestClient(t), "https://"+host(url))
	mustNetworkError(t, err, host(url), "no trusted TLS connection: ", Final)
	if _, ok := errors.AsType[tls.RecordHeaderError](err); !ok {
		t.Errorf("%v does not unwrap to its cause", err)
	}
}
