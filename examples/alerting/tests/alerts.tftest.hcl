# The module alone, without any vendor: what it reports for given measurements and thresholds.

mock_provider "edgestats" {}

variables {
  measurements = {
    calm     = { value = 10, unit = "GB", window_end = "2100-01-01T00:00:00Z" }
    busy     = { value = 20.5, unit = "GB", window_end = "2100-01-01T00:00:00+08:00", labels = { domain = "www.example.com", country = null } }
    overload = { value = 30.000000001, unit = "GB", window_end = "2100-01-01T00:00:00Z", series = [1, 2, null, 4] }
    weak     = { value = 0, unit = "percent", window_end = "2100-01-01T00:00:00Z" }
  }
  thresholds = {
    calm     = { warning = 10, critical = 20 }
    busy     = { warning = 20, critical = 30 }
    overload = { warning = 20, critical = 30 }
    weak     = { critical = 0.009, direction = "below" }
  }
}

run "a_value_beyond_a_limit_is_a_breach" {
  command = plan
  module {
    source = "./modules/alerts"
  }
  expect_failures = [check.breach]

  assert {
    condition     = { for name, b in output.breaches : name => b.severity } == { busy = "warning", overload = "critical", weak = "critical" }
    error_message = "Got ${jsonencode(output.breaches)}; a value that equals its limit is no breach, and only the worst limit counts."
  }
  assert {
    condition     = output.breached && length(output.missing) == 0 && length(output.stale) == 0
    error_message = "Got breached = ${output.breached}, missing = ${jsonencode(output.missing)}, stale = ${jsonencode(output.stale)}."
  }
  assert {
    condition     = output.breaches.busy.labels == { domain = "www.example.com" }
    error_message = "Labels that are null are left out, got ${jsonencode(output.breaches.busy.labels)}."
  }
  assert {
    condition = [for a in jsondecode(output.alertmanager_alerts_json) : a.labels if a.labels.measurement == "busy"] == [
      { alertname = "EdgestatsBreach", domain = "www.example.com", measurement = "busy", severity = "warning", unit = "GB" }
    ]
    error_message = "Got ${output.alertmanager_alerts_json}."
  }
  assert {
    condition     = strcontains(output.summary_markdown, "| overload | 30.000000001 GB | ▁▃ █ | critical above 30, warning above 20 |")
    error_message = "Got ${output.summary_markdown}"
  }
}

run "all_is_well" {
  command = plan
  module {
    source = "./modules/alerts"
  }
  variables {
    thresholds = { calm = { critical = 20 } }
    strict     = true
  }

  assert {
    condition     = !output.breached && output.breaches == {} && output.alertmanager_alerts_json == "[]"
    error_message = "Got ${jsonencode(output.breaches)} and ${output.alertmanager_alerts_json}."
  }
}

run "strict_makes_a_breach_an_error" {
  command = plan
  module {
    source = "./modules/alerts"
  }
  variables {
    strict = true
  }
  expect_failures = [check.breach, output.breached]
}

run "no_value_and_no_measurement_are_missing" {
  command = plan
  module {
    source = "./modules/alerts"
  }
  variables {
    measurements = { silent = { value = null, unit = "GB", window_end = null } }
    thresholds   = { silent = { critical = 1 }, gone = { critical = 1, direction = "below" } }
  }
  expect_failures = [check.missing]

  assert {
    condition     = output.missing == tolist(["gone", "silent"]) && !output.breached && length(output.stale) == 0
    error_message = "Got ${jsonencode(output.missing)}, breaches ${jsonencode(output.breaches)}, stale ${jsonencode(output.stale)}."
  }
  assert {
    condition     = [for a in jsondecode(output.alertmanager_alerts_json) : a.labels.measurement if a.labels.alertname == "EdgestatsMissing"] == ["gone", "silent"]
    error_message = "Got ${output.alertmanager_alerts_json}."
  }
}

run "the_summary_tells_the_state" {
  command = plan
  module {
    source = "./modules/alerts"
  }
  variables {
    measurements = {
      old    = { value = 1, window_end = "2020-01-01T00:00:00Z" }
      silent = { value = null, window_end = "2100-01-01T00:00:00Z" }
      well   = { value = 1, window_end = "2100-01-01T00:00:00Z" }
    }
    thresholds = { old = { warning = 0 } }
  }
  expect_failures = [check.breach, check.missing, check.stale]

  assert {
    condition = [for line in split("\n", trimspace(output.summary_markdown)) : element(reverse(split(" | ", line)), 0)] == [
      "state |", "--- |", "**warning, stale** |", "**missing** |", "ok |"
    ]
    error_message = "Got ${output.summary_markdown}"
  }
}

run "a_missing_figure_is_a_row" {
  command = plan
  module {
    source = "./modules/alerts"
  }
  variables {
    measurements = {
      bare   = null
      hollow = { value = null, unit = null, window_end = null, labels = null, series = null }
      gaps   = { value = null, unit = "GB", window_end = "2100-01-01T00:00:00Z", labels = { domain = null }, series = [null, null] }
    }
    thresholds = { bare = { critical = 1 } }
  }
  expect_failures = [check.missing]

  assert {
    condition     = output.missing == tolist(["bare", "gaps", "hollow"]) && length(output.stale) == 0 && !output.breached
    error_message = "Got ${jsonencode(output.missing)}, stale ${jsonencode(output.stale)}, breaches ${jsonencode(output.breaches)}."
  }
  assert {
    condition = [for line in slice(split("\n", output.summary_markdown), 2, 5) : join("/", [for cell in split("|", line) : trimspace(cell)])] == [
      "/bare/–//critical above 1/–/**missing**/", "/gaps/–///2100-01-01T00:00:00Z/**missing**/", "/hollow/–///–/**missing**/",
    ]
    error_message = "Got ${output.summary_markdown}"
  }
}

run "rules_have_the_labels_of_the_module_only" {
  command = plan
  module {
    source = "./modules/alerts"
  }
  expect_failures = [check.breach]

  assert {
    condition = [for r in yamldecode(output.prometheus_rules_yaml).groups[0].rules : r.expr if r.alert == "EdgestatsBreach" && r.labels.measurement == "busy"] == [
      "max by (country, domain, measurement, unit) (edgestats_measurement{measurement=\"busy\"}) > 30",
      "max by (country, domain, measurement, unit) (edgestats_measurement{measurement=\"busy\"}) > 20 unless max by (country, domain, measurement, unit) (edgestats_measurement{measurement=\"busy\"}) > 30",
    ]
    error_message = "Got ${output.prometheus_rules_yaml}"
  }
}

run "strict_makes_a_missing_value_an_error" {
  command = plan
  module {
    source = "./modules/alerts"
  }
  variables {
    measurements = {}
    strict       = true
  }
  expect_failures = [check.missing, output.breached]
}

run "a_window_that_ended_long_ago_or_says_nothing_is_stale" {
  command = plan
  module {
    source = "./modules/alerts"
  }
  variables {
    measurements = {
      old     = { value = 1, window_end = "2020-01-01T00:00:00Z" }
      unknown = { value = 1, window_end = null }
      new     = { value = 1, window_end = "2100-01-01T00:00:00Z" }
    }
    thresholds = {}
    strict     = true
  }
  expect_failures = [check.stale, output.breached]

  assert {
    condition     = output.stale == tolist(["old", "unknown"])
    error_message = "Got ${jsonencode(output.stale)}."
  }
}

run "max_age_is_how_old_a_window_may_be" {
  command = plan
  module {
    source = "./modules/alerts"
  }
  variables {
    measurements = { old = { value = 1, window_end = "2020-01-01T00:00:00Z" } }
    thresholds   = {}
    max_age      = "876000h"
  }

  assert {
    condition     = length(output.stale) == 0
    error_message = "A hundred years are not over, got ${jsonencode(output.stale)}."
  }
}

run "an_empty_runbook_is_no_annotation" {
  command = plan
  module {
    source = "./modules/alerts"
  }
  variables {
    runbook_url = ""
  }
  expect_failures = [check.breach]

  assert {
    condition     = !strcontains("${output.alertmanager_alerts_json}${output.prometheus_rules_yaml}", "runbook_url")
    error_message = "Got ${output.alertmanager_alerts_json}."
  }
}

run "a_runbook_that_would_break_the_rules_is_refused" {
  command = plan
  module {
    source = "./modules/alerts"
  }
  variables {
    thresholds  = {}
    runbook_url = "https://runbooks.example.com/{{ edge"
  }
  expect_failures = [var.runbook_url]
}

run "a_window_end_with_a_fraction_of_a_second_is_refused" {
  command = plan
  module {
    source = "./modules/alerts"
  }
  variables {
    measurements = { a = { value = 1, window_end = "2100-01-01T00:00:00.5Z" } }
    thresholds   = {}
  }
  expect_failures = [var.measurements]
}

run "a_window_end_that_is_no_date_is_refused" {
  command = plan
  module {
    source = "./modules/alerts"
  }
  variables {
    measurements = { a = { value = 1, window_end = "2100-02-30T00:00:00Z" } }
    thresholds   = {}
  }
  expect_failures = [var.measurements]
}

run "a_threshold_that_is_null_is_refused" {
  command = plan
  module {
    source = "./modules/alerts"
  }
  variables {
    thresholds = { calm = null }
  }
  expect_failures = [var.thresholds]
}

run "no_runbook_is_no_annotation" {
  command = plan
  module {
    source = "./modules/alerts"
  }
  variables {
    runbook_url = null
  }
  expect_failures = [check.breach]

  assert {
    condition     = !strcontains("${output.alertmanager_alerts_json}${output.prometheus_rules_yaml}", "runbook_url")
    error_message = "Got ${output.alertmanager_alerts_json}."
  }
}

run "text_that_would_break_a_format_is_refused" {
  command = plan
  module {
    source = "./modules/alerts"
  }
  variables {
    measurements = { "a\"b" = { value = 1, window_end = null } }
    thresholds   = { "a|b" = { critical = 1 } }
  }
  expect_failures = [var.measurements, var.thresholds]
}

run "labels_of_the_module_are_refused" {
  command = plan
  module {
    source = "./modules/alerts"
  }
  variables {
    measurements = { a = { value = 1, window_end = null, labels = { severity = "page" } } }
    thresholds   = {}
  }
  expect_failures = [var.measurements]
}

run "limits_in_the_wrong_order_are_refused" {
  command = plan
  module {
    source = "./modules/alerts"
  }
  variables {
    thresholds = { calm = { warning = 10, critical = 20, direction = "below" } }
  }
  expect_failures = [var.thresholds]
}

run "an_unknown_direction_is_refused" {
  command = plan
  module {
    source = "./modules/alerts"
  }
  variables {
    thresholds = { calm = { critical = 20, direction = "up" } }
  }
  expect_failures = [var.thresholds]
}

run "a_threshold_without_limits_is_refused" {
  command = plan
  module {
    source = "./modules/alerts"
  }
  variables {
    thresholds = { calm = {} }
  }
  expect_failures = [var.thresholds]
}

run "an_age_that_is_no_duration_is_refused" {
  command = plan
  module {
    source = "./modules/alerts"
  }
  variables {
    thresholds = {}
    max_age    = "2d"
  }
  expect_failures = [var.max_age]
}
