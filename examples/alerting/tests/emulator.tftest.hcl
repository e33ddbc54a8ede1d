# The whole configuration against the emulator, whose figures are the same for every run within an hour.

run "every_data_source_is_measured" {
  command = plan

  assert {
    condition     = !output.breached && length(output.missing) + length(output.stale) == 0
    error_message = "Got breaches ${jsonencode(output.breaches)}, missing ${jsonencode(output.missing)} and stale ${jsonencode(output.stale)}."
  }
  assert {
    condition = alltrue([
      for name in [
        "busiest_hour", "excel_validity", "good_sessions", "server_errors", "relay/www", "relay/static", "bandwidth/JP", "bandwidth/SG",
      ] : strcontains(output.prometheus_textfile, "measurement=\"${name}\"")
    ])
    error_message = "Got ${output.prometheus_textfile}"
  }
}
