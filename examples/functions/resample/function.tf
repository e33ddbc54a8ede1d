terraform {
  required_version = ">= 1.8" # With OpenTofu, ">= 1.7.2".
}

# Bytes of each day in 13 weeks, added up by week and by month.
data "edgestats_mna_flow_statistic" "gateway" {
  device_id        = "mna-dev1"
  type             = "total"
  time_granularity = "day"
  lookback         = "91d"
}

locals {
  times = data.edgestats_mna_flow_statistic.gateway.net_details[*].time
  bytes = data.edgestats_mna_flow_statistic.gateway.net_details[*].current

  monthly = provider::edgestats::resample(local.times, local.bytes, "month", "sum")
}

output "weekly_bytes" {
  value = provider::edgestats::resample(local.times, local.bytes, "week", "sum")
}

output "bytes_by_month" {
  value = zipmap(local.monthly.time, local.monthly.value)
}

output "six_hours" {
  # { time = ["2026-01-15T00:00:00Z"], value = [7] }
  value = provider::edgestats::resample(["2026-01-15T01:00:00Z", "2026-01-15T05:00:00Z"], [3, 7], "6h", "max", "Z")
}
