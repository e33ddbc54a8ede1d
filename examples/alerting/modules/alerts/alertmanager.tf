# Alerts for POST /api/v2/alerts. Their labels are exactly those of the rules in prometheus.tf, because Alertmanager
# identifies an alert by its labels: an alert that arrives both ways is one alert.
locals {
  breach_alerts = [
    for name, b in local.breaches : {
      labels      = merge(local.alert_labels[name], { alertname = "EdgestatsBreach", severity = b.severity })
      annotations = merge({ summary = local.limit_texts[name][b.severity], description = "It is ${b.value}." }, local.runbook)
    }
  ]
  missing_alerts = [
    for name, text in local.missing_texts : {
      labels      = { alertname = "EdgestatsMissing", measurement = name, severity = "warning" }
      annotations = merge({ summary = text }, local.runbook)
    }
  ]
  stale_alerts = [
    for name in local.stale : {
      labels      = merge(local.alert_labels[name], { alertname = "EdgestatsStale", severity = "warning" })
      annotations = merge({ summary = local.stale_texts[name] }, local.runbook)
    }
  ]

  # Prometheus drops empty labels.
  alert_labels = {
    for name, m in local.measured : name => {
      for label, text in merge(local.labels[name], { measurement = name, unit = m.unit }) : label => text if text != ""
    }
  }
}
