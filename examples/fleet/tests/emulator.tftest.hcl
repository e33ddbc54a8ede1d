# Against the emulator, which lists 12 devices in three groups.

run "the_whole_group" {
  command = plan
  variables {
    thresholds = { growth = { critical = 1000 }, busiest = { critical = 1000 }, package = { critical = -1, direction = "below" } }
  }

  assert {
    condition     = toset(keys(output.growth_percent)) == toset(["mna-dev1", "mna-dev4", "mna-dev7", "mna-dev10"])
    error_message = "Got ${jsonencode(output.growth_percent)}."
  }
  assert {
    condition     = alltrue([for percent in values(output.growth_percent) : percent != null]) && length(output.missing_devices) == 0
    error_message = "Got ${jsonencode(output.growth_percent)} and ${jsonencode(output.missing_devices)}."
  }
  assert {
    condition     = length(output.busiest) == 4
    error_message = "Got ${jsonencode(output.busiest)}."
  }
  assert {
    condition = length(output.expire_within_a_month) > 0 && alltrue([
      for id in output.expire_within_a_month : strcontains(output.summary_markdown, "| package/${id} |")
    ])
    error_message = "Got ${jsonencode(output.expire_within_a_month)} and ${output.summary_markdown}"
  }
}

run "a_group_that_does_not_exist" {
  command = plan
  variables {
    group_id = "group-9"
  }
  expect_failures = [data.edgestats_mna_devices.all]
}
