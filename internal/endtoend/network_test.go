// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package endtoend_test

import (
	"encoding/base64"
	"encoding/pem"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

func TestASelfSignedCertificateIsRefused(t *testing.T) {
	t.Parallel()
	server := httptest.NewTLSServer(emulator.New(emulator.Options{}))
	t.Cleanup(server.Close)
	variables := acctest.Variables(server.URL)
	newWorkspace(t, flowStatistic, variables).plan(t, "-json").problem(t).
		expect(t, "no trusted TLS connection", "certificate signed by unknown authority", "1 attempt")

	if runtime.GOOS == "darwin" || runtime.GOOS == "windows" {
		return // These use the system's certificate store instead of a file.
	}
	authority := filepath.Join(t.TempDir(), "authority.pem")
	writeFile(t, authority, string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})))
	newWorkspace(t, flowStatistic, variables, map[string]string{"SSL_CERT_FILE": authority}).plan(t).expect(t, 0)
}

func TestAnUnusableProxyIsAnErrorWithoutItsPassword(t *testing.T) {
	t.Parallel()
	const user, password = "proxyuser", "exampleProxyPassword"
	secrets := map[string]string{
		"password":    password,
		"credentials": base64.StdEncoding.EncodeToString([]byte(user + ":" + password)),
	}
	refusing := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, "log in first", http.StatusProxyAuthRequired)
	}))
	t.Cleanup(refusing.Close)
	closed := httptest.NewServer(http.NotFoundHandler())
	closed.Close()

	for name, test := range map[string]struct {
		proxy string
		want  string
	}{
		"malformed": {proxy: "[::1", want: "the proxy URL in HTTPS_PROXY or HTTP_PROXY is malformed"},
		"407":       {proxy: refusing.Listener.Addr().String(), want: "the proxy responded with HTTP 407 Proxy Authentication Required"},
		"refused":   {proxy: closed.Listener.Addr().String(), want: "connection refused"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorkspace(t, flowStatistic, acctest.Variables("https://mna.example.com"), logged, map[string]string{
				"HTTPS_PROXY":           "http://" + user + ":" + password + "@" + test.proxy,
				"EDGESTATS_MAX_RETRIES": "0",
			})
			r := w.plan(t, "-json")
			r.problem(t).expect(t, "mna.example.com: ", test.want, "Check the network, the proxy settings")
			expectNoSecret(t, w.log(t), "HTTP exchange", secrets)
			expectNoSecret(t, r.stdout, "mna.example.com", secrets)
		})
	}
}
