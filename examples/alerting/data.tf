# Bytes that one device sent and received, hour by hour.
data "edgestats_mna_flow_statistic" "device" {
  device_id        = "mna-dev1"
  type             = "total"
  time_granularity = "hour"
  lookback         = "24h"
}

# The same figures as a workbook that the vendor writes.
data "edgestats_mna_statistic_export" "workbook" {
  device_name      = "gateway-1"
  time_granularity = "hour"
  lookback         = "24h"
}

# Remote-control sessions, day by day.
data "edgestats_trro_session_statistics" "sessions" {
  project_id         = "project-1"
  statistic_interval = "day"
  lookback           = "168h"
}

# Yesterday's CDN traffic, hour by hour.
data "edgestats_cdn_relay_traffic" "relay" {
  lookback_days = 1
  granularity   = "1h"
  domains       = ["www.example.com", "static.example.com"]
  group_by      = ["domain"]
}

# Yesterday's bandwidth of one host in Japan and Singapore, every five minutes.
data "edgestats_cdn_oversea_isp_detail" "bandwidth" {
  lookback_days = 1
  hosts         = ["www.example.com"]
  provs         = [1044, 1176]
  isps          = [-1]
  stat_type     = "bandwidth"
}

# Requests that the domain answered with an error of the server in Guangdong, over China Telecom, every five minutes. The
# vendor opens this API to the accounts on a list only; others leave this out, and server_errors with it.
data "edgestats_cdn_district_isp_data" "errors" {
  domains   = ["www.example.com"]
  districts = [4]
  isps      = [2]
  metric    = "5xx"
  lookback  = "3h"
}
