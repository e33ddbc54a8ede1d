# The textfile has the values, the rules have the limits.
locals {
  # A name like this in braces chooses the one series of a measurement.
  series = {
    for name in setunion(keys(var.measurements), keys(var.thresholds)) : name => "edgestats_measurement{measurement=\"${name}\"}"
  }

  runbook = { for label, url in { runbook_url = var.runbook_url } : label => url if url != null }

  # A value beyond the critical limit is beyond the warning one too, and one alert is enough.
  breach_rules = flatten([
    for name, limits in local.limits : [
      for severity, limit in limits : {
        alert = "EdgestatsBreach"
        expr = join(" unless ", [
          for s in distinct([severity, keys(limits)[0]]) :
          "${local.series[name]} ${var.thresholds[name].direction == "above" ? ">" : "<"} ${limits[s]}"
        ])
        labels      = { measurement = name, severity = severity } # Without the name, promtool would find the rules to be duplicates.
        annotations = merge({ summary = local.limit_texts[name][severity], description = "It is {{ $value }}." }, local.runbook)
      }
    ]
  ])
  missing_rules = [
    for name, series in local.series : {
      alert       = "EdgestatsMissing"
      expr        = "absent(${series})"
      labels      = { measurement = name, severity = "warning" }
      annotations = merge({ summary = "${name} has no value" }, local.runbook)
    }
  ]
  stale_rule = {
    alert  = "EdgestatsStale"
    expr   = "time() - edgestats_measurement_window_end_timestamp_seconds > ${local.max_age_seconds}"
    labels = { severity = "warning" }
    annotations = merge({
      summary     = "{{ $labels.measurement }} is of a window that ended more than ${var.max_age} ago"
      description = "It ended {{ $value | humanizeDuration }} ago."
    }, local.runbook)
  }

  series_labels = {
    for name, m in local.measured : name =>
    join(",", [for label, text in merge(local.labels[name], { measurement = name, unit = m.unit }) : "${label}=\"${text}\""])
  }
  textfile = concat(
    [
      "# HELP edgestats_measurement What was measured, in the unit of the label.",
      "# TYPE edgestats_measurement gauge",
    ],
    [for name, m in local.measured : "edgestats_measurement{${local.series_labels[name]}} ${m.value}"],
    [
      "# HELP edgestats_measurement_window_end_timestamp_seconds When the window of the measurement ended.",
      "# TYPE edgestats_measurement_window_end_timestamp_seconds gauge",
    ],
    [
      for name, m in local.measured :
      "edgestats_measurement_window_end_timestamp_seconds{${local.series_labels[name]}} ${provider::edgestats::unix(m.window_end)}"
      if m.window_end != null
    ],
  )
}
