// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package mna_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/acctest/suite"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

// open configures a provider from the environment and opens the ephemeral resource of the export.
func open(t *testing.T, c acctest.Config) (acctest.State, acctest.Problems) {
	t.Helper()
	return acctest.Configured(t, nil).Open(t, statisticExport, c)
}

// The ephemeral resource asks and returns what the data source does.
func TestStatisticExportOpens(t *testing.T) {
	config := statisticExportConfig.With(acctest.Config{
		"device_list": []any{"gateway-1", "gateway-2"}, "access_region": "EU", "timeouts": acctest.Config{"open": "1m"},
	})
	opened := acctest.Start(t, emulator.Options{})
	result, problems := open(t, config)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	read := acctest.Start(t, emulator.Options{})
	stored := acctest.MustRead(t, statisticExport, config.With(acctest.Config{"timeouts": nil}))
	if diff := cmp.Diff(suite.Asked(t, read.CallsTo(emulator.MNA)[0]), suite.Asked(t, opened.CallsTo(emulator.MNA)[0])); diff != "" {
		t.Errorf("what the vendor received (-data source +ephemeral resource)\n%s", diff)
	}
	if !strings.HasPrefix(result["file_path"], opened.URL+"/statistics/") {
		t.Errorf("file_path is %s", result["file_path"])
	}
	own := []string{"file_path", "timeouts"}
	if diff := cmp.Diff(stored.Without(own...), result.Without(own...)); diff != "" {
		t.Errorf("(-data source +ephemeral resource)\n%s", diff)
	}
}

func TestStatisticExportOpenRefuses(t *testing.T) {
	for name, test := range map[string]struct {
		changes   acctest.Config
		attribute string
		text      string
	}{
		"two starts":  {acctest.Config{"begin_time": "1768392000"}, "lookback", "lookback and begin_time cannot be configured together"},
		"empty name":  {acctest.Config{"device_name": ""}, "device_name", "is an empty string"},
		"granularity": {acctest.Config{"time_granularity": "month"}, "time_granularity", `"day" (or 2)`},
		"future":      {acctest.Config{"lookback": nil, "begin_time": "2027-01-01T00:00:00Z"}, "begin_time", "must not be after now, which is 2026-01-15T20:00:00+08:00"},
		"no unit":     {acctest.Config{"timeouts": acctest.Config{"open": "30"}}, "timeouts.open", `must be a duration with a unit: 30s, got "30"`},
		"offset":      {acctest.Config{"lookback": nil, "begin_time": "1768392000", "offset": "7d"}, "offset", "offset requires lookback"},
		"no time":     {acctest.Config{"timeouts": acctest.Config{"open": "0s"}}, "timeouts.open", "must be a positive duration"},
	} {
		t.Run(name, func(t *testing.T) {
			e := acctest.Start(t, emulator.Options{})
			_, problems := open(t, statisticExportConfig.With(test.changes))
			acctest.ExpectProblem(t, problems, test.attribute, test.text)
			if calls := e.Calls(); len(calls) > 0 {
				t.Errorf("the vendor was asked %d times", len(calls))
			}
		})
	}
}

func TestStatisticExportOpenFails(t *testing.T) {
	e := acctest.Start(t, emulator.Options{})
	e.Inject(emulator.Fault{
		API: emulator.MNA, Kind: emulator.FaultError, Count: 1, Code: "AuthFailure.SecretIdNotFound", Message: "not " + emulator.DefaultSecretKey,
	})
	_, problems := open(t, statisticExportConfig)
	acctest.ExpectProblem(t, problems, "", "Unable to Read MNA Statistic Export", "AuthFailure.SecretIdNotFound: not ***")
	e.Inject(emulator.Fault{API: emulator.MNA, Kind: emulator.FaultStall})
	_, problems = open(t, statisticExportConfig.With(acctest.Config{"timeouts": acctest.Config{"open": "3s"}}))
	acctest.ExpectProblem(t, problems, "", "the read timed out", "Raise timeouts.open, or read less at once.")
	t.Setenv("TENCENTCLOUD_SECRET_KEY", "")
	_, problems = open(t, statisticExportConfig)
	acctest.ExpectProblem(t, problems, "", "Missing Tencent Cloud Credentials", "TENCENTCLOUD_SECRET_KEY")
}
