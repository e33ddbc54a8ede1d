terraform {
  required_version = ">= 1.8" # Or OpenTofu 1.7.
}

# The average bandwidth in the busiest hour of the last day.
data "edgestats_mna_flow_statistic" "gateway" {
  device_id        = "mna-dev1"
  type             = "total"
  time_granularity = "hour"
  lookback         = "24h"
}

output "busiest_hour_mbps" {
  value = provider::edgestats::mbps(data.edgestats_mna_flow_statistic.gateway.summary.max, 3600)
}

output "five_minutes" {
  value = provider::edgestats::mbps(37500000, 300) # 1
}
