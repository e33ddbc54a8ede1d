# Remote-control sessions of a project, day by day over the last two weeks.
data "edgestats_trro_session_statistics" "fleet" {
  project_id         = "project-1"
  statistic_interval = "day"
  lookback           = "336h"
}

output "sessions" {
  value = data.edgestats_trro_session_statistics.fleet.summary.session_num
}

# A condition that fails the plan of whoever uses the value.
output "worst_day" {
  value = data.edgestats_trro_session_statistics.fleet.summary.min_not_bad_session_ratio_time

  precondition {
    condition     = data.edgestats_trro_session_statistics.fleet.summary.count > 0
    error_message = "There were no sessions at all."
  }
}
