locals {
  max_age_seconds = provider::edgestats::unix(timeadd("1970-01-01T00:00:00Z", var.max_age))

  # timestamp() would be unknown during a plan, and so would every check.
  planned_at = provider::edgestats::unix(plantimestamp())

  # A measurement that is null counts as one without a value.
  measurements = {
    for name, m in var.measurements : name => m != null ? m : {
      value = null, unit = "", window_end = null, labels = {}, series = []
    }
  }

  # The limits that are given, by severity.
  limits = {
    for name, t in var.thresholds : name => {
      for severity, limit in { critical = t.critical, warning = t.warning } : severity => limit if limit != null
    }
  }

  measured = { for name, m in local.measurements : name => m if m.value != null }

  # A missing value cannot be compared with a threshold, so it is reported separately.
  missing = sort(setsubtract(concat(keys(local.measurements), keys(var.thresholds)), keys(local.measured)))

  stale = sort([
    for name, m in local.measured : name
    if m.window_end == null ? true : local.planned_at - provider::edgestats::unix(m.window_end) > local.max_age_seconds
  ])

  # The severities whose limit a value is beyond. Keys are in alphabetical order, so critical comes first.
  passed = {
    for name, limits in local.limits : name => [
      for severity, limit in limits : severity
      if var.thresholds[name].direction == "above" ? local.measured[name].value > limit : local.measured[name].value < limit
    ] if contains(keys(local.measured), name)
  }

  breaches = {
    for name, severities in local.passed : name => {
      severity   = severities[0]
      value      = local.measured[name].value
      unit       = local.measured[name].unit
      direction  = var.thresholds[name].direction
      threshold  = local.limits[name][severities[0]]
      window_end = local.measured[name].window_end
      labels     = local.labels[name]
    } if length(severities) > 0
  }

  labels = {
    for name, m in local.measurements : name => { for label, text in m.labels : label => text if text != null }
  }
}

# Text for people, used in warnings and in alerts.
locals {
  units = { for name in keys(var.thresholds) : name => try(" ${local.measurements[name].unit}", "") }

  limit_texts = {
    for name, limits in local.limits : name => {
      for severity, limit in limits : severity =>
      trimspace("${name} is ${var.thresholds[name].direction} ${limit}${local.units[name]}")
    }
  }
  breach_texts = {
    for name, b in local.breaches : name => "${b.severity}: ${local.limit_texts[name][b.severity]}: ${b.value}"
  }
  missing_texts = { for name in local.missing : name => "${name} has no value" }
  stale_texts = {
    for name, m in local.measurements : name => "the window of ${name} ended more than ${var.max_age} ago, or its end is unknown"
  }
  stale_details = {
    for name in local.stale : name => (
      local.measured[name].window_end == null ? "${name} has no window_end" :
      "the window of ${name} ended ${local.measured[name].window_end}, more than ${var.max_age} ago"
    )
  }
}
