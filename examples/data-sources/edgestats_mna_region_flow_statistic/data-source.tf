# What all devices of the account moved during the last seven whole days, in Europe and through private gateways.
data "edgestats_mna_region_flow_statistic" "europe" {
  type             = "total"
  time_granularity = "day"
  lookback         = "7d"
  access_region    = "EU"
}

data "edgestats_mna_region_flow_statistic" "private" {
  type             = "total"
  time_granularity = "day"
  lookback         = "7d"
  gateway_type     = "private"
  include          = []
}

output "account" {
  value = {
    gigabytes_europe  = local.europe.summary.total / 1e9
    gigabytes_private = local.private.summary.total / 1e9
    busiest_day       = local.europe.summary.max_time
  }
}

# Short names, which Terraform before 1.2.7 also needs to read nested attributes.
locals {
  europe  = data.edgestats_mna_region_flow_statistic.europe
  private = data.edgestats_mna_region_flow_statistic.private
}
