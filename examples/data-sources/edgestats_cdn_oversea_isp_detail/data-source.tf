# Yesterday's bandwidth of one host in Japan and Thailand.
data "edgestats_cdn_oversea_isp_detail" "asia" {
  lookback_days = 1
  hosts         = ["www.example.com"]
  provs         = [1044, 57]
  stat_type     = "bandwidth"
}

output "p95_by_country" {
  value = {
    for detail in data.edgestats_cdn_oversea_isp_detail.asia.details : detail.country_code => detail.summary.p95
  }
}

# What was asked for and has no data.
output "silent" {
  value = data.edgestats_cdn_oversea_isp_detail.asia.missing
}
