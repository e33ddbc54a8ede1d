terraform {
  required_version = ">= 1.8" # With OpenTofu, ">= 1.7.2".
}

# The 99th percentile of the hours of a week: 99% of them had at most this many bytes.
data "edgestats_mna_flow_statistic" "gateway" {
  device_id        = "mna-dev1"
  type             = "total"
  time_granularity = "hour"
  lookback         = "7d"
}

output "p99_bytes" {
  # Hours without a figure are null and do not count.
  value = provider::edgestats::percentile(data.edgestats_mna_flow_statistic.gateway.net_details[*].current, 99)
}

output "median" {
  value = provider::edgestats::percentile([3, 1, 2], 50) # 2
}
