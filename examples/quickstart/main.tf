# A data source of each API that is open to all accounts, with outputs small enough to read. `make demo` applies a copy of
# this against the bundled emulator. With real keys it reads real figures; remove the data source of the legacy CDN API if the
# vendor has ended that API.

terraform {
  required_providers {
    edgestats = {
      source = "edgestats/edgestats"
    }
  }
}

provider "edgestats" {
  region = "ap-guangzhou"
}

# Bytes that one device sent and received, hour by hour.
data "edgestats_mna_flow_statistic" "device" {
  device_id        = "mna-dev1"
  type             = "total"
  time_granularity = "hour"
  lookback         = "24h"
}

# The same figures as an Excel file.
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

# CDN traffic of every domain of the account over the last week.
data "edgestats_cdn_relay_traffic" "relay" {
  lookback    = "7d"
  granularity = "1h"
  group_by    = ["domain"]
}

# Yesterday's bandwidth of one host by country, every five minutes.
data "edgestats_cdn_oversea_isp_detail" "bandwidth" {
  lookback  = "1d"
  hosts     = ["www.example.com"]
  provs     = ["JP", "SG"]
  stat_type = "bandwidth"
}
