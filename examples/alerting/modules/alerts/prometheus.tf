# The textfile holds the values, the rules hold the limits.
locals {
  # A name in braces selects the series of one measurement.
  selectors = {
    for name in setunion(keys(local.measurements), keys(var.thresholds)) : name => "{measurement=\"${name}\"}"
  }

  # Scraping adds labels such as instance and job. Only the module's own labels may get into an alert; otherwise the same
  # alert, sent to Alertmanager directly, would be a second one.
  grouping = {
    for name in keys(local.selectors) : name =>
    "by (${join(", ", sort(concat(["measurement", "unit"], try(keys(local.measurements[name].labels), []))))})"
  }
  worst = { above = "max", below = "min" }

  runbook = { for label, url in { runbook_url = var.runbook_url } : label => url if url != null && url != "" }

  # A value beyond the critical limit is beyond the warning limit too, and one alert is enough.
  breach_rules = flatten([
    for name, limits in local.limits : [
      for severity, limit in limits : {
        alert = "EdgestatsBreach"
        expr = join(" unless ", [
          for s in distinct([severity, keys(limits)[0]]) : join(" ", [
            local.worst[var.thresholds[name].direction], local.grouping[name], "(edgestats_measurement${local.selectors[name]})",
            var.thresholds[name].direction == "above" ? ">" : "<", limits[s],
          ])
        ])
        labels      = { measurement = name, severity = severity } # Rules of one name must differ in their labels.
        annotations = merge({ summary = local.limit_texts[name][severity], description = "It is {{ $value }}." }, local.runbook)
      }
    ]
  ])
  missing_rules = [
    for name, selector in local.selectors : {
      alert       = "EdgestatsMissing"
      expr        = "absent(edgestats_measurement${selector})"
      labels      = { measurement = name, severity = "warning" }
      annotations = merge({ summary = "${name} has no value" }, local.runbook)
    }
  ]
  stale_rules = [
    for name, text in local.stale_texts : {
      alert = "EdgestatsStale"
      expr = join(" ", [
        "time() - min ${local.grouping[name]} (${local.window_end_metric}${local.selectors[name]}) > ${local.max_age_seconds}", "or",
        "(min ${local.grouping[name]} (edgestats_measurement${local.selectors[name]})",
        "unless min ${local.grouping[name]} (${local.window_end_metric}${local.selectors[name]}))",
      ])
      labels      = { measurement = name, severity = "warning" }
      annotations = merge({ summary = text }, local.runbook)
    }
  ]

  series_labels = {
    for name, m in local.measured : name =>
    join(",", [for label, text in merge(local.labels[name], { measurement = name, unit = m.unit }) : "${label}=\"${text}\""])
  }
  window_end_metric = "edgestats_measurement_window_end_timestamp_seconds"
  textfile = concat(
    [
      "# HELP edgestats_measurement Measured value, in the unit that the label names.",
      "# TYPE edgestats_measurement gauge",
    ],
    [for name, m in local.measured : "edgestats_measurement{${local.series_labels[name]}} ${m.value}"],
    [
      "# HELP ${local.window_end_metric} End of the window of the measurement.",
      "# TYPE ${local.window_end_metric} gauge",
    ],
    [
      for name, m in local.measured :
      "${local.window_end_metric}{${local.series_labels[name]}} ${provider::edgestats::unix(m.window_end)}" if m.window_end != null
    ],
  )
}
