// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package tencentcloud

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

// FuzzMachineKeys reads any answer of a metadata service. The result is keys with an expiry, or an error that is safe to show.
func FuzzMachineKeys(f *testing.F) {
	for _, body := range []string{machineKeys, `{"Code": "Failed"}`, `{"Code": 1}`, `[]`, "", "<html>", `{"Code": "Success", "ExpiredTime": 1e99}`} {
		f.Add([]byte(body))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		keys, err := readMachineKeys(t.Context(), &transport.Answer{Host: "metadata.example.com", Status: http.StatusOK, Body: body})
		if err == nil && keys.Expires.IsZero() {
			t.Errorf("keys without expiry from %q", body)
		}
		if err != nil && len(err.Error()) > 8*512 {
			t.Errorf("an error of %d bytes", len(err.Error()))
		}
	})
}

// FuzzProfile reads any profile file. The result is keys, or an error that does not quote the file.
func FuzzProfile(f *testing.F) {
	for _, content := range []string{`{"secretId": "a", "secretKey": "bbbbbbbb", "token": "cccccccc"}`, `{"secretId": 1}`, `[]`, "", "\xff", "secretId = a"} {
		f.Add([]byte(content))
	}
	path := filepath.Join(f.TempDir(), "fuzz.credential")
	f.Fuzz(func(t *testing.T, content []byte) {
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		keys, err := readProfile(path)
		if err == nil && (keys.SecretID == "" || keys.SecretKey == "") {
			t.Errorf("half a key from %q", content)
		}
		if err != nil && !strings.HasPrefix(err.Error(), "the ") && !strings.HasPrefix(err.Error(), "a key begins ") {
			t.Errorf("the error is %v", err)
		}
	})
}
