# Remote-control sessions of a project, day by day over the last two weeks.
data "edgestats_trro_session_statistics" "fleet" {
  project_id         = "project-1"
  statistic_interval = "day"
  lookback           = "14d"
  include            = ["points", "totals"]
}

# A short name, which Terraform before 1.2.7 also needs to read nested attributes.
locals {
  fleet = data.edgestats_trro_session_statistics.fleet
}

output "sessions" {
  value = local.fleet.summary.session_num
}

# The day with the smallest share of good sessions.
output "worst_day" {
  value = local.fleet.summary.min_not_bad_session_ratio_time
}

# Vehicles that were active on any of the days. Each counts once.
output "vehicles" {
  value = local.fleet.totals.active_field_device_num
}
