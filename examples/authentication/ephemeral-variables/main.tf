terraform {
  required_version = ">= 1.10" # With OpenTofu, ">= 1.11".

  required_providers {
    edgestats = {
      source = "edgestats/edgestats"
    }
  }
}

data "edgestats_mna_flow_statistic" "gateway" {
  device_id        = "mna-dev1"
  type             = "total"
  time_granularity = "hour"
  lookback         = "24h"
}

output "bytes" {
  value = data.edgestats_mna_flow_statistic.gateway.total_value
}
