# Series stay within these locals: in an output, every later plan would have to compare them.
locals {
  measurements = merge(
    {
      # An hour's average; shorter peaks were higher.
      busiest_hour = {
        value      = local.busiest_bytes == null ? null : provider::edgestats::mbps(local.busiest_bytes, 3600)
        unit       = "Mbps"
        window_end = data.edgestats_mna_flow_statistic.device.window.end
        labels     = { device = data.edgestats_mna_flow_statistic.device.device_id }
        series     = data.edgestats_mna_flow_statistic.device.net_details[*].current
      }
      # How long whoever comes next can still fetch the workbook.
      workbook_validity = {
        value      = local.workbook_validity
        unit       = "minutes"
        window_end = data.edgestats_mna_statistic_export.workbook.window.end
      }
      good_sessions = {
        value      = data.edgestats_trro_session_statistics.sessions.summary.min_not_bad_session_ratio
        unit       = "percent"
        window_end = data.edgestats_trro_session_statistics.sessions.window.end
        labels     = { project = data.edgestats_trro_session_statistics.sessions.project_id }
        series     = data.edgestats_trro_session_statistics.sessions.session_statistics[*].not_bad_session_ratio
      }
    },
    {
      for group in data.edgestats_cdn_relay_traffic.relay.groups : "relay/${trimsuffix(group.domain, ".example.com")}" => {
        value      = group.total_relay_traffic
        unit       = "GB"
        window_end = data.edgestats_cdn_relay_traffic.relay.window.end
        labels     = { domain = group.domain }
        series     = group.items[*].relay_traffic
      }
    },
    # The threshold of what has no data is left without a measurement, and is reported as missing.
    {
      for detail in data.edgestats_cdn_oversea_isp_detail.bandwidth.details : "bandwidth/${detail.country_code}" => {
        value      = detail.summary.count == 0 ? null : provider::edgestats::percentile([for v in detail.values : v if v != null], 99)
        unit       = "bit/s"
        window_end = data.edgestats_cdn_oversea_isp_detail.bandwidth.window.end
        labels     = { host = detail.host, country = detail.country_code }
        series     = detail.values
      }
    },
    # The class of status codes, which has all codes in it. Each code has an entry of its own besides.
    {
      for detail in data.edgestats_cdn_district_isp_data.errors.details : "server_errors" => {
        value      = detail.summary.total
        unit       = "requests"
        window_end = data.edgestats_cdn_district_isp_data.errors.window.end
        labels     = { domain = detail.domain }
        series     = detail.values
      } if detail.metric == "5xx"
    },
  )

  busiest_bytes = data.edgestats_mna_flow_statistic.device.summary.max

  workbook_expires_at = data.edgestats_mna_statistic_export.workbook.expires_at
  workbook_validity = local.workbook_expires_at == null ? null : floor(
    (provider::edgestats::unix(local.workbook_expires_at) - provider::edgestats::unix(plantimestamp())) / 60
  )
}
