terraform {
  required_version = ">= 1.8" # With OpenTofu, ">= 1.7.2".
}

# The middle of a window.
data "edgestats_mna_flow_statistic" "gateway" {
  device_id        = "mna-dev1"
  type             = "total"
  time_granularity = "hour"
  lookback         = "24h"
}

locals {
  start = provider::edgestats::unix(data.edgestats_mna_flow_statistic.gateway.window.start)
  end   = provider::edgestats::unix(data.edgestats_mna_flow_statistic.gateway.window.end)
}

output "middle" {
  value = provider::edgestats::rfc3339((local.start + local.end) / 2, "+08:00")
}

output "midnight" {
  value = provider::edgestats::rfc3339(1768435200) # "2026-01-15T00:00:00Z"
}

output "morning_in_beijing" {
  value = provider::edgestats::rfc3339(1768435200, "+08:00") # "2026-01-15T08:00:00+08:00"
}
