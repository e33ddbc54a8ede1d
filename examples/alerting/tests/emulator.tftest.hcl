# The whole configuration against the emulator, whose figures are the same for every run within an hour.
# Packages and licenses are used up from day to day, so that no limit holds on every day.

run "every_measurement_has_a_value" {
  command = plan
  variables {
    thresholds = {
      account_growth = { critical = 100 }
      good_sessions  = { critical = 50, direction = "below" }
      packages       = { critical = 0, direction = "below" }
      licenses       = { critical = 0, direction = "below" }
    }
  }

  assert {
    condition     = !output.breached && length(output.missing) + length(output.stale) == 0
    error_message = "Got breaches ${jsonencode(output.breaches)}, missing ${jsonencode(output.missing)} and stale ${jsonencode(output.stale)}."
  }
  assert {
    condition = alltrue([
      for name in [
        "busiest_hour", "account_growth", "packages", "licenses", "excel_validity", "good_sessions", "server_errors", "relay/www",
        "relay/static", "bandwidth/JP", "bandwidth/SG",
      ] : strcontains(output.prometheus_textfile, "measurement=\"${name}\"")
    ])
    error_message = "Got ${output.prometheus_textfile}"
  }
}
