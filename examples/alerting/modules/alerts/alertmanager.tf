# Alerts as POST /api/v2/alerts takes them. Names and labels are those of the rules for Prometheus, so that Alertmanager
# takes an alert that reaches it both ways for one.
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
    for name, text in local.stale_texts : {
      labels      = merge(local.alert_labels[name], { alertname = "EdgestatsStale", severity = "warning" })
      annotations = merge({ summary = text }, local.runbook)
    }
  ]

  # Prometheus has no empty labels.
  alert_labels = {
    for name, m in local.measured : name => {
      for label, text in merge(local.labels[name], { measurement = name, unit = m.unit }) : label => text if text != ""
    }
  }
}
