# What the devices of a group moved together during the last seven whole days.
data "edgestats_mna_group_flow_statistic" "north" {
  group_id         = "group-1"
  type             = "total"
  time_granularity = "day"
  lookback         = "7d"
}

# The same of an application, by hour: the summary without the series.
data "edgestats_mna_group_flow_statistic" "application" {
  mp_application_id = "app-1"
  type              = "downlink"
  time_granularity  = "hour"
  lookback          = "24h"
  include           = []
}

output "group" {
  value = {
    gigabytes    = local.north.summary.total / 1e9
    busiest_day  = local.north.summary.max_time
    highest_mbps = local.north.bandwidth.max_mbps
  }
}

output "application_mbps" {
  value = local.application.bandwidth.max_mbps
}

# Short names, which Terraform before 1.2.7 also needs to read nested attributes.
locals {
  north       = data.edgestats_mna_group_flow_statistic.north
  application = data.edgestats_mna_group_flow_statistic.application
}
