// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package tencent

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/exchange"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/figures"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator/keys"
)

func TestPublishedVectorsAreAccepted(t *testing.T) {
	const payload = `{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}`
	tests := []struct {
		name, id, key, signed, canonical, signature string
	}{
		{
			name:      "content-type and host",
			id:        "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE",
			key:       "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE",
			signed:    "content-type;host",
			canonical: "5ffe6a04c0664d6b969fab9a13bdab201d63ee709638e2749d62a09ca18d7031",
			signature: "72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168",
		},
		{
			name:      "action too",
			id:        "AKID" + strings.Repeat("*", 32),
			key:       strings.Repeat("*", 32),
			signed:    "content-type;host;x-tc-action",
			canonical: "7019a55be8395899b900fb5564e4200d984910f34794a27cb3fb7d10ff6a1e84",
			signature: "10b1a37a7301a02ca19a647ad722d5e43b4b3cff309d421d85b46093f6ab6c4f",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			ring := keys.NewRing(figures.Source{}, map[string]keys.Key{test.id: {SecretKey: test.key}})
			check := func(signature, body string) error {
				r := httptest.NewRequest(http.MethodPost, "https://cvm.tencentcloudapi.com/", strings.NewReader(body))
				r.Header.Set("Content-Type", "application/json; charset=utf-8")
				r.Header.Set("X-TC-Action", "DescribeInstances")
				r.Header.Set("X-TC-Timestamp", "1551113065")
				r.Header.Set("Authorization", "TC3-HMAC-SHA256 Credential="+test.id+"/2019-02-25/cvm/tc3_request, SignedHeaders="+test.signed+", Signature="+signature)
				x := exchange.New(httptest.NewRecorder(), r, time.Unix(1551113065, 0))
				x.Body = []byte(body)
				if got := sha256Hex([]byte(canonicalRequest(x, x.Host, strings.Split(test.signed, ";")))); body == payload && got != test.canonical {
					t.Errorf("canonical request has hash %s, want %s", got, test.canonical)
				}
				return verify(x, "cvm", ring)
			}
			if err := check(test.signature, payload); err != nil {
				t.Errorf("refused: %v", err)
			}
			if err := check("0"+test.signature[1:], payload); err == nil {
				t.Error("accepted another signature")
			}
			if err := check(test.signature, payload+" "); err == nil {
				t.Error("accepted another body")
			}
		})
	}
}
