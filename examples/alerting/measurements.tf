# What is asked for by name gets a row by name, so that a figure that is missing shows up as missing.
# Series stay in these locals: Terraform would have to compare an output with a series at every later plan.
locals {
  measurements = merge(
    {
      # An hour's average; shorter peaks were higher.
      busiest_hour = {
        value      = data.edgestats_mna_flow_statistic.device.bandwidth.max_mbps
        unit       = "Mbps"
        window_end = data.edgestats_mna_flow_statistic.device.window.end
        labels     = { device = data.edgestats_mna_flow_statistic.device.device_id }
        series     = data.edgestats_mna_flow_statistic.device.net_details[*].current
      }
      # How much more than in the week before.
      account_growth = {
        value = provider::edgestats::change(
          data.edgestats_mna_region_flow_statistic.account["this_week"].summary.total,
          data.edgestats_mna_region_flow_statistic.account["previous_week"].summary.total,
        )
        unit       = "percent"
        window_end = data.edgestats_mna_region_flow_statistic.account["this_week"].window.end
        labels     = {}
        series     = data.edgestats_mna_region_flow_statistic.account["this_week"].net_details[*].current
      }
      # What was just read has no window: it is as of this plan.
      packages = {
        value      = data.edgestats_mna_flow_packages.valid.remaining_mb
        unit       = "MB"
        window_end = plantimestamp()
        labels     = {}
        series     = []
      }
      # Until the first license expires.
      licenses = {
        value      = try(min([for d in data.edgestats_trro_devices.licensed.devices : d.remaining_days if d.expires_at != null]...), null)
        unit       = "days"
        window_end = plantimestamp()
        labels     = { project = data.edgestats_trro_devices.licensed.project_id }
        series     = []
      }
      # How long the Excel file can still be downloaded.
      excel_validity = {
        value      = local.excel_validity
        unit       = "minutes"
        window_end = data.edgestats_mna_statistic_export.excel.window.end
        labels     = {}
        series     = []
      }
      good_sessions = {
        value      = data.edgestats_trro_session_statistics.sessions.summary.min_not_bad_session_ratio
        unit       = "percent"
        window_end = data.edgestats_trro_session_statistics.sessions.window.end
        labels     = { project = data.edgestats_trro_session_statistics.sessions.project_id }
        series     = data.edgestats_trro_session_statistics.sessions.session_statistics[*].not_bad_session_ratio
      }
      # All server errors together. Each status code has an entry of its own as well.
      server_errors = {
        value      = one([for d in data.edgestats_cdn_district_isp_data.errors.details : d.summary.total if d.metric == "5xx"])
        unit       = "requests"
        window_end = data.edgestats_cdn_district_isp_data.errors.window.end
        labels     = { domain = "www.example.com" }
        series     = flatten([for d in data.edgestats_cdn_district_isp_data.errors.details : d.values if d.metric == "5xx"])
      }
    },
    {
      for domain in local.domains : "relay/${trimsuffix(domain, ".example.com")}" => {
        value      = one([for g in data.edgestats_cdn_relay_traffic.relay.groups : g.total_relay_traffic if g.domain == domain])
        unit       = "GB"
        window_end = data.edgestats_cdn_relay_traffic.relay.window.end
        labels     = { domain = domain }
        series     = flatten([for g in data.edgestats_cdn_relay_traffic.relay.groups : g.items[*].relay_traffic if g.domain == domain])
      }
    },
    {
      for country in local.countries : "bandwidth/${country}" => {
        value      = one([for d in local.bandwidth : d.summary.percentiles["99"] if d.country_code == country])
        unit       = "bit/s"
        window_end = data.edgestats_cdn_oversea_isp_detail.bandwidth.window.end
        labels     = { host = "www.example.com", country = country }
        series     = flatten([for d in local.bandwidth : d.values if d.country_code == country])
      }
    },
  )

  bandwidth = data.edgestats_cdn_oversea_isp_detail.bandwidth.details

  excel_expires_at = data.edgestats_mna_statistic_export.excel.expires_at
  excel_validity = local.excel_expires_at == null ? null : floor(
    (provider::edgestats::unix(local.excel_expires_at) - provider::edgestats::unix(plantimestamp())) / 60
  )
}
