# The configuration with invented figures, without vendor or emulator. The provider's functions are the real ones. Mocks return
# whole objects: OpenTofu refuses objects with missing attributes.

mock_provider "edgestats" {
  mock_data "edgestats_mna_devices" {
    defaults = {
      devices = [
        {
          id              = "a", name = "gateway \"a\"", remark = null, group_id = "group-1", group_name = null, created_at = null, last_online_at = null,
          access_scope    = null, license_pay_mode = null, payer = null, when_flow_exhausted = null, serial_number = null, vendor = null,
          allowed_regions = []
        },
        {
          id              = "b", name = "gateway \"b\"", remark = null, group_id = "group-1", group_name = null, created_at = null, last_online_at = null,
          access_scope    = null, license_pay_mode = null, payer = null, when_flow_exhausted = null, serial_number = null, vendor = null,
          allowed_regions = []
        },
        {
          id              = "c", name = "gateway \"c\"", remark = null, group_id = "group-2", group_name = null, created_at = null, last_online_at = null,
          access_scope    = null, license_pay_mode = null, payer = null, when_flow_exhausted = null, serial_number = null, vendor = null,
          allowed_regions = []
        },
      ]
    }
  }
  mock_data "edgestats_mna_flow_packages" {
    defaults = {
      packages = [
        {
          resource_id = "live-1", package_type = null, status = "valid", created_at = null, activated_at = null, expires_at = "2100-01-01T00:00:00+08:00"
          device_list = ["a"], capacity_mb = null, remaining_mb = null, renews = null
        },
        {
          resource_id = "live-2", package_type = null, status = "valid", created_at = null, activated_at = null, expires_at = "2100-01-02T00:00:00+08:00"
          device_list = ["b", "c"], capacity_mb = null, remaining_mb = null, renews = null
        },
        {
          resource_id = "live-3", package_type = null, status = "valid", created_at = null, activated_at = null, expires_at = null
          device_list = ["c"], capacity_mb = null, remaining_mb = null, renews = null
        },
      ]
    }
  }
  override_data {
    target = data.edgestats_mna_device_flow_statistics.this_week
    values = {
      window = { start = "2100-01-08T00:00:00+08:00", end = "2100-01-15T00:00:00+08:00" }
      devices = {
        a = {
          net_details = [], max_value = null, avg_value = null, total_value = null
          summary = {
            count  = 168, min = null, max = null, max_time = null, average = null, total = 6e9, p95 = null, percentiles = null,
            latest = null, first_time = null, last_time = null, interval_seconds = 3600, largest_gap_seconds = 3600
          }
          bandwidth = { max_mbps = 20, average_mbps = null, p95_mbps = null }
        }
        b = {
          net_details = [], max_value = null, avg_value = null, total_value = null
          summary = {
            count  = 168, min = null, max = null, max_time = null, average = null, total = 1e9, p95 = null, percentiles = null,
            latest = null, first_time = null, last_time = null, interval_seconds = 3600, largest_gap_seconds = 3600
          }
          bandwidth = { max_mbps = 20, average_mbps = null, p95_mbps = null }
        }
      }
      missing_devices = []
    }
  }
  override_data {
    target = data.edgestats_mna_device_flow_statistics.last_week
    values = {
      window = { start = "2100-01-01T00:00:00+08:00", end = "2100-01-08T00:00:00+08:00" }
      devices = {
        a = {
          net_details = [], max_value = null, avg_value = null, total_value = null
          summary = {
            count  = 168, min = null, max = null, max_time = null, average = null, total = 5e9, p95 = null, percentiles = null,
            latest = null, first_time = null, last_time = null, interval_seconds = 3600, largest_gap_seconds = 3600
          }
          bandwidth = { max_mbps = 20, average_mbps = null, p95_mbps = null }
        }
        b = {
          net_details = [], max_value = null, avg_value = null, total_value = null
          summary = {
            count  = 168, min = null, max = null, max_time = null, average = null, total = 2e9, p95 = null, percentiles = null,
            latest = null, first_time = null, last_time = null, interval_seconds = 3600, largest_gap_seconds = 3600
          }
          bandwidth = { max_mbps = 20, average_mbps = null, p95_mbps = null }
        }
      }
      missing_devices = []
    }
  }
}

run "figures_by_device" {
  command = plan

  assert {
    condition     = output.growth_percent.a == 20 && output.growth_percent.b == -50
    error_message = "Got ${jsonencode(output.growth_percent)}."
  }
  assert {
    condition     = join(", ", output.busiest) == "gateway _a_: 6 GB, gateway _b_: 1 GB" && length(output.missing_devices) == 0
    error_message = "Got ${jsonencode(output.busiest)} and ${jsonencode(output.missing_devices)}."
  }
  assert {
    condition     = length(output.expire_within_a_month) + length(output.breaches) == 0
    error_message = "Got ${jsonencode(output.expire_within_a_month)} and ${jsonencode(output.breaches)}."
  }
  assert {
    condition = alltrue([
      for name in ["busiest/a", "busiest/b", "growth/a", "growth/b", "package/live-1", "package/live-2"] :
      strcontains(output.summary_markdown, "| ${name} |")
    ]) && !strcontains(output.summary_markdown, "live-3")
    error_message = "Got ${output.summary_markdown}"
  }
}
