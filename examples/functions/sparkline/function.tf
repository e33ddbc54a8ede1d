terraform {
  required_version = ">= 1.8" # With OpenTofu, ">= 1.7.2".
}

# One block for each of the last 24 hours. A space is an hour without a figure.
data "edgestats_mna_flow_statistic" "gateway" {
  device_id        = "mna-dev1"
  type             = "total"
  time_granularity = "hour"
  lookback         = "24h"
}

output "traffic" {
  value = provider::edgestats::sparkline(data.edgestats_mna_flow_statistic.gateway.net_details[*].current)
}

output "stairs" {
  value = provider::edgestats::sparkline([1, 2, null, 3, 4]) # "▁▃ ▅█"
}
