// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"math/big"
	"net/http"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
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
		Steps: []resource.TestStep{
			{
				Config:            config,
				ConfigStateChecks: checks,
				ConfigPlanChecks:  resource.ConfigPlanChecks{PostApplyPostRefresh: nothing},
			},
			{
				Config:           config,
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: nothing, PostApplyPostRefresh: nothing},
			},
		},
	})
}

// startForTerraform starts an emulator that does not count calls: how often a data source is read is Terraform's affair,
// and the clock stands still meanwhile.
func startForTerraform(t *testing.T, answer override) {
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
		statecheck.ExpectKnownValue(address, tfjsonpath.New("request_id"), knownvalue.NotNull()),
		statecheck.ExpectKnownValue(address, tfjsonpath.New("window"), knownvalue.ObjectExact(map[string]knownvalue.Check{
			"start": knownvalue.StringExact("2026-01-14T12:00:00Z"),
			"end":   knownvalue.StringExact("2026-01-15T12:00:00Z"),
		})),
		statecheck.ExpectKnownOutputValue("adds_up", knownvalue.Bool(true)),
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
		statecheck.ExpectKnownValue(address, tfjsonpath.New("expires_at"), knownvalue.StringExact("2026-01-15T13:00:00Z")),
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
  lookback           = "1464h"
}
`,
		statecheck.ExpectKnownValue(address, tfjsonpath.New("region"), knownvalue.Null()),
		statecheck.ExpectKnownValue(address, tfjsonpath.New("session_statistics"), knownvalue.ListSizeExact(2)),
		statecheck.ExpectKnownValue(address, tfjsonpath.New("summary").AtMapKey("count"), knownvalue.Int64Exact(2)),
		statecheck.ExpectKnownValue(address, tfjsonpath.New("window").AtMapKey("end"), knownvalue.StringExact("2025-12-31T16:00:00Z")),
	)
}

func TestAccCDNRelayTraffic(t *testing.T) {
	startForTerraform(t, nil)
	const address = "data.edgestats_cdn_relay_traffic.test"
	applyTwice(
		t, requiredProviders+`
data "edgestats_cdn_relay_traffic" "test" {
  domains       = ["www.example.com", "idle.example.com"]
  group_by      = ["domain"]
  lookback_days = 2
  granularity   = "1h"
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
  provs = [1044, -3]
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
		statecheck.ExpectKnownValue(address, detail("values"), knownvalue.ListSizeExact(289)),
		statecheck.ExpectKnownValue(address, tfjsonpath.New("missing_domains"),
			knownvalue.ListExact([]knownvalue.Check{knownvalue.StringExact("idle.example.com")})),
		statecheck.ExpectKnownOutputValue("adds_up", knownvalue.Bool(true)),
	)
}

// Numbers print and compare as the vendor wrote them, from the smallest fraction to more than a float64 can hold.
func TestAccNumbersAreExact(t *testing.T) {
	startForTerraform(t, func(api emulator.API, w http.ResponseWriter, r *http.Request) bool {
		if api == emulator.CDNetworks {
			return acctest.Answer(`{"code": "0", "data": {"report": {"groups": [{"totalRelayTraffic": "0.3", "item": [
				{"time": "2026-01-14 01:00:00", "relayTraffic": "0.1"}, {"time": "2026-01-14 02:00:00", "relayTraffic": "0.2"}
			]}]}}}`)(api, w, r)
		}
		return acctest.Answer(`{"Response": {"RequestId": "r-1", "TotalValue": 12345678901234567.009, "NetDetails": [
			{"Time": "1768392000", "Current": 0.009}, {"Time": "1768395600", "Current": 12345678901234567}
		]}}`)(api, w, r)
	})
	const address = "data.edgestats_mna_flow_statistic.test"
	current := func(i int) tfjsonpath.Path { return tfjsonpath.New("net_details").AtSliceIndex(i).AtMapKey("current") }
	applyTwice(
		t, requiredProviders+`
data "edgestats_mna_flow_statistic" "test" {
  device_id        = "mna-dev1"
  type             = "total"
  time_granularity = "hour"
  lookback         = "24h"
}

data "edgestats_cdn_relay_traffic" "test" {
  lookback_days = 1
  granularity   = "1h"
}

locals {
  bytes  = data.edgestats_mna_flow_statistic.test.net_details[*].current
  flow   = data.edgestats_mna_flow_statistic.test
  groups = data.edgestats_cdn_relay_traffic.test.groups
}

output "printed" {
  value = [for n in concat(local.bytes, [local.flow.summary.total]) : tostring(n)]
}

output "compared" {
  value = [
    local.bytes[0] == 0.009, local.bytes[0] > 0.0089999999999999999, local.bytes[0] < 0.0090000000000000001,
    local.bytes[1] == 12345678901234567, local.bytes[1] > 12345678901234566,
    local.flow.summary.total == 12345678901234567.009, local.flow.summary.total == local.flow.total_value,
    local.groups[0].summary.total == 0.3, local.groups[0].summary.total == local.groups[0].total_relay_traffic,
  ]
}
`,
		statecheck.ExpectKnownValue(address, current(0), knownvalue.NumberExact(number(t, "0.009"))),
		statecheck.ExpectKnownValue(address, current(1), knownvalue.NumberExact(number(t, "12345678901234567"))),
		statecheck.ExpectKnownOutputValue("printed", knownvalue.ListExact([]knownvalue.Check{
			knownvalue.StringExact("0.009"), knownvalue.StringExact("12345678901234567"), knownvalue.StringExact("12345678901234567.009"),
		})),
		statecheck.ExpectKnownOutputValue("compared", knownvalue.ListExact(trues(9))),
	)
}

// trues are n expectations of true.
func trues(n int) []knownvalue.Check {
	checks := make([]knownvalue.Check, n)
	for i := range checks {
		checks[i] = knownvalue.Bool(true)
	}
	return checks
}

// A module knows none of its variables while Terraform validates it, and null ones are as good as absent.
func TestAccModuleWithOptionalArguments(t *testing.T) {
	startForTerraform(t, nil)
	applyTwice(
		t, requiredProviders+`
variable "begin_time" {
  type    = string
  default = null
}

variable "lookback" {
  type    = string
  default = "24h"
}

data "edgestats_mna_flow_statistic" "test" {
  device_id        = "mna-dev1"
  type             = "total"
  time_granularity = "hour"
  begin_time       = var.begin_time
  lookback         = var.lookback
}

variable "date" {
  type    = string
  default = "2026-01-14"
}

variable "lookback_days" {
  type    = number
  default = null
}

data "edgestats_cdn_oversea_isp_detail" "test" {
  date          = var.date
  lookback_days = var.lookback_days
  hosts         = ["www.example.com"]
}
`,
		statecheck.ExpectKnownValue("data.edgestats_mna_flow_statistic.test", tfjsonpath.New("net_details"), knownvalue.ListSizeExact(24)),
		statecheck.ExpectKnownValue("data.edgestats_cdn_oversea_isp_detail.test", tfjsonpath.New("details"), knownvalue.ListSizeExact(14)),
	)
}

// A data source whose argument is not known at plan is read in apply.
func TestAccDeferredRead(t *testing.T) {
	e := acctest.Start(t, emulator.Options{Limits: &emulator.Limits{}})
	config := requiredProviders + `
data "edgestats_mna_flow_statistic" "test" {
  device_id        = "mna-dev${length(timestamp()) > 0 ? 1 : 2}" # Terraform knows the time in apply only.
  type             = "total"
  time_granularity = "hour"
  lookback         = "24h"
}
`
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{
			{
				Config:             config,
				PlanOnly:           true,
				ExpectNonEmptyPlan: true,
			},
			{
				PreConfig: func() {
					if calls := e.Calls(); len(calls) > 0 {
						t.Errorf("planning made %d calls", len(calls))
					}
				},
				Config:             config,
				ExpectNonEmptyPlan: true, // The next plan does not know the time either.
				ConfigStateChecks: []statecheck.StateCheck{
					statecheck.ExpectKnownValue("data.edgestats_mna_flow_statistic.test", tfjsonpath.New("net_details"), knownvalue.ListSizeExact(24)),
				},
			},
		},
	})
}
