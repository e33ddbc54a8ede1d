// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package endtoend_test

import (
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

func TestAnUnknownArgumentDefersTheRead(t *testing.T) {
	t.Parallel()
	e := acctest.Serve(t, emulator.Options{})
	w := newWorkspace(t, `
data "edgestats_mna_flow_statistic" "test" {
  device_id        = "mna-dev${length(timestamp()) > 0 ? 1 : 2}" # Terraform knows the time in apply only.
  type             = "total"
  time_granularity = "hour"
  lookback         = "24h"
}
`, acctest.Variables(e.URL))
	w.plan(t, "-out=plan").expect(t, 0)
	if calls := len(e.Calls()); calls > 0 {
		t.Errorf("the vendor was asked %d times during plan", calls)
	}
	w.apply(t, "plan").expect(t, 0)
	if calls := len(e.CallsTo(emulator.MNA)); calls == 0 {
		t.Error("the vendor was not asked during apply")
	}
}

// During validation, the time of the plan is unknown, or in year 1 in some versions of Terraform.
func TestPlanTimestamp(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.PlanTimestamp)
	e := acctest.Serve(t, emulator.Options{})
	newWorkspace(t, `
data "edgestats_mna_flow_statistic" "test" {
  device_id        = "mna-dev1"
  type             = "total"
  time_granularity = "hour"
  begin_time       = timeadd(plantimestamp(), "-24h")
  end_time         = plantimestamp()
}

data "edgestats_cdn_relay_traffic" "test" {
  date_from = formatdate("YYYY-MM-DD", timeadd(plantimestamp(), "-48h"))
  date_to   = formatdate("YYYY-MM-DD", timeadd(plantimestamp(), "-24h"))
}

data "edgestats_cdn_oversea_isp_detail" "test" {
  date  = formatdate("YYYY-MM-DD", timeadd(plantimestamp(), "-48h"))
  hosts = ["www.example.com"]
}
`, acctest.Variables(e.URL)).plan(t).expect(t, 0)
}

// If the data stays the same, plans differ only in values that are new in every call or count down.
func TestEqualDataMakesNoDifference(t *testing.T) {
	t.Parallel()
	yesterday := time.Now().UTC().Truncate(24 * time.Hour).Add(-24 * time.Hour)
	config := allReads + fmt.Sprintf(`
data "edgestats_mna_flow_statistic" "fixed" {
  device_id        = "mna-dev1"
  type             = "uplink"
  time_granularity = "hour"
  begin_time       = %d
  end_time         = %q
  include          = ["points", "request_id"]
}

output "figures" {
  value = [
    data.edgestats_mna_flow_statistic.fixed.net_details,
    data.edgestats_mna_flow_statistic.test.summary,
    data.edgestats_mna_statistic_export.test.window,
    data.edgestats_trro_session_statistics.test.session_statistics,
    data.edgestats_cdn_relay_traffic.test.groups,
    data.edgestats_cdn_oversea_isp_detail.test.details,
  ]
}
`, yesterday.Unix(), yesterday.Add(12*time.Hour).Format(time.RFC3339))
	e := acctest.Serve(t, emulator.Options{Limits: &emulator.Limits{}})
	w := newWorkspace(t, config, acctest.Variables(e.URL))

	var first, second map[string]map[string]any
	var planned result
	// At midnight the windows move, so the comparison starts again.
	today := func() string { return time.Now().UTC().Add(8 * time.Hour).Format(time.DateOnly) }
	for day := ""; day != today(); {
		day = today()
		w.apply(t).expect(t, 0)
		first = w.state(t)
		planned = w.plan(t, "-detailed-exitcode")
		w.apply(t).expect(t, 0)
		second = w.state(t)
	}
	planned.expect(t, 0)
	const fixed = "data.edgestats_mna_flow_statistic.fixed"
	if id := second[fixed]["request_id"]; id == nil || id == first[fixed]["request_id"] {
		t.Errorf("both reads have the request ID %v", id)
	}
	isNew := cmpopts.IgnoreMapEntries(func(name string, _ any) bool {
		return name == "request_id" || name == "file_path" || name == "expires_at" || name == "remaining_days"
	})
	if diff := cmp.Diff(first, second, isNew); diff != "" || len(first) != strings.Count(config, "\ndata ") {
		t.Errorf("state of %d data sources (-first +second)\n%s", len(first), diff)
	}
}

// One more minute of traffic changes the points and the values that are computed from them.
func TestOneMorePointIsShown(t *testing.T) {
	t.Parallel()
	now := time.Now().Truncate(time.Minute)
	var passed atomic.Int64
	e := acctest.Serve(t, emulator.Options{
		Clock:  clock.Func(func() time.Time { return now.Add(time.Duration(passed.Load())) }),
		Limits: &emulator.Limits{},
	})
	w := newWorkspace(t, fmt.Sprintf(`
data "edgestats_mna_flow_statistic" "test" {
  device_id        = "mna-dev1"
  type             = "total"
  time_granularity = "minute"
  begin_time       = %d
  end_time         = %d
}
`, now.Add(-time.Hour).Unix(), now.Add(time.Hour).Unix()), acctest.Variables(e.URL))
	const address = "data.edgestats_mna_flow_statistic.test"
	w.apply(t).expect(t, 0)
	first := w.state(t)[address]
	passed.Store(int64(time.Minute))
	w.apply(t).expect(t, 0)
	second := w.state(t)[address]

	var changed []string
	for name := range second {
		if !cmp.Equal(first[name], second[name]) && name != "max_value" { // The new point may not be the highest.
			changed = append(changed, name)
		}
	}
	slices.Sort(changed)
	if want := []string{"avg_value", "bandwidth", "net_details", "summary", "total_value"}; !slices.Equal(changed, want) {
		t.Errorf("changed are %v, want %v", changed, want)
	}
	before, _ := first["net_details"].([]any)
	after, _ := second["net_details"].([]any)
	if len(before) != 60 || len(after) != 61 || !cmp.Equal(before, after[:60]) {
		t.Errorf("%d points became %d (-before +after)\n%s", len(before), len(after), cmp.Diff(before, after))
	}
}
