// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package settings_test

import (
	"strings"
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
)

func TestProviderBlockRefuses(t *testing.T) {
	const address = "must be a URL with scheme, host and optional port"
	endpoint := func(name, url string) acctest.Config { return acctest.Config{"endpoints": acctest.Config{name: url}} }
	assume := func(role acctest.Config) acctest.Config {
		return acctest.Config{"assume_role": acctest.Config{"role_arn": reader}.With(role)}
	}
	identity := func(role acctest.Config) acctest.Config {
		return acctest.Config{"assume_role_with_web_identity": acctest.Config{"role_arn": reader}.With(role)}
	}
	tests := []struct {
		name      string
		block     acctest.Config
		attribute string
		text      string
	}{
		{"endpoint without scheme", endpoint("trro", "trro.example.com"), "endpoints.trro", address},
		{"endpoint with path", endpoint("cdn_legacy", "https://cdn.example.com/v2/"), "endpoints.cdn_legacy", `remove "/v2"`},
		{"endpoint with query", endpoint("cdnetworks", "https://api.example.com?hidden"), "endpoints.cdnetworks", address},
		{"endpoint with user", endpoint("mna", "https://user:hidden@mna.example.com"), "endpoints.mna", address},
		{"http to another host", endpoint("mna", "http://mna.example.com"), "endpoints.mna", "http is accepted for loopback hosts only"},
		{"domain with scheme", acctest.Config{"domain": "https://example.com"}, "domain", `must be a domain name, got "https://example.com"; write "example.com"`},
		{"http to a metadata service elsewhere", endpoint("metadata", "http://metadata.example.com"), "endpoints.metadata", "http is accepted for loopback hosts only"},
		{"profile with a path", acctest.Config{"profile": "../default"}, "profile", "must be the name of a profile, without slashes"},
		{"role of the machine with a path", acctest.Config{"cam_role_name": "a/b"}, "cam_role_name", "must be a role's name"},
		{"role that is no ARN", assume(acctest.Config{"role_arn": "reader"}), "assume_role.role_arn", "must be a role's ARN"},
		{"session with a blank", assume(acctest.Config{"session_name": "a b"}), "assume_role.session_name", "must be 2 to 128 letters"},
		{"session for too long", assume(acctest.Config{"session_duration": 43201}), "assume_role.session_duration", "must be from 1 to 43200"},
		{"policy that is no JSON", assume(acctest.Config{"policy": "hidden"}), "assume_role.policy", "must be a JSON object"},
		{"negative duration", identity(acctest.Config{"session_duration": -1}), "assume_role_with_web_identity.session_duration", "must be from 1 to 43200"},
		{
			"two tokens", identity(acctest.Config{"web_identity_token": "hidden", "web_identity_token_file": "token"}),
			"assume_role_with_web_identity.web_identity_token", "web_identity_token_file",
		},
		{"a profile and a role of the machine", acctest.Config{"profile": "a", "cam_role_name": "b"}, "profile", "cannot be configured together"},
		{"a profile and a web identity", identity(nil).With(acctest.Config{"profile": "a"}), "profile", "cannot be configured together"},
		{"a role on top of a web identity", identity(nil).With(assume(nil)), "assume_role", "cannot be configured together"},
		{"negative retries", acctest.Config{"max_retries": -1}, "max_retries", "must be from 0 to 20"},
		{"too many retries", acctest.Config{"max_retries": 21}, "max_retries", "must be from 0 to 20"},
		{"no share", acctest.Config{"quota_share": 0}, "quota_share", "must be above 0 and at most 1, got 0"},
		{"negative share", acctest.Config{"quota_share": -0.5}, "quota_share", "must be above 0 and at most 1"},
		{"more than all", acctest.Config{"quota_share": 1.5}, "quota_share", "must be above 0 and at most 1, got 1.5"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			acctest.ClearEnvironment(t)
			problems := acctest.NewServer(t).Configure(t, test.block)
			acctest.ExpectProblem(t, problems, test.attribute, test.text)
			if strings.Contains(problems.String(), "hidden") {
				t.Errorf("the error repeats a secret: %s", problems)
			}
		})
	}
}

func TestProviderBlockAccepts(t *testing.T) {
	for name, block := range map[string]acctest.Config{
		"nothing":                    nil,
		"the least":                  {"max_retries": 0, "quota_share": 0.001, "cdnetworks": acctest.Config{}, "endpoints": acctest.Config{}},
		"the most":                   {"max_retries": 20, "quota_share": 1, "domain": "tencentcloudapi.com"},
		"keys, a profile and a role": blockKey.With(blockProfile).With(assumeRole),
		"the machine's own service":  {"cam_role_name": "reader", "endpoints": acctest.Config{"metadata": "http://metadata.tencentyun.com"}},
		"unknown sources of keys":    {"profile": acctest.Unknown, "cam_role_name": acctest.Unknown, "assume_role": acctest.Unknown},
		"an unknown":                 {"max_retries": acctest.Unknown, "quota_share": acctest.Unknown, "domain": acctest.Unknown},
	} {
		t.Run(name, func(t *testing.T) {
			acctest.ClearEnvironment(t)
			if problems := acctest.NewServer(t).Configure(t, block); len(problems) > 0 {
				t.Error(problems)
			}
		})
	}
}
