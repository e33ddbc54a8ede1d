# Short names, which Terraform before 1.2.7 also needs to read nested attributes.
locals {
  device   = data.edgestats_mna_flow_statistic.device
  sessions = data.edgestats_trro_session_statistics.sessions
}

output "device_traffic_bytes" {
  description = "Bytes of the device in the last 24 whole hours."
  value = {
    from    = local.device.window.start
    until   = local.device.window.end
    total   = local.device.summary.total
    busiest = local.device.summary.max_time
    mbps    = local.device.bandwidth.max_mbps
    latest  = local.device.summary.latest
  }
}

output "excel_expires_at" {
  description = "When the URL of the Excel file expires. The URL is a secret: `terraform output -raw excel_url`."
  value       = data.edgestats_mna_statistic_export.excel.expires_at
}

output "excel_url" {
  value     = data.edgestats_mna_statistic_export.excel.file_path
  sensitive = true
}

output "sessions" {
  description = "Remote-control sessions of the last seven days."
  value = {
    sessions      = local.sessions.summary.session_num
    minutes       = local.sessions.summary.total_duration
    worst_percent = local.sessions.summary.min_not_bad_session_ratio
    worst_day     = local.sessions.summary.min_not_bad_session_ratio_time
  }
}

output "relay_traffic" {
  description = "GB and peak bandwidth of each domain over the last seven days."
  value = {
    for group in data.edgestats_cdn_relay_traffic.relay.groups : group.domain => {
      gigabytes = group.total_relay_traffic
      peak_mbps = group.peak_bandwidth
      peak_time = group.peak_time
    }
  }
}

output "bandwidth_mbps" {
  description = "Average and 95th percentile of yesterday's bandwidth per country."
  value = {
    for detail in data.edgestats_cdn_oversea_isp_detail.bandwidth.details : detail.country_code => {
      average = floor(detail.summary.average / 1000) / 1000
      p95     = floor(detail.summary.p95 / 1000) / 1000
    }
  }
}
