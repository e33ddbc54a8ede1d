// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package sts_test

import (
	"errors"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest/leaktest"
	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud"
	"github.com/edgestats/terraform-provider-edgestats/internal/tencentcloud/sts"
	"github.com/edgestats/terraform-provider-edgestats/internal/transport"
)

func TestMain(m *testing.M) { leaktest.Main(m) }

const role = "qcs::cam::uin/100000000001:roleName/reader"

var noon = time.Date(2026, time.January, 15, 12, 0, 0, 0, time.UTC)

// service is an emulator with its time and the configuration of its clients.
type service struct {
	*emulator.Emulator

	config tencentcloud.Config
	now    time.Time
}

func start(t *testing.T, options emulator.Options) *service {
	t.Helper()
	s := &service{now: noon}
	here := clock.Func(func() time.Time { return s.now })
	options.Clock = here
	s.Emulator = emulator.New(options)
	server := httptest.NewServer(s.Emulator)
	t.Cleanup(server.Close)
	client := transport.NewClient("test")
	t.Cleanup(client.Close)
	s.config = tencentcloud.Config{
		Endpoint: server.URL, HTTP: client, Clock: clock.NewCorrected(here), MaxRetries: 1, QuotaShare: 1,
		Credentials: tencentcloud.Static{SecretID: emulator.DefaultSecretID, SecretKey: emulator.DefaultSecretKey},
	}
	return s
}

var session = sts.Session{RoleARN: role, Name: "test", Seconds: 600}

func TestRoleKeysAreRenewed(t *testing.T) {
	s := start(t, emulator.Options{ExternalID: "agreed"})
	source := sts.NewRole(s.config, session, "agreed", `{"version": "2.0", "statement": [{"resource": "a+b c"}]}`)
	var ids []string
	for _, after := range []time.Duration{0, 539 * time.Second, 540 * time.Second} {
		s.now = noon.Add(after)
		keys, err := source.Credential(t.Context())
		if err != nil || keys.Token == "" || keys.SecretKey == "" {
			t.Fatalf("%+v, %v", keys, err)
		}
		ids = append(ids, keys.SecretID)
	}
	if ids[0] != ids[1] || ids[1] == ids[2] || len(s.Calls()) != 2 {
		t.Errorf("keys %v after %d calls, want new ones when a tenth of their life is left", ids, len(s.Calls()))
	}
	if sent := string(s.Calls()[0].Body); !strings.Contains(sent, "%22a%2Bb%20c%22") {
		t.Errorf("the policy in %s is not encoded as in URLs", sent)
	}
}

// Transient failures are retried, and a wrong clock is corrected.
func TestRoleKeysAreRequestedAgainAfterFailures(t *testing.T) {
	for name, test := range map[string]struct {
		fault emulator.Fault
		calls int
	}{
		"reset":     {emulator.Fault{Kind: emulator.FaultReset, Count: 1}, 2},
		"internal":  {emulator.Fault{Kind: emulator.FaultError, API: emulator.STS, Code: "InternalError.SystemError", Count: 1}, 2},
		"throttled": {emulator.Fault{Kind: emulator.FaultThrottled, Count: 2}, 3},
		"truncated": {emulator.Fault{Kind: emulator.FaultTruncated, Count: 1}, 2},
		"clock":     {emulator.Fault{Kind: emulator.FaultClock, ClockOffset: 20 * time.Minute, Count: 2}, 2},
	} {
		t.Run(name, func(t *testing.T) {
			s := start(t, emulator.Options{Faults: []emulator.Fault{test.fault}})
			if _, err := sts.NewRole(s.config, session, "", "").Credential(t.Context()); err != nil || len(s.Calls()) != test.calls {
				t.Errorf("%v after %d calls, want %d", err, len(s.Calls()), test.calls)
			}
		})
	}
}

func TestARefusedRoleIsAnError(t *testing.T) {
	s := start(t, emulator.Options{ExternalID: "agreed"})
	_, err := sts.NewRole(s.config, session, "another", "").Credential(t.Context())
	api, ok := errors.AsType[*tencentcloud.APIError](err)
	if !ok || api.Code != "UnauthorizedOperation" || api.RequestID == "" || len(s.Calls()) != 1 {
		t.Errorf("%v after %d calls", err, len(s.Calls()))
	}
	if _, ok := errors.AsType[*tencentcloud.CredentialError](err); !ok {
		t.Errorf("%T is no error of the keys", err)
	}
}

// The token file is read for every request, because pipelines renew it.
func TestTheWebIdentityTokenIsReadForEveryRequest(t *testing.T) {
	s := start(t, emulator.Options{})
	file := filepath.Join(t.TempDir(), "token")
	write := func(token string) {
		if err := os.WriteFile(file, []byte(token), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s.config.Credentials = nil // The request is not signed.
	source := sts.NewWebIdentityRole(s.config, session, sts.WebIdentity{ProviderID: "example", TokenFile: file})
	for _, test := range []struct{ token, want string }{
		{"expired-canary", "InvalidParameter.WebIdentityTokenError"},
		{emulator.DefaultWebIdentityToken + "\n", ""},
		{"  \n", file + ": the file has no token"},
		{"two\nlines-canary", file + ": the file has no token"},
		{"canary1", file + ": the token has fewer than 8 characters"},
		{"\xef\xbb\xbf" + emulator.DefaultWebIdentityToken, ""},
		{"\xff\xfec\x00a\x00n\x00", file + ": the file is not text in UTF-8 but in UTF-16: save it as UTF-8"},
		{strings.Repeat("canary", 1<<20), file + ": the file is larger than 1 MiB"},
	} {
		write(test.token)
		s.now = s.now.Add(time.Hour)
		keys, err := source.Credential(t.Context())
		if test.want == "" {
			if err != nil || keys.Token == "" {
				t.Errorf("%+v, %v", keys, err)
			}
		} else if err == nil || !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "canary") {
			t.Errorf("%q: got %v, want %s", test.token, err, test.want)
		}
	}
	for _, call := range s.Calls() {
		if call.Header.Get("Authorization") != "SKIP" || call.Header.Get("X-TC-Token") != "" {
			t.Errorf("the call was signed: %v", call.Header)
		}
	}
}

func TestAnswersWithoutKeysAreErrors(t *testing.T) {
	for _, test := range []struct{ member, body, want string }{
		{"Credentials", "", "there are no Credentials"},
		{"Credentials", "{}", "the ID or the secret of the key is missing"},
		{"TmpSecretKey", `"canary-key\n"`, "white space"},
		{"TmpSecretKey", `"canary1"`, "the secret of the key has fewer than 8 characters"},
		{"Token", `"canary1"`, "the token has fewer than 8 characters"},
		{"ExpiredTime", `""`, "ExpiredTime is missing or not a time in unix seconds"},
		{"ExpiredTime", "1768478401", "they expire at 2026-01-15T12:00:01Z, and the time here is 2026-01-15T12:00:00Z"},
		{"ExpiredTime", "1768482000000", "ExpiredTime is missing or not a time in unix seconds"},
	} {
		s := start(t, emulator.Options{Faults: []emulator.Fault{{Kind: emulator.FaultMember, Member: test.member, Body: test.body}}})
		_, err := sts.NewRole(s.config, session, "", "").Credential(t.Context())
		if err == nil || !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "canary") || len(s.Calls()) != 1 {
			t.Errorf("%s %s: %v after %d calls, want %s", test.member, test.body, err, len(s.Calls()), test.want)
		}
	}
}

func TestIsPolicy(t *testing.T) {
	for text, want := range map[string]bool{
		`{"version": "2.0"}`: true, `{}`: true, `null`: false, `[]`: false, `"text"`: false, `{`: false, ``: false, `{} {}`: false,
	} {
		if got := sts.IsPolicy(text); got != want {
			t.Errorf("%s is a policy: %t, want %t", text, got, want)
		}
	}
}
