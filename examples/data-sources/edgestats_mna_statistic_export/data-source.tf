# A workbook with yesterday's traffic of two devices, hour by hour.
data "edgestats_mna_statistic_export" "yesterday" {
  device_list      = ["gateway-1", "gateway-2"]
  time_granularity = "hour"
  lookback         = "24h"
}

output "workbook_expires_at" {
  value = data.edgestats_mna_statistic_export.yesterday.expires_at
}

output "workbook" {
  value     = data.edgestats_mna_statistic_export.yesterday.file_path
  sensitive = true
}
