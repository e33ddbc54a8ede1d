output "breached" {
  value = module.alerts.breached
}

output "breaches" {
  value = module.alerts.breaches
}

output "missing" {
  value = module.alerts.missing
}

output "stale" {
  value = module.alerts.stale
}

output "prometheus_rules_yaml" {
  value = module.alerts.prometheus_rules_yaml
}

output "prometheus_textfile" {
  value = module.alerts.prometheus_textfile
}

output "alertmanager_alerts_json" {
  value = module.alerts.alertmanager_alerts_json
}

output "summary_markdown" {
  value = module.alerts.summary_markdown
}
