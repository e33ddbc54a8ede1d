# What each device of the account moved during the last seven whole days, by hour: one call per ten devices.
data "edgestats_mna_devices" "all" {}

data "edgestats_mna_device_flow_statistics" "week" {
  device_ids       = data.edgestats_mna_devices.all.ids
  type             = "total"
  time_granularity = "hour"
  lookback         = "7d"
  include          = []
}

output "gigabytes" {
  value = { for id, device in local.week.devices : id => device.summary.count == 0 ? null : device.summary.total / 1e9 }
}

output "missing" {
  value = local.week.missing_devices
}

# A short name, which Terraform before 1.2.7 also needs to read nested attributes.
locals {
  week = data.edgestats_mna_device_flow_statistics.week
}
