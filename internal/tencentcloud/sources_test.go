// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package tencentcloud

import (
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
)

// writeProfile writes the file of a profile and returns its directory.
func writeProfile(t *testing.T, content string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "default.credential"), []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestProfile(t *testing.T) {
	dir := writeProfile(t, `{"secretId": "AKIDexample", "secretKey": "example-key", "token": "example-token", "type": "x", "expiresAt": 1}`)
	source := NewProfile(dir, "default", clock.At(noon))
	got, err := source.Credential(t.Context())
	if err != nil || got != (Credential{"AKIDexample", "example-key", "example-token"}) {
		t.Fatalf("%+v, %v", got, err)
	}
	// Another program writes new keys. They are read when the old ones are refused.
	if err := os.WriteFile(filepath.Join(dir, "default.credential"), []byte(`{"secretId": "AKIDnew", "secretKey": "newer-key"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if got, err := source.Credential(t.Context()); err != nil || got.SecretID != "AKIDexample" {
		t.Errorf("%+v, %v", got, err)
	}
	if !source.Refused("AKIDexample") {
		t.Error("temporary keys may have been written anew")
	}
	if got, err := source.Credential(t.Context()); err != nil || got != (Credential{"AKIDnew", "newer-key", ""}) {
		t.Errorf("%+v, %v", got, err)
	}
	if source.Refused("AKIDnew") {
		t.Error("permanent keys that are refused stay wrong")
	}
}

// Windows editors add a byte order mark.
func TestProfileWithAByteOrderMark(t *testing.T) {
	dir := writeProfile(t, "\xef\xbb\xbf"+`{"secretId": "AKIDexample", "secretKey": "example-key"}`)
	if got, err := NewProfile(dir, "default", clock.At(noon)).Credential(t.Context()); err != nil || got.SecretID != "AKIDexample" {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestInvalidProfilesAreErrors(t *testing.T) {
	for name, test := range map[string]struct{ content, want string }{
		"not JSON":       {"secretId = canary", "the file is not a JSON object"},
		"another shape":  {`{"secretId": {"canary": 1}}`, "the file is not a JSON object with the strings secretId, secretKey and token"},
		"no secret":      {`{"secretId": "canary"}`, "the file has no secretId or no secretKey"},
		"empty":          {"", "the file is not a JSON object"},
		"a line break":   {`{"secretId": "canary", "secretKey": "canary-key\n"}`, "begins or ends with white space"},
		"a short secret": {`{"secretId": "AKIDexample", "secretKey": "canary1"}`, "default.credential: the secret of the key has fewer than 8 characters"},
		"a short token":  {`{"secretId": "AKIDexample", "secretKey": "canary-key", "token": "canary1"}`, "default.credential: the token has fewer than 8 characters"},
		"UTF-16":         {"\xff\xfe{\x00c\x00a\x00n\x00a\x00r\x00y\x00", "the file is not text in UTF-8 but in UTF-16: save it as UTF-8"},
		"too large":      {strings.Repeat(" ", 1<<20) + "{}", "the file is larger than 1 MiB"},
		"another member": {`{"secret_id": "canary", "secret_key": "canary"}`, "the file has no secretId"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := writeProfile(t, test.content)
			_, err := NewProfile(dir, "default", clock.At(noon)).Credential(t.Context())
			if err == nil || !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "canary") {
				t.Errorf("got %v, want %s", err, test.want)
			}
		})
	}
	dir := t.TempDir()
	_, err := NewProfile(dir, "absent", clock.At(noon)).Credential(t.Context())
	if want := "no keys from the profile absent: " + filepath.Join(dir, "absent.credential") + ": no such file or directory"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
	if !errors.Is(err, os.ErrNotExist) {
		t.Error("the cause got lost")
	}
}

const machineKeys = `{"TmpSecretId": "AKIDmachine", "TmpSecretKey": "example-key", "Token": "example-token",
	"ExpiredTime": 1768482000, "Expiration": "2026-01-15T13:00:00Z", "Code": "Success"}`

func TestMachineRole(t *testing.T) {
	config, s := newConfig(t, answer{status: 503}, ok(machineKeys))
	source := NewMachineRole(config, "example role")
	for range 2 {
		got, err := source.Credential(t.Context())
		if err != nil || got != (Credential{"AKIDmachine", "example-key", "example-token"}) {
			t.Fatalf("%+v, %v", got, err)
		}
	}
	if want := noon.Add(55 * time.Minute); !source.renewal.Equal(want) {
		t.Errorf("renewal at %s, want %s", source.renewal, want)
	}
	if len(s.requests) != 2 {
		t.Fatalf("%d requests, want 2", len(s.requests))
	}
	r := s.requests[1]
	if r.Method != http.MethodGet || r.URL.EscapedPath() != "/latest/meta-data/cam/security-credentials/example%20role" || r.Header.Get("Authorization") != "" {
		t.Errorf("%s %s with %v", r.Method, r.URL, r.Header)
	}
}

func TestAMachineRoleWithoutKeysIsAnError(t *testing.T) {
	for name, test := range map[string]struct {
		answer answer
		want   string
	}{
		"no such role":  {answer{status: 404, body: "<html><title>404 Not Found</title>"}, "responded with HTTP 404 Not Found"},
		"another code":  {ok(`{"Code": "Failed"}`), "its Code is not Success"},
		"no expiry":     {ok(`{"Code": "Success", "TmpSecretId": "a", "TmpSecretKey": "b"}`), "ExpiredTime is missing or not a time in unix seconds"},
		"no keys":       {ok(`{"Code": "Success", "ExpiredTime": 1768482000}`), "the ID or the secret of the key is missing"},
		"another shape": {ok(`{"Code": 1}`), "not the JSON that is documented"},
		"expired": {
			ok(strings.Replace(machineKeys, "1768482000", "1768478400", 1)),
			"the keys had expired when they arrived, or were about to: they expire at 2026-01-15T12:00:00Z, and the time here is 2026-01-15T12:00:00Z",
		},
		"a redirect": {answer{status: 302, headers: map[string]string{"Location": "http://other.example.com/canary"}}, "a redirect to another scheme, host or port is refused"},
	} {
		t.Run(name, func(t *testing.T) {
			config, s := newConfig(t, test.answer)
			_, err := NewMachineRole(config, "example").Credential(t.Context())
			if err == nil || !strings.Contains(err.Error(), test.want) || !strings.HasPrefix(err.Error(), "no keys from the machine role example: ") {
				t.Errorf("got %v, want %s", err, test.want)
			}
			if len(s.requests) != 1 {
				t.Errorf("%d requests, want 1", len(s.requests))
			}
		})
	}
}

// Refused keys are replaced once, and the call is signed again.
func TestRefusedTokensAreReplaced(t *testing.T) {
	refusal := ok(failed("AuthFailure.TokenFailure"))
	for name, test := range map[string]struct {
		answers  []answer
		requests int
	}{
		"once":    {[]answer{refusal, ok(empty)}, 2},
		"no more": {[]answer{refusal}, 2},
	} {
		t.Run(name, func(t *testing.T) {
			config, s := newConfig(t, test.answers...)
			config.MaxRetries = 0
			i := &issuer{life: time.Hour}
			config.Credentials = i.source()
			_, err := probe(t, config, "")
			if (err == nil) != (len(test.answers) == 2) || len(s.requests) != test.requests || i.issued.Load() != 2 {
				t.Errorf("%v after %d requests with %d sets of keys", err, len(s.requests), i.issued.Load())
			}
			if got := s.requests[1].Header.Get("Authorization"); !strings.Contains(got, "Credential=AKIDexample2/") {
				t.Errorf("the second attempt was signed by %.60s", got)
			}
		})
	}
}
