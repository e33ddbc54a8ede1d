# An Excel file with the traffic of two devices in the last 24 whole hours.
data "edgestats_mna_statistic_export" "gateways" {
  device_list      = ["gateway-1", "gateway-2"]
  time_granularity = "hour"
  lookback         = "24h"
}

output "excel_expires_at" {
  value = data.edgestats_mna_statistic_export.gateways.expires_at
}

output "excel_url" {
  value     = data.edgestats_mna_statistic_export.gateways.file_path
  sensitive = true
}

# The first rows of each sheet of an Excel file about a group.
data "edgestats_mna_statistic_export" "group" {
  group_id         = "group-1"
  time_granularity = "day"
  lookback         = "7d"
  download         = true
  max_rows         = 1000
}

output "row_counts" {
  value = { for sheet in data.edgestats_mna_statistic_export.group.sheets : sheet.name => sheet.row_count }
}
