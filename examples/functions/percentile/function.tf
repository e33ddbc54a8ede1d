terraform {
  required_version = ">= 1.8" # Or OpenTofu 1.7.
}

# What 99 % of the hours of a week did not exceed.
data "edgestats_mna_flow_statistic" "gateway" {
  device_id        = "mna-dev1"
  type             = "total"
  time_granularity = "hour"
  lookback         = "168h"
}

locals {
  # Hours without a figure are null, and a percentile is of figures.
  hourly_bytes = [
    for hour in data.edgestats_mna_flow_statistic.gateway.net_details : hour.current if hour.current != null
  ]
}

output "p99_bytes" {
  value = provider::edgestats::percentile(local.hourly_bytes, 99)
}

output "median" {
  value = provider::edgestats::percentile([3, 1, 2], 50) # 2
}
