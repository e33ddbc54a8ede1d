# The account's own devices, and a figure for each device of one group.
data "edgestats_mna_devices" "own" {
  device_type = "own"
}

data "edgestats_mna_flow_statistic" "north" {
  for_each = toset([for d in data.edgestats_mna_devices.own.devices : d.id if d.group_name == "North"])

  device_id        = each.key
  type             = "total"
  time_granularity = "day"
  lookback         = "7d"
  include          = []
}

output "gigabytes" {
  value = { for id, device in data.edgestats_mna_flow_statistic.north : id => try(device.summary.total / 1e9, null) }
}

output "cut_off" {
  value = [for d in data.edgestats_mna_devices.own.devices : d.name if d.when_flow_exhausted == "cut_off"]
}
