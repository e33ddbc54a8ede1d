# What remains of the valid packages, and those that expire within a month.
data "edgestats_mna_flow_packages" "valid" {
  status = "valid"
}

locals {
  in_a_month = timeadd(plantimestamp(), "720h")

  expiring = {
    for p in data.edgestats_mna_flow_packages.valid.packages : p.resource_id => p
    if try(timecmp(p.expires_at, local.in_a_month) < 0, true)
  }
}

check "packages" {
  assert {
    condition     = try(data.edgestats_mna_flow_packages.valid.remaining_mb > 100000, false)
    error_message = "Less than 100 GB remains of the packages."
  }
}

output "remaining_gb" {
  value = try(data.edgestats_mna_flow_packages.valid.remaining_mb / 1000, null)
}

output "expiring" {
  value = { for id, p in local.expiring : id => "${coalesce(p.expires_at, "unknown")}: ${join(", ", p.device_list)}" }
}
