// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package endtoend_test

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/acctest/echo"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

// Canaries are secrets with characters that keys may have and that URLs encode.
const (
	canaryKey    = "canary/SecretKey+of-a_test="
	canaryToken  = "canary/SecurityToken+of-a_test="
	canaryAPIKey = "canary/APIKey+of-a_test="
)

var canaries = map[string]string{"secret key": canaryKey, "security token": canaryToken, "API key": canaryAPIKey}

// canaryProvider configures the Tencent Cloud key. The CDNetworks user comes from the environment.
const canaryProvider = `
variable "secret_key" {
  type      = string
  sensitive = true
}

variable "security_token" {
  type      = string
  sensitive = true
}

provider "edgestats" {
  secret_id      = "AKIDexampleSecretID"
  secret_key     = var.secret_key
  security_token = var.security_token
}
`

// newCanaryWorkspace returns a workspace whose provider uses an emulator with canaries as keys and logs everything.
func newCanaryWorkspace(t *testing.T, config string, o emulator.Options) (*workspace, *acctest.Emulator) {
	t.Helper()
	o.SecretKey, o.Token, o.CDNetworksAPIKey = canaryKey, canaryToken, canaryAPIKey
	e := acctest.Serve(t, o)
	return newWorkspace(t, canaryProvider+config, acctest.Variables(e.URL), logged, map[string]string{
		"TF_VAR_secret_key": canaryKey, "TF_VAR_security_token": canaryToken, "CDNETWORKS_API_KEY": canaryAPIKey,
		"EDGESTATS_MAX_RETRIES": "1",
	}), e
}

// Nothing except the link of an export may contain its signature, and nothing at all may contain a key.
func TestSecretsStayOutOfPlansStateAndLogs(t *testing.T) {
	t.Parallel()
	w, e := newCanaryWorkspace(t, allReads, emulator.Options{Limits: &emulator.Limits{}})
	planned := w.plan(t, "-out=plan")
	planned.expect(t, 0)
	applied := w.apply(t, "plan")
	applied.expect(t, 0)
	var plan, state map[string]any
	w.show(t, &plan, "plan")
	w.show(t, &state)
	delete(plan, "variables") // Terraform stores them unchanged.

	secrets, link, sent := maps.Clone(canaries), linkSecrets(t, state), sentSecrets(t, e.Calls())
	if len(link) != 2 || len(sent) < 5 {
		t.Fatalf("there are not all of the secrets: %v, %v", link, sent)
	}
	maps.Copy(secrets, link)
	maps.Copy(secrets, sent)
	expectNoSecret(t, planned.stdout+planned.stderr, "No changes.", secrets)
	expectNoSecret(t, applied.stdout+applied.stderr, "Apply complete", secrets)
	expectNoSecret(t, w.run(t, "show", "-no-color").stdout, "(sensitive value)", secrets)
	expectNoSecret(t, w.log(t), "HTTP exchange", secrets)
	expectOnlyInLinks(t, plan, secrets)
	expectOnlyInLinks(t, state, secrets)
}

// A vendor may repeat keys in the text of an error, even in a text that is cut.
func TestEchoedSecretsAreMasked(t *testing.T) {
	t.Parallel()
	const control = "control-text"
	long := control + " " + strings.Repeat("x", 480) + " "
	encoded := func(secret string, encodings ...string) string {
		words := []string{control}
		for _, name := range encodings {
			words = append(words, echo.Encodings()[name](secret))
		}
		return strings.Join(words, " ")
	}
	for name, test := range map[string]struct {
		config string
		fault  emulator.Fault
	}{
		"MNA": {
			config: flowStatistic,
			fault:  emulator.Fault{API: emulator.MNA, Code: "InternalError", Message: control + " " + canaryKey + canaryToken},
		},
		"MNA at length": {
			config: flowStatistic,
			fault:  emulator.Fault{API: emulator.MNA, Code: "InternalError", Message: long + canaryKey},
		},
		"MNA in escapes": {
			config: flowStatistic,
			fault: emulator.Fault{API: emulator.MNA, Code: "InternalError", Message: encoded(
				canaryKey, "JSON with slashes", "JSON of the signs", "URL lower", "URL twice", "HTML decimal", "HTML names")},
		},
		"legacy in other digits": {
			config: overseaISPDetail,
			fault: emulator.Fault{API: emulator.CDNLegacy, Code: "4500", Message: encoded(
				canaryToken, "base64", "base64 for URLs", "base64 in the middle", "hexadecimal", "hexadecimal, upper")},
		},
		"CDNetworks in JSON": {
			config: relayTraffic,
			fault:  emulator.Fault{API: emulator.CDNetworks, Code: "24002001", Message: encoded(canaryAPIKey, "JSON of every character", "JSON in JSON")},
		},
		"CDNetworks": {
			config: relayTraffic,
			fault:  emulator.Fault{API: emulator.CDNetworks, Code: "24002001", Message: control + " " + canaryAPIKey},
		},
		"CDNetworks at length": {
			config: relayTraffic,
			fault:  emulator.Fault{API: emulator.CDNetworks, Code: "24002001", Message: long + canaryAPIKey},
		},
		"legacy": {
			config: overseaISPDetail,
			fault:  emulator.Fault{API: emulator.CDNLegacy, Code: "4500", Message: control + " " + canaryKey},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test.fault.Kind = emulator.FaultError
			w, _ := newCanaryWorkspace(t, test.config, emulator.Options{Faults: []emulator.Fault{test.fault}})
			r := w.plan(t)
			r.expect(t, 1)
			expectNoSecret(t, r.stdout+r.stderr, control, canaries)
			expectNoSecret(t, w.log(t), retrying, canaries)
			expectNoSecret(t, w.log(t), control, canaries)
		})
	}
}

// linkSecrets returns the secret parts of the link of an export.
func linkSecrets(t *testing.T, state map[string]any) map[string]string {
	t.Helper()
	secrets := make(map[string]string)
	eachText("", state, func(path, text string) {
		if !strings.HasSuffix(path, ".file_path") {
			return
		}
		link, err := url.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		secrets["signature of the link"] = link.Query().Get("q-signature")
		secrets["token of the link"] = link.Query().Get("x-cos-security-token")
	})
	return secrets
}

// sentSecrets returns the signatures that the provider sent.
func sentSecrets(t *testing.T, calls []emulator.Call) map[string]string {
	t.Helper()
	secrets := make(map[string]string)
	for i, call := range calls {
		name := fmt.Sprintf("signature of call %d, %s", i, call.Action)
		request := http.Request{Header: call.Header}
		authorization := call.Header.Get("Authorization")
		form, err := url.ParseQuery(string(call.Body))
		if err != nil {
			t.Fatal(err)
		}
		if _, signature, ok := strings.Cut(authorization, "Signature="); ok {
			secrets[name] = signature
		} else if _, signature, ok := request.BasicAuth(); ok {
			secrets[name], secrets[name+" with the user"] = signature, authorization
		} else {
			secrets[name] = form.Get("Signature")
		}
	}
	return secrets
}

// expectNoSecret fails the test if a text contains one of the secrets in any encoding of logs and URLs. The control is a text
// that must be there, so that an empty text does not pass.
func expectNoSecret(t *testing.T, text, control string, secrets map[string]string) {
	t.Helper()
	if !strings.Contains(text, control) {
		t.Errorf("there is no %q in %.1000s", control, text)
	}
	for name, secret := range secrets {
		if at := find(text, secret); at >= 0 {
			t.Errorf("the %s is there: %s", name, text[max(0, at-200):min(len(text), at+100)])
		}
	}
}

// find returns the position of a secret in a text in any encoding, or -1. Half of a secret counts too. An empty secret is
// always found.
func find(text, secret string) int {
	half := secret[:(len(secret)+1)/2]
	for _, encode := range echo.Encodings() {
		form := encode(half)
		if len(form) > 20 {
			form = form[4 : len(form)-4] // The ends of base64 depend on the text around the secret.
		}
		if at := strings.Index(text, form); at >= 0 {
			return at
		}
	}
	return -1
}

// expectOnlyInLinks fails the test if a plan or state contains a secret anywhere except in the link of the export.
func expectOnlyInLinks(t *testing.T, document map[string]any, secrets map[string]string) {
	t.Helper()
	eachText("", document, func(path, text string) {
		for name, secret := range secrets {
			if find(text, secret) >= 0 && !strings.HasSuffix(path, ".file_path") {
				t.Errorf("%s has the %s: %s", path, name, text)
			}
		}
	})
}

// eachText calls a function for every text in a JSON document.
func eachText(path string, value any, visit func(path, text string)) {
	switch value := value.(type) {
	case map[string]any:
		for name, member := range value {
			eachText(path+"."+name, member, visit)
		}
	case []any:
		for i, element := range value {
			eachText(fmt.Sprintf("%s[%d]", path, i), element, visit)
		}
	case string:
		visit(path, value)
	}
}
