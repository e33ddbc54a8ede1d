# A measurement for each device and each package, so that each has its own alert.
locals {
  measurements = merge(
    # Null, and so reported as missing, for a device that had no traffic last week.
    {
      for id, d in local.devices : "growth/${id}" => {
        value      = provider::edgestats::change(local.bytes[id], local.previous_bytes[id])
        unit       = "percent"
        window_end = local.this_week.window.end
        labels     = { device = id, name = local.names[id] }
      }
    },
    # An hour's average; shorter peaks were higher.
    {
      for entry in local.busiest : "busiest/${entry.key}" => {
        value      = local.this_week.devices[entry.key].bandwidth.max_mbps
        unit       = "Mbps"
        window_end = local.this_week.window.end
        labels     = { device = entry.key, name = local.names[entry.key] }
      }
    },
    {
      for id, p in local.packages : "package/${id}" => {
        value = try(floor(
          (provider::edgestats::unix(p.expires_at) - provider::edgestats::unix(plantimestamp())) / 86400
        ), null)
        unit       = "days"
        window_end = plantimestamp()
        labels     = { devices = join(" ", p.device_list), renews = try(tostring(p.renews), null) }
      }
    },
  )

  # Labels cannot contain these characters.
  names = { for id, d in local.devices : id => replace(coalesce(d.name, id), "/[\"\\\\|{}]/", "_") }
}
