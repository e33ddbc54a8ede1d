// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"math/big"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/acctest/suite"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

const requiredProviders = `
terraform {
  required_providers {
    edgestats = {
      source = "edgestats/edgestats"
    }
  }
}
`

// applyTwice applies a configuration, checks the state, and applies it again: neither the plan right after nor the next
// one may have anything to do. Configurations look into nested attributes through locals, because Terraform before 1.2.7
// refuses to look into those of data sources.
func applyTwice(t *testing.T, config string, checks ...statecheck.StateCheck) {
	t.Helper()
	nothing := []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: emptied(
			config,
			resource.TestStep{
				Config:            config,
				ConfigStateChecks: checks,
				ConfigPlanChecks:  resource.ConfigPlanChecks{PostApplyPostRefresh: nothing},
			},
			resource.TestStep{
				Config:           config,
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: nothing, PostApplyPostRefresh: nothing},
			},
		),
	})
}

// emptied returns the steps of a configuration. One with for_each gets another step, which empties the state: the test
// framework reads the state when it ends, and cannot read that of for_each.
func emptied(config string, steps ...resource.TestStep) []resource.TestStep {
	if strings.Contains(config, "for_each") {
		steps = append(steps, resource.TestStep{Config: requiredProviders})
	}
	return steps
}

// startForTerraform starts an emulator that does not count calls: how often a data source is read is Terraform's affair,
// and the clock stands still meanwhile.
func startForTerraform(t *testing.T, answer suite.Override) {
	t.Helper()
	acctest.Start(t, emulator.Options{Limits: &emulator.Limits{}, Override: answer})
}

// number is a number as Terraform reads it from a configuration.
func number(t *testing.T, text string) *big.Float {
	t.Helper()
	n, _, err := big.ParseFloat(text, 10, 512, big.ToNearestEven)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestAccMNAFlowStatistic(t *testing.T) {
	startForTerraform(t, nil)
	const address = "data.edgestats_mna_flow_statistic.test"
	applyTwice(
		t, requiredProviders+`
data "edgestats_mna_flow_statistic" "test" {
  device_list      = ["mna-dev1", "mna-dev2"]
  type             = 3
  time_granularity = "1"
  lookback         = "24h"
  timeouts         = { read = "1m" }
}

locals {
  test = data.edgestats_mna_flow_statistic.test
}

output "adds_up" {
  value = local.test.summary.total == local.test.total_value
}
`,
		statecheck.ExpectKnownValue(address, tfjsonpath.New("type"), knownvalue.StringExact("3")),
		statecheck.ExpectKnownValue(address, tfjsonpath.New("time_granularity"), knownvalue.StringExact("1")),
		statecheck.ExpectKnownValue(address, tfjsonpath.New("begin_time"), knownvalue.Null()),
		statecheck.ExpectKnownValue(address, tfjsonpath.New("gateway_type"), knownvalue.Null()),
		statecheck.ExpectKnownValue(address, tfjsonpath.New("net_details"), knownvalue.ListSizeExact(24)),
		statecheck.ExpectKnownValue(address, tfjsonpath.New("request_id"), knownvalue.Null()),
		statecheck.ExpectKnownValue(address, tfjsonpath.New("window"), knownvalue.ObjectExact(map[string]knownvalue.Check{
			"start": knownvalue.StringExact("2026-01-14T20:00:00+08:00"),
			"end":   knownvalue.StringExact("2026-01-15T20:00:00+08:00"),
		})),
		statecheck.ExpectKnownOutputValue("adds_up", knownvalue.Bool(true)),
	)
}

// The IDs of an inventory are known during the plan, so that for_each needs no -target.
func TestAccMNADevices(t *testing.T) {
	startForTerraform(t, nil)
	const address = "data.edgestats_mna_devices.test"
	applyTwice(
		t, requiredProviders+`
data "edgestats_mna_devices" "test" {
  device_type = "third_party"
}

data "edgestats_mna_flow_statistic" "each" {
  for_each = toset(data.edgestats_mna_devices.test.ids)

  device_id        = each.value
  type             = "total"
  time_granularity = "hour"
  lookback         = "2h"
}
`,
		statecheck.ExpectKnownValue(address, tfjsonpath.New("devices"), knownvalue.ListSizeExact(3)),
		statecheck.ExpectKnownValue(address, tfjsonpath.New("ids"), knownvalue.ListExact([]knownvalue.Check{
			knownvalue.StringExact("mna-dev11"), knownvalue.StringExact("mna-dev3"), knownvalue.StringExact("mna-dev7"),
		})),
		statecheck.ExpectKnownValue(`data.edgestats_mna_flow_statistic.each["mna-dev7"]`, tfjsonpath.New("net_details"), knownvalue.ListSizeExact(2)),
	)
}

func TestAccMNAStatisticExport(t *testing.T) {
	startForTerraform(t, nil)
	const address = "data.edgestats_mna_statistic_export.test"
	applyTwice(
		t, requiredProviders+`
data "edgestats_mna_statistic_export" "test" {
  group_id         = "group-1"
  time_granularity = "day"
  begin_time       = "2026-01-01T00:00:00+08:00"
  end_time         = 1768406399
}
`,
		statecheck.ExpectKnownValue(address, tfjsonpath.New("end_time"), knownvalue.StringExact("1768406399")),
		statecheck.ExpectKnownValue(address, tfjsonpath.New("expires_at"), knownvalue.StringExact("2026-01-15T21:00:00+08:00")),
		statecheck.ExpectKnownValue(address, tfjsonpath.New("device_name"), knownvalue.Null()),
		statecheck.ExpectKnownValue(address, tfjsonpath.New("file_path"), knownvalue.NotNull()),
	)
}

// Terraform tells programs only from 1.4.6 on which attributes of a state are sensitive, but always refuses to print one.
func TestAccMNAStatisticExportIsSensitive(t *testing.T) {
	startForTerraform(t, nil)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{{
			Config: requiredProviders + `
data "edgestats_mna_statistic_export" "test" {
  group_id         = "group-1"
  time_granularity = "day"
  lookback         = "168h"
}

output "printed" {
  value = data.edgestats_mna_statistic_export.test.file_path
}
`,
			ExpectError: wrapped("Output refers to sensitive values"),
		}},
	})
}

func TestAccTRROSessionStatistics(t *testing.T) {
	startForTerraform(t, nil)
	const address = "data.edgestats_trro_session_statistics.test"
	applyTwice(
		t, requiredProviders+`
provider "edgestats" {
  region = "ap-shanghai"
}

data "edgestats_trro_session_statistics" "test" {
  project_id         = "project-1"
  statistic_interval = "month"
  start_time         = "2025-11-01T00:00:00+08:00"
  include            = ["points", "totals"]
}

output "adds_up" {
  value = data.edgestats_trro_session_statistics.test.totals.session_num == data.edgestats_trro_session_statistics.test.summary.session_num
}
`,
		statecheck.ExpectKnownOutputValue("adds_up", knownvalue.Bool(true)),
		statecheck.ExpectKnownValue(address, tfjsonpath.New("region"), knownvalue.Null()),
		statecheck.ExpectKnownValue(address, tfjsonpath.New("session_statistics"), knownvalue.ListSizeExact(2)),
		statecheck.ExpectKnownValue(address, tfjsonpath.New("summary").AtMapKey("count"), knownvalue.Int64Exact(2)),
		statecheck.ExpectKnownValue(address, tfjsonpath.New("window").AtMapKey("end"), knownvalue.StringExact("2026-01-01T00:00:00+08:00")),
	)
}

// The IDs of an inventory are known during the plan, so that for_each needs no -target.
func TestAccTRROProjects(t *testing.T) {
	startForTerraform(t, nil)
	const address = "data.edgestats_trro_projects.test"
	applyTwice(
		t, requiredProviders+`
provider "edgestats" {
  region = "ap-shanghai"
}

data "edgestats_trro_projects" "test" {}

data "edgestats_trro_session_statistics" "each" {
  for_each = toset(data.edgestats_trro_projects.test.ids)

  project_id         = each.value
  statistic_interval = "day"
  lookback           = "1d"
}
`,
		statecheck.ExpectKnownValue(address, tfjsonpath.New("projects"), knownvalue.ListSizeExact(3)),
		statecheck.ExpectKnownValue(address, tfjsonpath.New("projects").AtSliceIndex(2).AtMapKey("description"), knownvalue.Null()),
		statecheck.ExpectKnownValue(address, tfjsonpath.New("ids"), knownvalue.ListExact([]knownvalue.Check{
			knownvalue.StringExact("project-1"), knownvalue.StringExact("project-2"), knownvalue.StringExact("project-3"),
		})),
		statecheck.ExpectKnownValue(
			`data.edgestats_trro_session_statistics.each["project-3"]`, tfjsonpath.New("session_statistics"), knownvalue.ListSizeExact(1),
		),
	)
}

func TestAccTRRODevices(t *testing.T) {
	startForTerraform(t, nil)
	const address = "data.edgestats_trro_devices.test"
	applyTwice(
		t, requiredProviders+`
provider "edgestats" {
  region = "ap-shanghai"
}

data "edgestats_trro_devices" "test" {
  project_id = "project-1"
}

data "edgestats_trro_session_statistics" "each" {
  for_each = { for d in data.edgestats_trro_devices.test.devices : d.id => d if d.expires_at != null }

  project_id         = "project-1"
  device_id          = each.key
  statistic_interval = "day"
  lookback           = "1d"
}
`,
		statecheck.ExpectKnownValue(address, tfjsonpath.New("ids"), knownvalue.ListSizeExact(16)),
		statecheck.ExpectKnownValue(address, tfjsonpath.New("devices"), knownvalue.ListSizeExact(16)),
		statecheck.ExpectKnownValue(
			address, tfjsonpath.New("devices").AtSliceIndex(0).AtMapKey("license_ids"), knownvalue.ListSizeExact(0),
		),
		statecheck.ExpectKnownValue(address, tfjsonpath.New("devices").AtSliceIndex(0).AtMapKey("expires_at"), knownvalue.Null()),
		statecheck.ExpectKnownValue(
			`data.edgestats_trro_session_statistics.each["project-1-vehicle-12"]`, tfjsonpath.New("session_statistics"), knownvalue.ListSizeExact(1),
		),
	)
}

func TestAccCDNRelayTraffic(t *testing.T) {
	startForTerraform(t, nil)
	const address = "data.edgestats_cdn_relay_traffic.test"
	applyTwice(
		t, requiredProviders+`
data "edgestats_cdn_relay_traffic" "test" {
  domains     = ["www.example.com", "idle.example.com"]
  group_by    = ["domain"]
  lookback    = "2d"
  granularity = "1h"
}

output "adds_up" {
  value = [for g in data.edgestats_cdn_relay_traffic.test.groups : g.summary.total == g.total_relay_traffic]
}
`,
		statecheck.ExpectKnownValue(address, tfjsonpath.New("groups"), knownvalue.ListSizeExact(1)),
		statecheck.ExpectKnownValue(address, tfjsonpath.New("groups").AtSliceIndex(0).AtMapKey("items"), knownvalue.ListSizeExact(48)),
		statecheck.ExpectKnownValue(address, tfjsonpath.New("missing_domains"),
			knownvalue.ListExact([]knownvalue.Check{knownvalue.StringExact("idle.example.com")})),
		statecheck.ExpectKnownOutputValue("adds_up", knownvalue.ListExact([]knownvalue.Check{knownvalue.Bool(true)})),
	)
}

func TestAccCDNOverseaISPDetail(t *testing.T) {
	startForTerraform(t, nil)
	const address = "data.edgestats_cdn_oversea_isp_detail.test"
	applyTwice(
		t, requiredProviders+`
data "edgestats_cdn_oversea_isp_detail" "test" {
  date  = "2026-01-14"
  hosts = ["www.example.com"]
  provs = ["JP", -3]
}
`,
		statecheck.ExpectKnownValue(address, tfjsonpath.New("details"), knownvalue.ListSizeExact(1)),
		statecheck.ExpectKnownValue(address, tfjsonpath.New("details").AtSliceIndex(0).AtMapKey("country_code"), knownvalue.StringExact("JP")),
		statecheck.ExpectKnownValue(address, tfjsonpath.New("details").AtSliceIndex(0).AtMapKey("values"), knownvalue.ListSizeExact(288)),
		statecheck.ExpectKnownValue(address, tfjsonpath.New("missing"), knownvalue.ListExact([]knownvalue.Check{
			knownvalue.ObjectExact(map[string]knownvalue.Check{
				"date":    knownvalue.StringExact("2026-01-14"),
				"host":    knownvalue.StringExact("www.example.com"),
				"prov_id": knownvalue.Int64Exact(-3),
				"isp_id":  knownvalue.Null(),
			}),
		})),
	)
}

func TestAccCDNDistrictISPData(t *testing.T) {
	startForTerraform(t, nil)
	const address = "data.edgestats_cdn_district_isp_data.test"
	detail := func(name string) tfjsonpath.Path { return tfjsonpath.New("details").AtSliceIndex(0).AtMapKey(name) }
	applyTwice(
		t, requiredProviders+`
data "edgestats_cdn_district_isp_data" "test" {
  domains    = ["www.example.com", "idle.example.com"]
  metric     = 404
  districts  = [4]
  isps       = [1046]
  start_time = "2026-01-14T19:00:00+08:00"
  end_time   = "2026-01-15T19:00:00+08:00"
}

locals {
  details = data.edgestats_cdn_district_isp_data.test.details
}

output "adds_up" {
  value = local.details[0].summary.total == sum(local.details[0].values)
}
`,
		statecheck.ExpectKnownValue(address, tfjsonpath.New("details"), knownvalue.ListSizeExact(1)),
		statecheck.ExpectKnownValue(address, tfjsonpath.New("metric"), knownvalue.StringExact("404")),
		statecheck.ExpectKnownValue(address, tfjsonpath.New("interval"), knownvalue.Null()),
		statecheck.ExpectKnownValue(address, detail("isp_id"), knownvalue.Int64Exact(1046)),
		statecheck.ExpectKnownValue(address, detail("start_time"), knownvalue.StringExact("2026-01-14T19:00:00+08:00")),
		statecheck.ExpectKnownValue(address, detail("values"), knownvalue.ListSizeExact(288)),
		statecheck.ExpectKnownValue(address, tfjsonpath.New("missing_domains"),
			knownvalue.ListExact([]knownvalue.Check{knownvalue.StringExact("idle.example.com")})),
		statecheck.ExpectKnownOutputValue("adds_up", knownvalue.Bool(true)),
	)
}
