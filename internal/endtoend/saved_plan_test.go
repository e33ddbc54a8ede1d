// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package endtoend_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

// settled reads windows of two days that ended days ago.
func settled(include string) string {
	zone := time.FixedZone("", 8*60*60)
	y, m, d := time.Now().In(zone).Date()
	start, end := time.Date(y, m, d-5, 0, 0, 0, 0, zone), time.Date(y, m, d-3, 0, 0, 0, 0, zone)
	return strings.NewReplacer(
		"START", start.Format(time.RFC3339), "END", end.Format(time.RFC3339), "INCLUDE", include,
		"FIRST", start.Format(time.DateOnly), "LAST", end.AddDate(0, 0, -1).Format(time.DateOnly),
	).Replace(`
data "edgestats_mna_flow_statistic" "test" {
  device_id        = "mna-dev1"
  type             = "total"
  time_granularity = "hour"
  begin_time       = "START"
  end_time         = "END"
  include          = [INCLUDE]
}

data "edgestats_trro_session_statistics" "test" {
  project_id         = "project-1"
  statistic_interval = "day"
  start_time         = "START"
  end_time           = "END"
}

data "edgestats_cdn_relay_traffic" "test" {
  date_from = "FIRST"
  date_to   = "LAST"
}

data "edgestats_cdn_oversea_isp_detail" "test" {
  date_from = "FIRST"
  date_to   = "LAST"
  hosts     = ["www.example.com"]
  provs     = ["JP"]
}

data "edgestats_cdn_district_isp_data" "test" {
  domains    = ["www.example.com"]
  metric     = "flux"
  districts  = [4]
  isps       = [2]
  start_time = "START"
  end_time   = "END"
}

variable "release" {
  default = "1"
}

output "release" {
  value = var.release
}
`)
}

// stateFile returns the state as Terraform keeps it, with its serial.
func (w *workspace) stateFile(t *testing.T) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(w.dir, "terraform.tfstate"))
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// applySettled applies settled windows, saves a plan that changes an output, and applies the same again. It returns the state
// files after both.
func applySettled(t *testing.T, include string) (w *workspace, first, second string) {
	t.Helper()
	e := acctest.Serve(t, emulator.Options{Limits: &emulator.Limits{}})
	w = newWorkspace(t, settled(include), acctest.Variables(e.URL))
	w.apply(t).expect(t, 0)
	first = w.stateFile(t)
	w.plan(t, "-var=release=2", "-out=plan").expect(t, 0)
	w.apply(t).expect(t, 0)
	second = w.stateFile(t)
	return w, first, second
}

// Reading settled windows again leaves the state and its serial as they are, so that a plan that was saved before still applies.
func TestSavedPlansSurviveAnotherApply(t *testing.T) {
	t.Parallel()
	w, first, second := applySettled(t, `"points"`)
	if diff := cmp.Diff(first, second); diff != "" {
		t.Errorf("the state (-first apply +second)\n%s", diff)
	}
	w.apply(t, "plan").expect(t, 0)
	var shown struct {
		Values struct {
			Outputs map[string]struct{ Value string }
		}
	}
	w.show(t, &shown)
	if got := shown.Values.Outputs["release"].Value; got != "2" {
		t.Errorf("the saved plan left release %q", got)
	}
}

// A request ID in the state is new in each apply, and Terraform then refuses plans that were saved before.
func TestRequestIDsMakeSavedPlansStale(t *testing.T) {
	t.Parallel()
	w, first, second := applySettled(t, `"request_id"`)
	if first == second {
		t.Error("the request ID did not change the state")
	}
	stale := w.apply(t, "plan")
	stale.expect(t, 1)
	if !strings.Contains(stale.stderr, "Saved plan is stale") {
		t.Errorf("the saved plan failed for another reason: %s", stale.stderr)
	}
}
