# What one device sent and received during the last 24 whole hours.
data "edgestats_mna_flow_statistic" "gateway" {
  device_id        = "mna-dev1"
  type             = "total"
  time_granularity = "hour"
  lookback         = "24h"
}

output "gateway_gigabytes" {
  value = local.gateway.summary.total / 1e9
}

# Two devices together, per day over two weeks, from Asia-Pacific only.
data "edgestats_mna_flow_statistic" "fleet" {
  device_list      = ["mna-dev1", "mna-dev2"]
  type             = "uplink"
  time_granularity = "day"
  begin_time       = "2026-01-01T00:00:00+08:00"
  end_time         = "2026-01-14T23:59:59+08:00"
  access_region    = "AP"
}

output "fleet_busiest_day" {
  value = {
    day   = local.fleet.summary.max_time
    bytes = local.fleet.summary.max
  }
}

# Short names, which Terraform before 1.2.7 also needs to read what is in an attribute.
locals {
  gateway = data.edgestats_mna_flow_statistic.gateway
  fleet   = data.edgestats_mna_flow_statistic.fleet
}
