// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"strings"
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

// reads are a valid configuration of every data source.
var reads = map[string]acctest.Config{
	mnaFlowStatistic:      mnaFlowStatisticConfig,
	mnaStatisticExport:    mnaStatisticExportConfig,
	trroSessionStatistics: trroSessionStatisticsConfig,
	cdnRelayTraffic:       cdnRelayTrafficConfig,
	cdnOverseaISPDetail:   cdnOverseaISPDetailConfig,
	cdnDistrictISPData:    cdnDistrictISPDataConfig,
}

// readEach configures one provider and returns the errors of reading every data source with it.
func readEach(t *testing.T, block acctest.Config) map[string]acctest.Problems {
	t.Helper()
	s := acctest.NewServer(t)
	if problems := s.Configure(t, block); len(problems) > 0 {
		t.Fatalf("configure: %s", problems)
	}
	all := make(map[string]acctest.Problems)
	for dataSource, config := range reads {
		_, all[dataSource] = s.Read(t.Context(), t, dataSource, config)
	}
	return all
}

func TestOnlyCredentialsInUseAreNeeded(t *testing.T) {
	t.Run("no Tencent Cloud key", func(t *testing.T) {
		acctest.Start(t, emulator.Options{})
		t.Setenv("TENCENTCLOUD_SECRET_ID", "")
		t.Setenv("TENCENTCLOUD_SECRET_KEY", "")
		for dataSource, problems := range readEach(t, nil) {
			if dataSource != cdnRelayTraffic {
				expectProblem(t, problems, "", "Missing Tencent Cloud Credentials", "secret_id and secret_key",
					"TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY", "there may be a profile, cam_role_name or")
			} else if len(problems) > 0 {
				t.Errorf("%s: %s", dataSource, problems)
			}
		}
	})
	t.Run("no CDNetworks user", func(t *testing.T) {
		acctest.Start(t, emulator.Options{})
		t.Setenv("CDNETWORKS_USERNAME", "")
		t.Setenv("CDNETWORKS_API_KEY", "")
		for dataSource, problems := range readEach(t, nil) {
			if dataSource == cdnRelayTraffic {
				expectProblem(t, problems, "", "Missing CDNetworks Credentials", "cdnetworks.username and cdnetworks.api_key",
					"CDNETWORKS_USERNAME and CDNETWORKS_API_KEY")
			} else if len(problems) > 0 {
				t.Errorf("%s: %s", dataSource, problems)
			}
		}
	})
}

func TestCredentialsAreOneSet(t *testing.T) {
	const id, key = emulator.DefaultSecretID, emulator.DefaultSecretKey
	user, apiKey := emulator.DefaultCDNetworksUsername, emulator.DefaultCDNetworksAPIKey
	tests := []struct {
		name        string
		dataSource  string
		block       acctest.Config
		environment map[string]string
		token       string // the emulator asks for it
		problem     []string
	}{
		{name: "environment", dataSource: mnaFlowStatistic},
		{
			name: "environment with token", dataSource: mnaFlowStatistic, token: "token-1",
			environment: map[string]string{"TENCENTCLOUD_SECURITY_TOKEN": "token-1"},
		},
		{
			name: "configuration over environment", dataSource: mnaFlowStatistic,
			block: acctest.Config{"secret_id": id, "secret_key": key},
			environment: map[string]string{
				"TENCENTCLOUD_SECRET_ID": "other", "TENCENTCLOUD_SECRET_KEY": "other", "TENCENTCLOUD_SECURITY_TOKEN": "other",
			},
		},
		{
			name: "configuration with token", dataSource: cdnOverseaISPDetail, token: "token-1",
			block: acctest.Config{"secret_id": id, "secret_key": key, "security_token": "token-1"},
		},
		{
			name: "no key beside a configured id", dataSource: mnaFlowStatistic, block: acctest.Config{"secret_id": id},
			problem: []string{"Set secret_key beside it", "TENCENTCLOUD_SECRET_KEY", "a set comes from one place"},
		},
		{
			name: "no id beside a configured key", dataSource: trroSessionStatistics, block: acctest.Config{"secret_key": key},
			problem: []string{"Set secret_id beside it", "TENCENTCLOUD_SECRET_ID", "a set comes from one place"},
		},
		{
			name: "no id in the environment", dataSource: cdnOverseaISPDetail, environment: map[string]string{"TENCENTCLOUD_SECRET_ID": ""},
			problem: []string{"Set secret_id beside it", "TENCENTCLOUD_SECRET_ID if it is the environment"},
		},
		{
			name: "unknown id", dataSource: mnaStatisticExport, block: acctest.Config{"secret_id": acctest.Unknown, "secret_key": key},
			problem: []string{"secret_id is not wrong but not known yet", "TENCENTCLOUD_SECRET_ID"},
		},
		{
			name: "unknown key", dataSource: cdnOverseaISPDetail, block: acctest.Config{"secret_id": id, "secret_key": acctest.Unknown},
			problem: []string{"secret_key is not wrong but not known yet", "TENCENTCLOUD_SECRET_KEY"},
		},
		{
			name: "unknown token", dataSource: trroSessionStatistics,
			block:   acctest.Config{"secret_id": id, "secret_key": key, "security_token": acctest.Unknown},
			problem: []string{"security_token is not wrong but not known yet", "TENCENTCLOUD_SECURITY_TOKEN"},
		},
		{
			name: "CDNetworks configuration over environment", dataSource: cdnRelayTraffic,
			block:       acctest.Config{"cdnetworks": acctest.Config{"username": user, "api_key": apiKey}},
			environment: map[string]string{"CDNETWORKS_USERNAME": "other", "CDNETWORKS_API_KEY": "other"},
		},
		{
			name: "CDNetworks from the environment beside an empty block", dataSource: cdnRelayTraffic,
			block: acctest.Config{"cdnetworks": acctest.Config{}},
		},
		{
			name: "no CDNetworks key beside a configured user", dataSource: cdnRelayTraffic,
			block:   acctest.Config{"cdnetworks": acctest.Config{"username": user}},
			problem: []string{"Set cdnetworks.api_key beside it", "CDNETWORKS_API_KEY", "a set comes from one place"},
		},
		{
			name: "no CDNetworks user in the environment", dataSource: cdnRelayTraffic, environment: map[string]string{"CDNETWORKS_USERNAME": ""},
			problem: []string{"Set cdnetworks.username beside it", "CDNETWORKS_USERNAME if it is the environment"},
		},
		{
			name: "unknown CDNetworks block", dataSource: cdnRelayTraffic, block: acctest.Config{"cdnetworks": acctest.Unknown},
			problem: []string{"cdnetworks.username is not wrong but not known yet", "CDNETWORKS_USERNAME"},
		},
		{
			name: "unknown CDNetworks key", dataSource: cdnRelayTraffic,
			block:   acctest.Config{"cdnetworks": acctest.Config{"username": user, "api_key": acctest.Unknown}},
			problem: []string{"cdnetworks.api_key is not wrong but not known yet", "CDNETWORKS_API_KEY"},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			e := acctest.Start(t, emulator.Options{Token: test.token})
			for variable, value := range test.environment {
				t.Setenv(variable, value)
			}
			s := acctest.NewServer(t)
			if problems := s.Configure(t, test.block); len(problems) > 0 {
				t.Fatalf("configure: %s", problems)
			}
			_, problems := s.Read(t.Context(), t, test.dataSource, reads[test.dataSource])
			if test.problem != nil {
				expectProblem(t, problems, "", test.problem...)
				if calls := e.Calls(); len(calls) > 0 {
					t.Errorf("the vendor was asked %d times", len(calls))
				}
				return
			}
			if len(problems) > 0 {
				t.Fatal(problems)
			}
			for _, call := range e.CallsTo(emulator.MNA) {
				if sent := call.Header.Get("X-TC-Token"); sent != test.token {
					t.Errorf("the token sent is %q, want %q", sent, test.token)
				}
			}
		})
	}
}

func TestUnknownEndpointsAreErrorsOfThoseThatNeedThem(t *testing.T) {
	tests := map[string]struct {
		block acctest.Config
		needs map[string]string
	}{
		"all": {
			acctest.Config{"endpoints": acctest.Unknown},
			map[string]string{
				mnaFlowStatistic: "endpoints.mna", mnaStatisticExport: "endpoints.mna", trroSessionStatistics: "endpoints.trro",
				cdnRelayTraffic: "endpoints.cdnetworks", cdnOverseaISPDetail: "endpoints.cdn_legacy",
				cdnDistrictISPData: "endpoints.cdn",
			},
		},
		"one":    {acctest.Config{"endpoints": acctest.Config{"trro": acctest.Unknown}}, map[string]string{trroSessionStatistics: "endpoints.trro"}},
		"region": {acctest.Config{"region": acctest.Unknown}, map[string]string{trroSessionStatistics: "region"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			acctest.Start(t, emulator.Options{})
			for dataSource, problems := range readEach(t, test.block) {
				if argument, needs := test.needs[dataSource]; needs {
					expectProblem(t, problems, "", "The provider argument "+argument+" is not wrong but not known yet")
				} else if len(problems) > 0 {
					t.Errorf("%s: %s", dataSource, problems)
				}
			}
		})
	}
}

func TestProviderBlockRefuses(t *testing.T) {
	const empty, address = "at least 1", "must be a URL of scheme, host and optional port"
	endpoint := func(name, url string) acctest.Config { return acctest.Config{"endpoints": acctest.Config{name: url}} }
	assume := func(role acctest.Config) acctest.Config {
		return acctest.Config{"assume_role": acctest.Config{}.With(role)}
	}
	identity := func(role acctest.Config) acctest.Config {
		return acctest.Config{"assume_role_with_web_identity": acctest.Config{}.With(role)}
	}
	tests := []struct {
		name      string
		block     acctest.Config
		attribute string
		text      string
	}{
		{"empty id", acctest.Config{"secret_id": ""}, "secret_id", empty},
		{"empty key", acctest.Config{"secret_key": ""}, "secret_key", empty},
		{"empty token", acctest.Config{"security_token": ""}, "security_token", empty},
		{"empty region", acctest.Config{"region": ""}, "region", empty},
		{"empty domain", acctest.Config{"domain": ""}, "domain", empty},
		{"empty user", acctest.Config{"cdnetworks": acctest.Config{"username": ""}}, "cdnetworks.username", empty},
		{"empty API key", acctest.Config{"cdnetworks": acctest.Config{"api_key": ""}}, "cdnetworks.api_key", empty},
		{"empty endpoint", endpoint("mna", ""), "endpoints.mna", address},
		{"endpoint without scheme", endpoint("trro", "trro.example.com"), "endpoints.trro", address},
		{"endpoint with path", endpoint("cdn_legacy", "https://cdn.example.com/v2/hidden"), "endpoints.cdn_legacy", address},
		{"endpoint with query", endpoint("cdnetworks", "https://api.example.com?hidden"), "endpoints.cdnetworks", address},
		{"endpoint with user", endpoint("mna", "https://user:hidden@mna.example.com"), "endpoints.mna", address},
		{"http to another host", endpoint("mna", "http://mna.example.com"), "endpoints.mna", "http is accepted for loopback hosts only"},
		{"domain with scheme", acctest.Config{"domain": "https://example.com"}, "domain", "must be a domain name"},
		{"http to a metadata service elsewhere", endpoint("metadata", "http://metadata.example.com"), "endpoints.metadata", "http is accepted for loopback hosts only"},
		{"empty profile", acctest.Config{"profile": ""}, "profile", empty},
		{"profile with a path", acctest.Config{"profile": "../default"}, "profile", "must be a name without slashes"},
		{"empty directory", acctest.Config{"shared_credentials_dir": ""}, "shared_credentials_dir", empty},
		{"empty role of the machine", acctest.Config{"cam_role_name": ""}, "cam_role_name", "must be a role's name"},
		{"role of the machine with a path", acctest.Config{"cam_role_name": "a/b"}, "cam_role_name", "must be a role's name"},
		{"role that is no ARN", assume(acctest.Config{"role_arn": "reader"}), "assume_role.role_arn", "must be a role's ARN"},
		{"session with a blank", assume(acctest.Config{"session_name": "a b"}), "assume_role.session_name", "must be 2 to 128 letters"},
		{"session for too long", assume(acctest.Config{"session_duration": 43201}), "assume_role.session_duration", "between 1 and 43200"},
		{"empty external ID", assume(acctest.Config{"external_id": ""}), "assume_role.external_id", empty},
		{"policy that is no JSON", assume(acctest.Config{"policy": "hidden"}), "assume_role.policy", "must be a JSON object"},
		{"empty provider", identity(acctest.Config{"provider_id": ""}), "assume_role_with_web_identity.provider_id", empty},
		{"empty token", identity(acctest.Config{"web_identity_token": ""}), "assume_role_with_web_identity.web_identity_token", empty},
		{"negative duration", identity(acctest.Config{"session_duration": -1}), "assume_role_with_web_identity.session_duration", "between 1 and 43200"},
		{
			"two tokens", identity(acctest.Config{"web_identity_token": "hidden", "web_identity_token_file": "token"}),
			"assume_role_with_web_identity.web_identity_token", "web_identity_token_file",
		},
		{"a profile and a role of the machine", acctest.Config{"profile": "a", "cam_role_name": "b"}, "profile", "cannot be configured together"},
		{"a profile and a web identity", identity(nil).With(acctest.Config{"profile": "a"}), "profile", "cannot be configured together"},
		{"a role on top of a web identity", identity(nil).With(assume(nil)), "assume_role", "cannot be configured together"},
		{"negative retries", acctest.Config{"max_retries": -1}, "max_retries", "between 0 and 20"},
		{"too many retries", acctest.Config{"max_retries": 21}, "max_retries", "between 0 and 20"},
		{"no share", acctest.Config{"quota_share": 0}, "quota_share", "must be above 0, up to 1, got: 0"},
		{"negative share", acctest.Config{"quota_share": -0.5}, "quota_share", "must be above 0, up to 1"},
		{"more than all", acctest.Config{"quota_share": 1.5}, "quota_share", "must be above 0, up to 1, got: 1.5"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			acctest.ClearEnvironment(t)
			problems := acctest.NewServer(t).Configure(t, test.block)
			expectProblem(t, problems, test.attribute, test.text)
			if strings.Contains(problems.String(), "hidden") {
				t.Errorf("the error repeats a secret: %s", problems)
			}
		})
	}
}

func TestProviderBlockAccepts(t *testing.T) {
	for name, block := range map[string]acctest.Config{
		"nothing":                   nil,
		"the least":                 {"max_retries": 0, "quota_share": 0.001, "cdnetworks": acctest.Config{}, "endpoints": acctest.Config{}},
		"the most":                  {"max_retries": 20, "quota_share": 1, "domain": "tencentcloudapi.com"},
		"ways in":                   blockKey.With(blockProfile).With(assumeRole),
		"the machine's own service": {"cam_role_name": "reader", "endpoints": acctest.Config{"metadata": "http://metadata.tencentyun.com"}},
		"unknown ways in":           {"profile": acctest.Unknown, "cam_role_name": acctest.Unknown, "assume_role": acctest.Unknown},
		"an unknown":                {"max_retries": acctest.Unknown, "quota_share": acctest.Unknown, "domain": acctest.Unknown},
	} {
		t.Run(name, func(t *testing.T) {
			acctest.ClearEnvironment(t)
			if problems := acctest.NewServer(t).Configure(t, block); len(problems) > 0 {
				t.Error(problems)
			}
		})
	}
}

func TestEndpointsLeadToTheEmulator(t *testing.T) {
	special := acctest.Start(t, emulator.Options{})
	general := acctest.Start(t, emulator.Options{}) // The variable leads here.
	block := acctest.Config{"endpoints": acctest.Config{"mna": special.URL, "cdnetworks": special.URL}}
	for dataSource, problems := range readEach(t, block) {
		if len(problems) > 0 {
			t.Errorf("%s: %s", dataSource, problems)
		}
	}
	for api, want := range map[emulator.API][2]int{
		emulator.MNA: {2, 0}, emulator.CDNetworks: {1, 0}, emulator.TRRO: {0, 1}, emulator.CDNLegacy: {0, 1},
		emulator.CDN: {0, 1},
	} {
		if got := [2]int{len(special.CallsTo(api)), len(general.CallsTo(api))}; got != want {
			t.Errorf("%s: %d calls to the configured endpoint and %d to the variable's, want %v", api, got[0], got[1], want)
		}
	}
}

func TestMaxRetriesIsKept(t *testing.T) {
	for _, test := range []struct {
		name, environment string
		argument          any
		calls             int
	}{
		{"environment", "1", nil, 2},
		{"configuration", "1", 0, 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			e := acctest.Start(t, emulator.Options{
				Override: acctest.Answer(`{"Response": {"Error": {"Code": "InternalError", "Message": "no"}, "RequestId": "r-1"}}`),
			})
			t.Setenv("EDGESTATS_MAX_RETRIES", test.environment)
			s := acctest.NewServer(t)
			if problems := s.Configure(t, acctest.Config{"max_retries": test.argument}); len(problems) > 0 {
				t.Fatal(problems)
			}
			if _, problems := s.Read(t.Context(), t, mnaFlowStatistic, mnaFlowStatisticConfig); len(problems) != 1 {
				t.Fatalf("%d errors, want 1\n%s", len(problems), problems)
			}
			if got := len(e.CallsTo(emulator.MNA)); got != test.calls {
				t.Errorf("%d calls, want %d", got, test.calls)
			}
		})
	}
}

func TestCallsNameTheProvider(t *testing.T) {
	e := acctest.Start(t, emulator.Options{})
	acctest.MustRead(t, cdnRelayTraffic, cdnRelayTrafficConfig)
	const want = "Terraform/1.11.4 (+https://www.terraform.io) terraform-provider-edgestats/test"
	if got := e.Calls()[0].Header.Get("User-Agent"); got != want {
		t.Errorf("User-Agent is %q, want %q", got, want)
	}
}
