output "breaches" {
  description = "The measurements beyond a limit: severity, value, unit, direction, threshold, window_end and labels, by name."
  value       = local.breaches
}

output "breached" {
  description = "Whether there are any."
  value       = length(local.breaches) > 0

  # An output is checked at every plan and apply, and unlike a resource leaves nothing in state.
  precondition {
    condition     = !var.strict || length(local.breaches) + length(local.missing) + length(local.stale) == 0
    error_message = join("\n", concat(values(local.breach_texts), values(local.missing_texts), values(local.stale_texts)))
  }
}

output "missing" {
  description = "Names of the measurements that have no value, and of the thresholds that have no measurement."
  value       = local.missing
}

output "stale" {
  description = "Names of the measurements whose window ended longer than max_age ago, or does not say when."
  value       = local.stale
}

output "prometheus_rules_yaml" {
  description = "Alerting rules for Prometheus, over the series of prometheus_textfile."
  value = yamlencode({
    groups = [{ name = "edgestats", rules = concat(local.breach_rules, local.missing_rules, [local.stale_rule]) }]
  })
}

output "prometheus_textfile" {
  description = "The values for the textfile collector of Prometheus' node exporter."
  value       = join("", [for line in local.textfile : "${line}\n"])
}

output "alertmanager_alerts_json" {
  description = "The alerts of this run, for POST /api/v2/alerts of Alertmanager."
  value       = jsonencode(concat(local.breach_alerts, local.missing_alerts, local.stale_alerts))
}

output "summary_markdown" {
  description = "A table with all measurements, for the comment of a pull request."
  value = join("", [for line in concat(
    ["measurement | value | latest | limits | window end | state", "--- | --- | --- | --- | --- | ---"], local.rows,
  ) : "| ${line} |\n"])
}
