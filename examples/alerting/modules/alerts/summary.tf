locals {
  # A longer sparkline would not fit beside the other columns.
  sparkline_length = 48

  sparklines = {
    for name, m in local.measurements : name => provider::edgestats::sparkline(
      slice(m.series, max(0, length(m.series) - local.sparkline_length), length(m.series))
    )
  }

  states = {
    for name in keys(local.selectors) : name => join(", ", compact([
      try(local.breaches[name].severity, ""),
      contains(local.missing, name) ? "missing" : "",
      contains(local.stale, name) ? "stale" : "",
    ]))
  }

  rows = [
    for name, state in local.states : join(" | ", [
      name,
      contains(keys(local.measured), name) ? trimspace("${local.measured[name].value} ${local.measured[name].unit}") : "–",
      try(local.sparklines[name], ""),
      join(", ", [for severity, limit in try(local.limits[name], {}) : "${severity} ${var.thresholds[name].direction} ${limit}"]),
      try(coalesce(local.measurements[name].window_end), "–"),
      state == "" ? "ok" : "**${state}**",
    ])
  ]
}
