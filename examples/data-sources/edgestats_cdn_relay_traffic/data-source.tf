# Relay traffic of two domains over the last seven whole days.
data "edgestats_cdn_relay_traffic" "week" {
  domains  = ["www.example.com", "static.example.com"]
  group_by = ["domain"]
  lookback = "7d"
}

output "gigabytes_per_domain" {
  value = {
    for group in data.edgestats_cdn_relay_traffic.week.groups : group.domain => group.total_relay_traffic
  }
}

# The whole account in one group, hour by hour, with the days of another time zone.
data "edgestats_cdn_relay_traffic" "yesterday" {
  lookback      = "1d"
  granularity   = "1h"
  time_rounding = "down"
  timezone      = "GMT+09:00"
}

output "peak" {
  value = [
    for group in data.edgestats_cdn_relay_traffic.yesterday.groups : "${group.peak_bandwidth} Mbps at ${group.peak_time}"
  ]
}
