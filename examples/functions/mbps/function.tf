terraform {
  required_version = ">= 1.8" # With OpenTofu, ">= 1.7.2".
}

# The average bandwidth of the latest hour. For a whole window, the attribute bandwidth has maximum, average and p95.
data "edgestats_mna_flow_statistic" "gateway" {
  device_id        = "mna-dev1"
  type             = "total"
  time_granularity = "hour"
  lookback         = "24h"
}

locals {
  gateway = data.edgestats_mna_flow_statistic.gateway
}

output "latest_hour_mbps" {
  value = provider::edgestats::mbps(local.gateway.summary.latest, local.gateway.period_seconds)
}

output "five_minutes" {
  value = provider::edgestats::mbps(37500000, 300) # 1
}
