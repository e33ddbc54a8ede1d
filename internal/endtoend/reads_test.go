// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package endtoend_test

// Each of these reads one data source.
const (
	flowStatistic = `
data "edgestats_mna_flow_statistic" "test" {
  device_id        = "mna-dev1"
  type             = "total"
  time_granularity = "hour"
  lookback         = "24h"
}
`
	relayTraffic = `
data "edgestats_cdn_relay_traffic" "test" {
  lookback = "7d"
  group_by = ["domain"]
}
`
	overseaISPDetail = `
data "edgestats_cdn_oversea_isp_detail" "test" {
  lookback = "1d"
  hosts    = ["www.example.com"]
}
`
)

// allReads reads every data source. All windows end with a day in UTC+8, so that the data is constant until
// midnight there, except for days until a license expires.
const allReads = relayTraffic + overseaISPDetail + `
data "edgestats_mna_flow_statistic" "test" {
  device_list      = ["mna-dev1", "mna-dev2"]
  type             = "total"
  time_granularity = "day"
  lookback         = "7d"
}

data "edgestats_mna_statistic_export" "test" {
  group_id         = "group-1"
  time_granularity = "day"
  lookback         = "7d"
}

data "edgestats_trro_session_statistics" "test" {
  project_id         = "project-1"
  statistic_interval = "day"
  lookback           = "7d"
  include            = ["points", "totals"]
}

data "edgestats_trro_projects" "test" {}

data "edgestats_trro_devices" "test" {
  project_id = "project-1"
}
`
