// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

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
			name: "environment with token", dataSource: mnaFlowStatistic, token: "example-token-1",
			environment: map[string]string{"TENCENTCLOUD_SECURITY_TOKEN": "example-token-1"},
		},
		{
			name: "configuration over environment", dataSource: mnaFlowStatistic, block: acctest.Config{"secret_id": id, "secret_key": key},
			environment: map[string]string{"TENCENTCLOUD_SECRET_ID": "other", "TENCENTCLOUD_SECRET_KEY": "other", "TENCENTCLOUD_SECURITY_TOKEN": "other"},
		},
		{
			name: "configuration with token", dataSource: cdnOverseaISPDetail, token: "example-token-1",
			block: acctest.Config{"secret_id": id, "secret_key": key, "security_token": "example-token-1"},
		},
		{
			name: "no key beside a configured id", dataSource: mnaFlowStatistic, block: acctest.Config{"secret_id": id},
			problem: []string{"The provider block sets secret_id but not secret_key", "TENCENTCLOUD_SECRET_KEY is not used", "credentials must all come from one place"},
		},
		{
			name: "no id beside a configured key", dataSource: trroSessionStatistics, block: acctest.Config{"secret_key": key},
			problem: []string{"The provider block sets secret_key but not secret_id", "TENCENTCLOUD_SECRET_ID is not used", "credentials must all come from one place"},
		},
		{
			name: "no id in the environment", dataSource: cdnOverseaISPDetail, environment: map[string]string{"TENCENTCLOUD_SECRET_ID": ""},
			problem: []string{"The environment has TENCENTCLOUD_SECRET_KEY but not TENCENTCLOUD_SECRET_ID", "set secret_id and secret_key in the provider block instead"},
		},
		{
			name: "unknown id", dataSource: mnaStatisticExport, block: acctest.Config{"secret_id": acctest.Unknown, "secret_key": key},
			problem: []string{"secret_id is not known yet", "TENCENTCLOUD_SECRET_ID"},
		},
		{
			name: "unknown key", dataSource: cdnOverseaISPDetail, block: acctest.Config{"secret_id": id, "secret_key": acctest.Unknown},
			problem: []string{"secret_key is not known yet", "TENCENTCLOUD_SECRET_KEY"},
		},
		{
			name: "unknown token", dataSource: trroSessionStatistics,
			block:   acctest.Config{"secret_id": id, "secret_key": key, "security_token": acctest.Unknown},
			problem: []string{"security_token is not known yet", "TENCENTCLOUD_SECURITY_TOKEN"},
		},
		{
			name: "CDNetworks configuration over environment", dataSource: cdnRelayTraffic,
			block:       acctest.Config{"cdnetworks": acctest.Config{"username": user, "api_key": apiKey}},
			environment: map[string]string{"CDNETWORKS_USERNAME": "other", "CDNETWORKS_API_KEY": "other"},
		},
		{name: "CDNetworks from the environment beside an empty block", dataSource: cdnRelayTraffic, block: acctest.Config{"cdnetworks": acctest.Config{}}},
		{
			name: "no CDNetworks key beside a configured user", dataSource: cdnRelayTraffic,
			block:   acctest.Config{"cdnetworks": acctest.Config{"username": user}},
			problem: []string{"The provider block sets cdnetworks.username but not cdnetworks.api_key", "CDNETWORKS_API_KEY is not used", "credentials must all come from one place"},
		},
		{
			name: "no CDNetworks user in the environment", dataSource: cdnRelayTraffic, environment: map[string]string{"CDNETWORKS_USERNAME": ""},
			problem: []string{"The environment has CDNETWORKS_API_KEY but not CDNETWORKS_USERNAME"},
		},
		{
			name: "unknown CDNetworks block", dataSource: cdnRelayTraffic, block: acctest.Config{"cdnetworks": acctest.Unknown},
			problem: []string{"cdnetworks.username is not known yet", "CDNETWORKS_USERNAME"},
		},
		{
			name: "unknown CDNetworks key", dataSource: cdnRelayTraffic,
			block:   acctest.Config{"cdnetworks": acctest.Config{"username": user, "api_key": acctest.Unknown}},
			problem: []string{"cdnetworks.api_key is not known yet", "CDNETWORKS_API_KEY"},
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
				acctest.ExpectProblem(t, problems, "", test.problem...)
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
			s := acctest.Configured(t, acctest.Config{"max_retries": test.argument})
			if _, problems := s.Read(t.Context(), t, mnaFlowStatistic, reads[mnaFlowStatistic]); len(problems) != 1 {
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
	acctest.MustRead(t, cdnRelayTraffic, reads[cdnRelayTraffic])
	const want = "Terraform/1.11.4 (+https://www.terraform.io) terraform-provider-edgestats/test"
	if got := e.Calls()[0].Header.Get("User-Agent"); got != want {
		t.Errorf("User-Agent is %q, want %q", got, want)
	}
}
