output "growth_percent" {
  value = { for id in keys(local.devices) : id => local.measurements["growth/${id}"].value }
}

output "busiest" {
  value = [for entry in local.busiest : "${local.names[entry.key]}: ${floor(entry.value / 1e9)} GB"]
}

output "expire_within_a_month" {
  value = [for id in keys(local.packages) : id if try(local.measurements["package/${id}"].value < 30, true)]
}

# Devices that the list has and the statistics do not.
output "missing_devices" {
  value = local.this_week.missing_devices
}

output "breaches" {
  value = module.alerts.breaches
}

output "summary_markdown" {
  value = module.alerts.summary_markdown
}
