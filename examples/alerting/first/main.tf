terraform {
  required_providers {
    edgestats = {
      source = "edgestats/edgestats"
    }
  }
}

data "edgestats_cdn_relay_traffic" "day" {
  lookback = "1d"
}
module "alerts" {
  source     = "../modules/alerts"
  strict     = false
  thresholds = { relay = { warning = 1, critical = 1000000 } }
  measurements = { relay = { value = one(data.edgestats_cdn_relay_traffic.day.groups[*].total_relay_traffic),
  window_end = data.edgestats_cdn_relay_traffic.day.window.end } }
}
