# The configuration with figures of our own, without any vendor or emulator. The provider's functions are the real ones.
# In mocks, Terraform leaves lists of objects empty, so there are no relay traffic and no bandwidth here. OpenTofu takes only
# whole objects, so what is of no interest is null.

mock_provider "edgestats" {
  mock_data "edgestats_mna_flow_statistic" {
    defaults = {
      window = { start = "2100-01-01T00:00:00Z", end = "2100-01-02T00:00:00Z" }
      summary = {
        max                 = 9e9
        count               = null
        min                 = null
        max_time            = null
        average             = null
        total               = null
        p95                 = null
        latest              = null
        first_time          = null
        last_time           = null
        interval_seconds    = null
        largest_gap_seconds = null
      }
    }
  }
  mock_data "edgestats_mna_statistic_export" {
    defaults = {
      window     = { start = "2100-01-01T00:00:00Z", end = "2100-01-02T00:00:00Z" }
      expires_at = "2100-01-02T00:00:00Z"
    }
  }
  mock_data "edgestats_trro_session_statistics" {
    defaults = {
      window = { start = "2100-01-01T00:00:00Z", end = "2100-01-02T00:00:00Z" }
      summary = {
        min_not_bad_session_ratio      = 98
        count                          = null
        session_num                    = null
        total_duration                 = null
        max_active_field_device_num    = null
        max_active_remote_device_num   = null
        min_not_bad_session_ratio_time = null
        first_time                     = null
        last_time                      = null
      }
    }
  }
}

variables {
  strict     = true
  thresholds = { busiest_hour = { warning = 20, critical = 40 } }
}

run "nine_gigabytes_in_an_hour_are_twenty_megabits_a_second" {
  command = plan

  assert {
    condition     = strcontains(output.prometheus_textfile, "measurement=\"busiest_hour\",unit=\"Mbps\"} 20\n")
    error_message = "Got ${output.prometheus_textfile}"
  }
  assert {
    condition     = !output.breached && length(output.missing) + length(output.stale) == 0
    error_message = "Got ${jsonencode(output.breaches)}, ${jsonencode(output.missing)} and ${jsonencode(output.stale)}."
  }
}

run "no_traffic_at_all_is_no_error" {
  command = plan
  override_data {
    target = data.edgestats_mna_flow_statistic.device
    values = {
      window = { start = "2100-01-01T00:00:00Z", end = "2100-01-02T00:00:00Z" }
      summary = {
        max                 = 0
        count               = null
        min                 = null
        max_time            = null
        average             = null
        total               = null
        p95                 = null
        latest              = null
        first_time          = null
        last_time           = null
        interval_seconds    = null
        largest_gap_seconds = null
      }
    }
  }

  assert {
    condition     = strcontains(output.summary_markdown, "| busiest_hour | 0 Mbps |")
    error_message = "Got ${output.summary_markdown}"
  }
}
