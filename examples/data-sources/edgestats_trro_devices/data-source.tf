# The devices of a project, with their licenses.
data "edgestats_trro_devices" "fleet" {
  project_id = "project-1"
}

# Those with a license, by ID.
locals {
  licensed = {
    for d in data.edgestats_trro_devices.fleet.devices : d.id => d if length(d.license_ids) > 0
  }
}

# The sessions of each in the last seven days.
data "edgestats_trro_session_statistics" "week" {
  for_each = local.licensed

  project_id         = "project-1"
  device_id          = each.key
  statistic_interval = "day"
  lookback           = "7d"
  include            = []
}

locals {
  week = data.edgestats_trro_session_statistics.week
}

output "minutes" {
  value = { for id, d in local.licensed : id => local.week[id].summary.total_duration }
}

# A number of days that is missing counts as expiring.
output "expire_within_a_month" {
  value = [for id, d in local.licensed : id if try(d.remaining_days < 31, true)]
}
