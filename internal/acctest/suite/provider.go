// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package suite

import (
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

// read reads Config with a provider that is configured with a provider block and the environment.
func (d Description) read(t *testing.T, block acctest.Config) acctest.Problems {
	t.Helper()
	_, problems := acctest.Configured(t, block).Read(t.Context(), t, d.Name, d.Config)
	return problems
}

func (d Description) testCredentials(t *testing.T) {
	t.Helper()
	v := vendorOf(d.API)
	acctest.Start(t, emulator.Options{})
	for _, variable := range v.otherKeys {
		t.Setenv(variable, "")
	}
	if problems := d.read(t, nil); len(problems) > 0 {
		t.Errorf("without the credentials of other vendors: %s", problems)
	}
	for _, variable := range v.keys {
		t.Setenv(variable, "")
	}
	acctest.ExpectProblem(t, d.read(t, nil), "", v.missing...)
}

// Every Tencent API accepts temporary keys of a role that was assumed with the keys of a machine's role.
func (d Description) testTemporaryKeys(t *testing.T) {
	t.Helper()
	if d.API == emulator.CDNetworks {
		return
	}
	e := acctest.Start(t, emulator.Options{Limits: &emulator.Limits{}})
	for _, variable := range tencentKeys {
		t.Setenv(variable, "")
	}
	t.Setenv("TENCENTCLOUD_CAM_ROLE_NAME", "machine")
	role := acctest.Config{"assume_role": acctest.Config{"role_arn": "qcs::cam::uin/100000000001:roleName/reader"}}
	if problems := d.read(t, role); len(problems) > 0 {
		t.Error(problems)
	}
	if calls := len(e.CallsTo(emulator.STS)) + len(e.CallsTo(emulator.Metadata)); calls != 2 {
		t.Errorf("keys were requested %d times, want 2", calls)
	}
}

// An unknown endpoint or region is an error only for data sources that need it.
func (d Description) testUnknownEndpoints(t *testing.T) {
	t.Helper()
	acctest.Start(t, emulator.Options{})
	own, all := string(d.API), acctest.NewServer(t).Endpoints(t)
	others := acctest.Config{}
	for _, endpoint := range all {
		if endpoint != own {
			others[endpoint] = acctest.Unknown
		}
	}
	if len(others) != len(all)-1 {
		t.Fatalf("%s is not in %v", own, all)
	}
	const unknown = " is not known yet"
	needs := "provider argument endpoints." + own + unknown
	acctest.ExpectProblem(t, d.read(t, acctest.Config{"endpoints": acctest.Unknown}), "", needs)
	acctest.ExpectProblem(t, d.read(t, acctest.Config{"endpoints": acctest.Config{own: acctest.Unknown}}), "", needs)
	if problems := d.read(t, acctest.Config{"endpoints": others}); len(problems) > 0 {
		t.Errorf("with unknown endpoints of others: %s", problems)
	}
	problems := d.read(t, acctest.Config{"region": acctest.Unknown})
	if d.Region {
		acctest.ExpectProblem(t, problems, "", "provider argument region"+unknown)
	} else if len(problems) > 0 {
		t.Errorf("with an unknown region: %s", problems)
	}
}

// A read calls the endpoint of its API in the provider block, or else the endpoint in the environment.
func (d Description) testEndpoint(t *testing.T) {
	t.Helper()
	special := acctest.Start(t, emulator.Options{})
	general := acctest.Start(t, emulator.Options{}) // The environment variable contains this URL.
	others := acctest.Config{}
	for _, endpoint := range acctest.NewServer(t).Endpoints(t) {
		others[endpoint] = special.URL
	}
	delete(others, string(d.API))
	for i, endpoints := range []acctest.Config{{string(d.API): special.URL}, others} {
		if problems := d.read(t, acctest.Config{"endpoints": endpoints}); len(problems) > 0 {
			t.Error(problems)
		}
		expectCalls(t, special, d.calls())
		expectCalls(t, general, i*d.calls())
	}
}
