locals {
  max_age_seconds = provider::edgestats::unix(timeadd("1970-01-01T00:00:00Z", var.max_age))

  # timestamp() would be unknown during a plan, and so would be every check.
  planned_at = provider::edgestats::unix(plantimestamp())

  # The limits that there are, by severity.
  limits = {
    for name, t in var.thresholds : name => {
      for severity, limit in { critical = t.critical, warning = t.warning } : severity => limit if limit != null
    }
  }

  measured = { for name, m in var.measurements : name => m if m.value != null }

  # What was not measured is not there to be compared, so it is a finding of its own.
  missing = sort(setsubtract(concat(keys(var.measurements), keys(var.thresholds)), keys(local.measured)))

  stale = sort([
    for name, m in local.measured : name
    if m.window_end == null ? true : local.planned_at - provider::edgestats::unix(m.window_end) > local.max_age_seconds
  ])

  # The severities whose limit a value is beyond. Keys come in the order of the alphabet, so critical is the first.
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
    for name, m in var.measurements : name => { for label, text in m.labels : label => text if text != null }
  }
}

# What people read, here and in the alerts.
locals {
  units = { for name in keys(var.thresholds) : name => try(" ${var.measurements[name].unit}", "") }

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
    for name in local.stale : name => (
      local.measured[name].window_end == null ? "${name} does not say when its window ended" :
      "${name} is of a window that ended ${local.measured[name].window_end}, more than ${var.max_age} ago"
    )
  }
}
