# Percentiles of series that mocked.tftest.hcl invents. They are outputs, because OpenTofu crashes where a condition in a test file
# calls a function of a provider.

terraform {
  required_version = ">= 1.8"

  required_providers {
    edgestats = {
      source = "edgestats/edgestats"
    }
  }
}

data "edgestats_mna_flow_statistic" "device" {
  device_id        = "mna-dev1"
  type             = "total"
  time_granularity = "hour"
  lookback         = "24h"
}

data "edgestats_trro_session_statistics" "sessions" {
  project_id         = "project-1"
  statistic_interval = "day"
  lookback           = "7d"
}

data "edgestats_cdn_relay_traffic" "relay" {
  lookback = "1d"
}

data "edgestats_cdn_oversea_isp_detail" "bandwidth" {
  lookback = "1d"
  hosts    = ["www.example.com"]
}

output "p95_bytes" {
  value = provider::edgestats::percentile(data.edgestats_mna_flow_statistic.device.net_details[*].current, 95)
}

output "median_sessions" {
  value = provider::edgestats::percentile(data.edgestats_trro_session_statistics.sessions.session_statistics[*].session_num, 50)
}

output "p95_relay" {
  value = provider::edgestats::percentile(data.edgestats_cdn_relay_traffic.relay.groups[0].items[*].relay_traffic, 95)
}

output "median_bandwidth" {
  value = provider::edgestats::percentile(data.edgestats_cdn_oversea_isp_detail.bandwidth.details[0].values, 50)
}
