// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/hashicorp/terraform-plugin-log/tflogtest"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/acctest/echo"
)

// The secrets have signs that encodings change.
const (
	canaryKey    = "canary/SecretKey+of-a_test="
	canaryToken  = "canary<Security>Token&of-a_test"
	canaryAPIKey = "canary/API Key+of-a_test="
)

// repeater fails every call. Each message repeats one of the secrets or signatures of the call, in turn.
type repeater struct {
	encode func(string) string

	mu sync.Mutex
	// repeated is what it repeated, encoded, by name.
	repeated map[string]string
}

func (s *repeater) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	authorization := r.Header.Get("Authorization")
	names := []string{"key", "token", "signature"}
	secrets := map[string]string{"key": canaryKey, "token": canaryToken}
	format := `{"Response":{"Error":{"Code":"InternalError","Message":%s},"RequestId":"r-1"}}`
	if form, _ := url.ParseQuery(string(body)); form.Get("Signature") != "" {
		secrets["signature"], format = form.Get("Signature"), `{"code":6000,"message":%s}`
	} else if _, password, ok := r.BasicAuth(); ok {
		secrets["key"], secrets["token"], secrets["signature"] = canaryAPIKey, strings.TrimPrefix(authorization, "Basic "), password
		format = `{"code":"24002001","message":%s}`
	} else {
		_, secrets["signature"], _ = strings.Cut(authorization, "Signature=")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	name := names[len(s.repeated)%len(names)]
	encoded := s.encode(secrets[name])
	s.repeated[fmt.Sprintf("%s of call %d", name, len(s.repeated))] = encoded
	text, _ := json.Marshal("control-text " + encoded)
	w.Header()["Date"] = nil // It would be the time of this machine.
	_, _ = fmt.Fprintf(w, format, text)
}

// Whatever a vendor repeats of a request, and in whichever encoding, is in no error and no log.
func TestRepeatedSecretsAreMasked(t *testing.T) {
	acctest.ClearEnvironment(t)
	var all sync.WaitGroup
	for name, encode := range echo.Encodings() {
		all.Go(func() { expectRepeatedSecretsMasked(t, name, encode) })
	}
	all.Wait()
}

func expectRepeatedSecretsMasked(t *testing.T, encoding string, encode func(string) string) {
	t.Helper()
	server := &repeater{encode: encode, repeated: make(map[string]string)}
	listening := httptest.NewServer(server)
	defer listening.Close()
	s := acctest.NewServer(t)
	problems := s.Configure(t, acctest.Config{
		"secret_id": "AKIDexample", "secret_key": canaryKey, "security_token": canaryToken, "max_retries": 2,
		"cdnetworks": acctest.Config{"username": "example", "api_key": canaryAPIKey},
		"endpoints":  acctest.Config{"mna": listening.URL, "cdn_legacy": listening.URL, "cdnetworks": listening.URL},
	})
	if len(problems) > 0 {
		t.Error(problems)
		return
	}
	for _, dataSource := range []string{mnaFlowStatistic, cdnOverseaISPDetail, cdnRelayTraffic} {
		var log bytes.Buffer
		_, problems := s.Read(tflogtest.RootLogger(t.Context(), &log), t, dataSource, reads[dataSource])
		shown, logged := problems.String(), unquoted(log.String())
		if !strings.Contains(shown, "control-text") || strings.Count(logged, "control-text") != 2 {
			t.Errorf("%s, %s: not all messages are there: %s and %s", dataSource, encoding, shown, logged)
		}
		for secret, encoded := range server.repeated {
			if echo.Leaks(shown, encoded) || echo.Leaks(logged, encoded) {
				t.Errorf("%s, %s: the %s, %s, is in %s or %s", dataSource, encoding, secret, encoded, shown, logged)
			}
		}
	}
	if len(server.repeated) != 9 {
		t.Errorf("%s: %d calls were made, want 9", encoding, len(server.repeated))
	}
}

// unquoted undoes what the log's own JSON changes.
func unquoted(log string) string {
	return strings.NewReplacer(`\\`, `\`, `\"`, `"`, `\u003c`, "<", `\u003e`, ">", `\u0026`, "&").Replace(log)
}
