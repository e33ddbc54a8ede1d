locals {
  domains   = ["www.example.com", "static.example.com"]
  countries = ["JP", "SG"]
}

# Bytes that one device sent and received, hour by hour.
data "edgestats_mna_flow_statistic" "device" {
  device_id        = "mna-dev1"
  type             = "total"
  time_granularity = "hour"
  lookback         = "24h"
}

# Bytes that the whole account sent and received, day by day, in this week and the one before.
data "edgestats_mna_region_flow_statistic" "account" {
  for_each = { this_week = "0s", previous_week = "7d" }

  type             = "total"
  time_granularity = "day"
  lookback         = "7d"
  offset           = each.value
}

# What remains of the packages, and when the next one expires.
data "edgestats_mna_flow_packages" "valid" {
  status = "valid"
}

# The same figures of the device as an Excel file.
data "edgestats_mna_statistic_export" "excel" {
  device_name      = "gateway-1"
  time_granularity = "hour"
  lookback         = "24h"
}

# Remote-control sessions, day by day.
data "edgestats_trro_session_statistics" "sessions" {
  project_id         = "project-1"
  statistic_interval = "day"
  lookback           = "7d"
}

# Devices with their licenses.
data "edgestats_trro_devices" "licensed" {
  project_id = "project-1"
}

# Yesterday's CDN traffic, hour by hour.
data "edgestats_cdn_relay_traffic" "relay" {
  lookback    = "1d"
  granularity = "1h"
  domains     = local.domains
  group_by    = ["domain"]
}

# Yesterday's bandwidth of one host by country, every five minutes.
data "edgestats_cdn_oversea_isp_detail" "bandwidth" {
  lookback    = "1d"
  hosts       = ["www.example.com"]
  provs       = local.countries
  isps        = [-1]
  stat_type   = "bandwidth"
  percentiles = [99]
}

# Requests that the domain answered with a server error in Guangdong, over China Telecom, every five minutes. This API is
# available only to accounts that the vendor has allow-listed; without it, remove this and server_errors.
data "edgestats_cdn_district_isp_data" "errors" {
  domains   = ["www.example.com"]
  districts = [4]
  isps      = [2]
  metric    = "5xx"
  lookback  = "3h"
}
