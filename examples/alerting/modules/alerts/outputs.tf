output "breaches" {
  description = "Measurements beyond a limit, by name: severity, value, unit, direction, threshold, window_end and labels."
  value       = local.breaches
}

output "breached" {
  description = "Whether any measurement is beyond a limit."
  value       = length(local.breaches) > 0

  # Terraform checks an output at every plan and apply, and it needs no resource in state.
  precondition {
    condition     = !var.strict || length(local.breaches) + length(local.missing) + length(local.stale) == 0
    error_message = join("\n", concat(values(local.breach_texts), values(local.missing_texts), values(local.stale_details)))
  }
}

output "missing" {
  description = "Names of measurements without a value and of thresholds without a measurement."
  value       = local.missing
}

output "stale" {
  description = "Names of measurements whose window ended more than max_age ago or has no end."
  value       = local.stale
}

output "prometheus_rules_yaml" {
  description = "Alerting rules for Prometheus, over the series of prometheus_textfile."
  value = yamlencode({
    groups = [{ name = "edgestats", rules = concat(local.breach_rules, local.missing_rules, local.stale_rules) }]
  })
}

output "prometheus_textfile" {
  description = "Values for the textfile collector of Prometheus' node exporter."
  value       = join("", [for line in local.textfile : "${line}\n"])
}

output "alertmanager_alerts_json" {
  description = "Alerts of this run, for POST /api/v2/alerts of Alertmanager."
  value       = jsonencode(concat(local.breach_alerts, local.missing_alerts, local.stale_alerts))
}

output "summary_markdown" {
  description = "Markdown table of all measurements, for a pull request comment."
  value = join("", [for line in concat(
    ["measurement | value | latest | limits | window end | state", "--- | --- | --- | --- | --- | ---"], local.rows,
  ) : "| ${line} |\n"])
}
