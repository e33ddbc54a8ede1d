// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-testing/echoprovider"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

// open configures a provider from the environment and opens the ephemeral resource of the export.
func open(t *testing.T, c acctest.Config) (acctest.State, acctest.Problems) {
	t.Helper()
	s := acctest.NewServer(t)
	if problems := s.Configure(t, nil); len(problems) > 0 {
		t.Fatal(problems)
	}
	return s.Open(t, mnaStatisticExport, c)
}

// The ephemeral resource asks and returns what the data source does.
func TestMNAStatisticExportOpens(t *testing.T) {
	config := mnaStatisticExportConfig.With(acctest.Config{
		"device_list": []any{"gateway-1", "gateway-2"}, "access_region": "EU", "timeouts": acctest.Config{"open": "1m"},
	})
	opened := acctest.Start(t, emulator.Options{})
	lent, problems := open(t, config)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	read := acctest.Start(t, emulator.Options{})
	stored := acctest.MustRead(t, mnaStatisticExport, config.With(acctest.Config{"timeouts": nil}))
	if diff := cmp.Diff(asked(t, read.CallsTo(emulator.MNA)[0]), asked(t, opened.CallsTo(emulator.MNA)[0])); diff != "" {
		t.Errorf("what the vendor received (-data source +ephemeral resource)\n%s", diff)
	}
	if !strings.HasPrefix(lent["file_path"], opened.URL+"/statistics/") {
		t.Errorf("file_path is %s", lent["file_path"])
	}
	own := []string{"file_path", "timeouts"}
	if diff := cmp.Diff(stored.Without(own...), lent.Without(own...)); diff != "" {
		t.Errorf("(-data source +ephemeral resource)\n%s", diff)
	}
}

func TestMNAStatisticExportOpenRefuses(t *testing.T) {
	for name, test := range map[string]struct {
		changes   acctest.Config
		attribute string
		text      string
	}{
		"two starts":  {acctest.Config{"begin_time": "1768392000"}, "lookback", "lookback replaces begin_time"},
		"empty name":  {acctest.Config{"device_name": ""}, "device_name", "at least 1"},
		"granularity": {acctest.Config{"time_granularity": "month"}, "time_granularity", `"day" (or 2)`},
		"future":      {acctest.Config{"lookback": nil, "begin_time": "2027-01-01T00:00:00Z"}, "begin_time", "must be before 2026-01-15T12:00:00Z"},
		"no time":     {acctest.Config{"timeouts": acctest.Config{"open": "0s"}}, "timeouts.open", "must be a positive duration"},
	} {
		t.Run(name, func(t *testing.T) {
			e := acctest.Start(t, emulator.Options{})
			_, problems := open(t, mnaStatisticExportConfig.With(test.changes))
			expectProblem(t, problems, test.attribute, test.text)
			if calls := e.Calls(); len(calls) > 0 {
				t.Errorf("the vendor was asked %d times", len(calls))
			}
		})
	}
}

func TestMNAStatisticExportOpenFails(t *testing.T) {
	e := acctest.Start(t, emulator.Options{})
	e.Inject(emulator.Fault{
		API: emulator.MNA, Kind: emulator.FaultError, Count: 1, Code: "AuthFailure.SecretIdNotFound", Message: "not " + emulator.DefaultSecretKey,
	})
	_, problems := open(t, mnaStatisticExportConfig)
	expectProblem(t, problems, "", "Unable to Read MNA Statistic Export", "AuthFailure.SecretIdNotFound: not ***")
	e.Inject(emulator.Fault{API: emulator.MNA, Kind: emulator.FaultStall})
	_, problems = open(t, mnaStatisticExportConfig.With(acctest.Config{"timeouts": acctest.Config{"open": "3s"}}))
	expectProblem(t, problems, "", "the read timed out", "Raise timeouts.open, or narrow what is read.")
	t.Setenv("TENCENTCLOUD_SECRET_KEY", "")
	_, problems = open(t, mnaStatisticExportConfig)
	expectProblem(t, problems, "", "Missing Tencent Cloud Credentials", "TENCENTCLOUD_SECRET_KEY")
}

// The echo provider puts into state what it is given, which shows what the ephemeral resource lends.
func TestAccMNAStatisticExportEphemeral(t *testing.T) {
	acctest.Needs(t, acctest.EphemeralResources)
	startForTerraform(t, nil)
	factories := acctest.Factories()
	factories["echo"] = echoprovider.NewProviderServer()
	data := tfjsonpath.New("data")
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: factories,
		Steps: []resource.TestStep{{
			ExpectNonEmptyPlan: !acctest.Has(t, acctest.UncountedEphemeralResources),
			Config: `
ephemeral "edgestats_mna_statistic_export" "test" {
  group_id         = "group-1"
  time_granularity = "day"
  begin_time       = "2026-01-01T00:00:00+08:00"
  end_time         = 1768406399
}

provider "echo" {
  data = ephemeral.edgestats_mna_statistic_export.test
}

resource "echo" "test" {}
`,
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownValue("echo.test", data.AtMapKey("end_time"), knownvalue.StringExact("1768406399")),
				statecheck.ExpectKnownValue("echo.test", data.AtMapKey("expires_at"), knownvalue.StringExact("2026-01-15T13:00:00Z")),
				statecheck.ExpectKnownValue("echo.test", data.AtMapKey("file_path"), knownvalue.NotNull()),
				statecheck.ExpectKnownValue("echo.test", data.AtMapKey("request_id"), knownvalue.NotNull()),
				statecheck.ExpectKnownValue("echo.test", data.AtMapKey("window").AtMapKey("end"), knownvalue.StringExact("2026-01-14T15:59:59Z")),
			},
		}},
	})
}
