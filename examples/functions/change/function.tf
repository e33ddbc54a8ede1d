terraform {
  required_version = ">= 1.8" # With OpenTofu, ">= 1.7.2".
}

# Traffic of the last seven days compared with the seven days before.
data "edgestats_mna_flow_statistic" "this_week" {
  device_id        = "mna-dev1"
  type             = "total"
  time_granularity = "day"
  lookback         = "7d"
}

data "edgestats_mna_flow_statistic" "previous_week" {
  device_id        = "mna-dev1"
  type             = "total"
  time_granularity = "day"
  lookback         = "7d"
  offset           = "7d"
}

locals {
  # Null if the week before has no traffic.
  change_percent = provider::edgestats::change(
    data.edgestats_mna_flow_statistic.this_week.summary.total,
    data.edgestats_mna_flow_statistic.previous_week.summary.total,
  )
}

check "traffic_is_steady" {
  assert {
    condition     = local.change_percent == null ? true : abs(local.change_percent) <= 50
    error_message = "The traffic of the gateway changed by more than half in a week."
  }
}

output "change_percent" {
  value = local.change_percent
}

output "increase" {
  value = provider::edgestats::change(90, 80) # 12.5
}
