// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"net/http"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

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
  lookback    = "1d"
  granularity = "1h"
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

variable "days" {
  type    = string
  default = null
}

data "edgestats_cdn_oversea_isp_detail" "test" {
  date     = var.date
  lookback = var.days
  hosts    = ["www.example.com"]
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

// Each command of Terraform has a provider of its own, which asks once.
func TestAccTwentyDataSourcesAreOneCall(t *testing.T) {
	e := acctest.Start(t, emulator.Options{Limits: &emulator.Limits{}})
	config := requiredProviders + `
data "edgestats_mna_flow_statistic" "test" {
  count = 20

  device_id        = "mna-dev1"
  type             = "total"
  time_granularity = "hour"
  lookback         = "24h"
  include          = ["request_id"]
}

output "request_ids" {
  value = length(distinct(data.edgestats_mna_flow_statistic.test[*].request_id))
}
`
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{{
			Config:            config,
			ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownOutputValue("request_ids", knownvalue.Int64Exact(1))},
		}},
	})
	if n := len(e.Calls()); n >= 20 {
		t.Errorf("%d calls of a handful of commands", n)
	}
}
