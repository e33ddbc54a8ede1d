# The configuration with invented figures, without vendor or emulator. The provider's functions are the real ones. Mocks
# return whole objects: OpenTofu refuses objects with missing attributes. Within lists, Terraform refuses a null in place of an
# object, such as a summary.

mock_provider "edgestats" {
  mock_data "edgestats_mna_flow_statistic" {
    defaults = {
      window         = { start = "2100-01-01T00:00:00+08:00", end = "2100-01-01T04:00:00+08:00" }
      period_seconds = 3600
      net_details = [
        { time = "2100-01-01T00:00:00+08:00", current = 1e9 },
        { time = "2100-01-01T01:00:00+08:00", current = null },
        { time = "2100-01-01T02:00:00+08:00", current = 9e9 },
        { time = "2100-01-01T03:00:00+08:00", current = 2e9 },
      ]
      bandwidth = { max_mbps = 20, average_mbps = 8.888889, p95_mbps = 20 }
    }
  }
  mock_data "edgestats_mna_region_flow_statistic" {
    defaults = {
      window      = { start = "2100-01-01T00:00:00+08:00", end = "2100-01-02T00:00:00+08:00" }
      net_details = [{ time = "2100-01-01T00:00:00+08:00", current = 3e9 }]
      summary = {
        count               = 1
        min                 = 3e9
        max                 = 3e9
        max_time            = "2100-01-01T00:00:00+08:00"
        average             = 3e9
        total               = 3e9
        p95                 = 3e9
        percentiles         = null
        latest              = 3e9
        first_time          = "2100-01-01T00:00:00+08:00"
        last_time           = "2100-01-01T00:00:00+08:00"
        interval_seconds    = null
        largest_gap_seconds = null
      }
    }
  }
  mock_data "edgestats_mna_flow_packages" {
    defaults = {
      packages        = []
      remaining_mb    = 250000
      next_expires_at = "2100-01-02T00:00:00+08:00"
    }
  }
  mock_data "edgestats_trro_devices" {
    defaults = {
      ids = ["a", "b"]
      devices = [
        {
          id                    = "a"
          name                  = "vehicle a"
          license_count         = 1
          remaining_days        = 45
          expires_at            = "2100-01-02T00:00:00+08:00"
          monthly_remain_time   = 100
          monthly_limit_minutes = 24000
          license_ids           = ["license-a"]
        },
        {
          id                    = "b"
          name                  = "seat b"
          license_count         = 0
          remaining_days        = 0
          expires_at            = null
          monthly_remain_time   = null
          monthly_limit_minutes = null
          license_ids           = []
        },
      ]
    }
  }
  mock_data "edgestats_mna_statistic_export" {
    defaults = {
      window     = { start = "2100-01-01T00:00:00+08:00", end = "2100-01-02T00:00:00+08:00" }
      expires_at = "2100-01-02T00:00:00Z"
    }
  }
  mock_data "edgestats_trro_session_statistics" {
    defaults = {
      window = { start = "2100-01-01T00:00:00+08:00", end = "2100-01-03T00:00:00+08:00" }
      session_statistics = [
        {
          start_time               = "2100-01-01T00:00:00+08:00"
          end_time                 = "2100-01-02T00:00:00+08:00"
          active_field_device_num  = 3
          active_remote_device_num = 2
          session_num              = 40
          total_duration           = 600
          not_bad_session_ratio    = 98
        },
        {
          start_time               = "2100-01-02T00:00:00+08:00"
          end_time                 = "2100-01-03T00:00:00+08:00"
          active_field_device_num  = 3
          active_remote_device_num = 2
          session_num              = 60
          total_duration           = 900
          not_bad_session_ratio    = 99
        },
      ]
      summary = {
        count                          = 2
        session_num                    = 100
        total_duration                 = 1500
        max_active_field_device_num    = 3
        max_active_remote_device_num   = 2
        min_not_bad_session_ratio      = 98
        min_not_bad_session_ratio_time = "2100-01-01T00:00:00+08:00"
        first_time                     = "2100-01-01T00:00:00+08:00"
        last_time                      = "2100-01-02T00:00:00+08:00"
      }
    }
  }
  mock_data "edgestats_cdn_relay_traffic" {
    defaults = {
      window = { start = "2100-01-01T00:00:00+08:00", end = "2100-01-02T00:00:00+08:00" }
      groups = [
        {
          domain              = "www.example.com"
          total_relay_traffic = 3.5
          peak_bandwidth      = 12.5
          peak_time           = "2100-01-01T01:20:00+08:00"
          summary = {
            count               = 2
            min                 = 1
            max                 = 2.5
            max_time            = "2100-01-01T01:00:00+08:00"
            average             = 1.75
            total               = 3.5
            p95                 = 2.5
            percentiles         = { "95" = 2.5 }
            latest              = 2.5
            first_time          = "2100-01-01T00:00:00+08:00"
            last_time           = "2100-01-01T01:00:00+08:00"
            interval_seconds    = 3600
            largest_gap_seconds = 3600
          }
          items = [
            { time = "2100-01-01T00:00:00+08:00", relay_traffic = 1 },
            { time = "2100-01-01T01:00:00+08:00", relay_traffic = 2.5 },
          ]
        },
        {
          domain              = "static.example.com"
          total_relay_traffic = 0.5
          peak_bandwidth      = 12.5
          peak_time           = "2100-01-01T01:20:00+08:00"
          summary = {
            count               = 2
            min                 = 0
            max                 = 0.5
            max_time            = "2100-01-01T00:00:00+08:00"
            average             = 0.25
            total               = 0.5
            p95                 = 0.5
            percentiles         = { "95" = 0.5 }
            latest              = 0
            first_time          = "2100-01-01T00:00:00+08:00"
            last_time           = "2100-01-01T01:00:00+08:00"
            interval_seconds    = 3600
            largest_gap_seconds = 3600
          }
          items = [
            { time = "2100-01-01T00:00:00+08:00", relay_traffic = 0.5 },
            { time = "2100-01-01T01:00:00+08:00", relay_traffic = 0 },
          ]
        },
      ]
      missing_domains = []
    }
  }
  mock_data "edgestats_cdn_oversea_isp_detail" {
    defaults = {
      window = { start = "2100-01-01T00:00:00+08:00", end = "2100-01-02T00:00:00+08:00" }
      details = [
        {
          date             = "2100-01-01"
          host             = "www.example.com"
          prov_id          = 1044
          prov_name        = "Japan"
          country_code     = "JP"
          isp_id           = -1
          stat_type        = "bandwidth"
          status_code      = null
          start_time       = "2100-01-01T00:00:00+08:00"
          interval_seconds = 300
          values           = [4e6, null, 8e6]
          summary = {
            count               = 2
            min                 = 4e6
            max                 = 8e6
            max_time            = "2100-01-01T00:10:00+08:00"
            average             = 6e6
            total               = null
            p95                 = 8e6
            percentiles         = { "99" = 8e6 }
            latest              = 8e6
            first_time          = "2100-01-01T00:00:00+08:00"
            last_time           = "2100-01-01T00:10:00+08:00"
            interval_seconds    = 600
            largest_gap_seconds = 600
          }
        },
        {
          date             = "2100-01-01"
          host             = "www.example.com"
          prov_id          = 1176
          prov_name        = "Singapore"
          country_code     = "SG"
          isp_id           = -1
          stat_type        = "bandwidth"
          status_code      = null
          start_time       = "2100-01-01T00:00:00+08:00"
          interval_seconds = 300
          values           = [4e6, null, 8e6]
          summary = {
            count               = 2
            min                 = 4e6
            max                 = 8e6
            max_time            = "2100-01-01T00:10:00+08:00"
            average             = 6e6
            total               = null
            p95                 = 8e6
            percentiles         = { "99" = 8e6 }
            latest              = 8e6
            first_time          = "2100-01-01T00:00:00+08:00"
            last_time           = "2100-01-01T00:10:00+08:00"
            interval_seconds    = 600
            largest_gap_seconds = 600
          }
        },
      ]
    }
  }
  mock_data "edgestats_cdn_district_isp_data" {
    defaults = {
      window = { start = "2100-01-01T00:00:00+08:00", end = "2100-01-01T03:00:00+08:00" }
      details = [
        {
          domain           = "www.example.com"
          district_id      = 4
          district_name    = "Guangdong"
          isp_id           = 2
          isp_name         = "China Telecom"
          protocol         = "all"
          ip_protocol      = "all"
          metric           = "5xx"
          start_time       = "2100-01-01T00:00:00+08:00"
          interval_seconds = 300
          values           = [0, 7]
          summary = {
            count               = 2
            min                 = 0
            max                 = 7
            max_time            = "2100-01-01T00:05:00+08:00"
            average             = 3.5
            total               = 7
            p95                 = 7
            percentiles         = { "95" = 7 }
            latest              = 7
            first_time          = "2100-01-01T00:00:00+08:00"
            last_time           = "2100-01-01T00:05:00+08:00"
            interval_seconds    = 300
            largest_gap_seconds = 300
          }
        },
      ]
    }
  }
}

variables {
  strict     = true
  thresholds = { busiest_hour = { warning = 20, critical = 40 } }
}

run "figures_get_from_the_mocks_into_the_summary" {
  command = plan

  assert {
    condition     = !output.breached && length(output.missing) + length(output.stale) == 0
    error_message = "Got ${jsonencode(output.breaches)}, ${jsonencode(output.missing)} and ${jsonencode(output.stale)}."
  }
  assert {
    condition = alltrue([
      for row in [
        "| busiest_hour | 20 Mbps | ▁ █▁ |",
        "| account_growth | 0 percent | ▁ |",
        "| good_sessions | 98 percent | ▁█ |",
        "| relay/www | 3.5 GB | ▁█ |",
        "| relay/static | 0.5 GB | █▁ |",
        "| bandwidth/JP | 8000000 bit/s | ▁ █ |",
        "| packages | 250000 MB |",
        "| licenses | 45 days |",
        "| server_errors | 7 requests | ▁█ |",
      ] : strcontains(output.summary_markdown, row)
    ])
    error_message = "Got ${output.summary_markdown}"
  }
}

run "series_from_mocks_have_percentiles" {
  command = plan
  module {
    source = "./tests/percentiles"
  }

  assert {
    condition = (
      output.p95_bytes == 9e9 && output.median_sessions == 40 && output.p95_relay == 2.5 && output.median_bandwidth == 4e6
    )
    error_message = "Got ${output.p95_bytes}, ${output.median_sessions}, ${output.p95_relay} and ${output.median_bandwidth}."
  }
}

run "no_traffic_at_all_is_no_error" {
  command = plan

  override_data {
    target = data.edgestats_mna_flow_statistic.device
    values = {
      window      = { start = "2100-01-01T00:00:00+08:00", end = "2100-01-02T00:00:00+08:00" }
      net_details = []
      bandwidth   = { max_mbps = 0, average_mbps = 0, p95_mbps = 0 }
    }
  }

  assert {
    condition     = strcontains(output.summary_markdown, "| busiest_hour | 0 Mbps |")
    error_message = "Got ${output.summary_markdown}"
  }
}
