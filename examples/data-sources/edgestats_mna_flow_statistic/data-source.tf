# What one device sent and received during the last seven whole days, and during the seven days before.
data "edgestats_mna_flow_statistic" "this_week" {
  device_id        = "mna-dev1"
  type             = "total"
  time_granularity = "day"
  lookback         = "7d"
}

data "edgestats_mna_flow_statistic" "previous_week" {
  device_id        = "mna-dev1"
  type             = "total"
  time_granularity = "day"
  lookback         = "7d"
  offset           = "7d"
}

output "gigabytes" {
  value = {
    this_week     = local.this_week.summary.total / 1e9
    previous_week = local.previous_week.summary.total / 1e9
  }
}

# Two devices together, by hour over the first two weeks of January, from Asia-Pacific only: the summary without the series.
data "edgestats_mna_flow_statistic" "fleet" {
  device_list      = ["mna-dev1", "mna-dev2"]
  type             = "uplink"
  time_granularity = "hour"
  begin_time       = "2026-01-01T00:00:00+08:00"
  end_time         = "2026-01-15T00:00:00+08:00"
  access_region    = "AP"
  percentiles      = [50, 99.9]
  include          = []
}

output "fleet" {
  value = {
    busiest_hour  = local.fleet.summary.max_time
    median_bytes  = local.fleet.summary.percentiles["50"]
    highest_mbps  = local.fleet.bandwidth.max_mbps
    p95_mbps      = local.fleet.bandwidth.p95_mbps
    hours_counted = local.fleet.summary.count
  }
}

# Short names, which Terraform before 1.2.7 also needs to read nested attributes.
locals {
  this_week     = data.edgestats_mna_flow_statistic.this_week
  previous_week = data.edgestats_mna_flow_statistic.previous_week
  fleet         = data.edgestats_mna_flow_statistic.fleet
}
