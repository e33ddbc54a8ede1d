terraform {
  required_version = ">= 1.8" # With OpenTofu, ">= 1.7.2".
}

# A warning if the latest figure is more than two hours older than the end of the window.
data "edgestats_mna_flow_statistic" "gateway" {
  device_id        = "mna-dev1"
  type             = "total"
  time_granularity = "hour"
  lookback         = "24h"
}

locals {
  gateway = data.edgestats_mna_flow_statistic.gateway
}

check "gateway_is_fresh" {
  assert {
    condition = (
      provider::edgestats::unix(local.gateway.window.end) - provider::edgestats::unix(local.gateway.summary.last_time) <= 7200
    )
    error_message = "The latest figure of the gateway is more than two hours older than the end of the window."
  }
}

output "midnight_in_beijing" {
  value = provider::edgestats::unix("2026-01-15T00:00:00+08:00") # 1768406400
}
