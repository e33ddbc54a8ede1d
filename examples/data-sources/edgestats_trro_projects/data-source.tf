# All projects of the account.
data "edgestats_trro_projects" "all" {}

# The sessions of each in the last seven days.
data "edgestats_trro_session_statistics" "week" {
  for_each = toset(data.edgestats_trro_projects.all.ids)

  project_id         = each.value
  statistic_interval = "day"
  lookback           = "7d"
  include            = []
}

locals {
  names = { for p in data.edgestats_trro_projects.all.projects : p.id => p.name }
  week  = data.edgestats_trro_session_statistics.week
}

output "sessions" {
  value = { for id, name in local.names : "${name} (${id})" => local.week[id].summary.session_num }
}
