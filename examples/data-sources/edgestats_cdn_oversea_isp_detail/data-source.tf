# Yesterday's bandwidth of one host in Japan and Thailand.
data "edgestats_cdn_oversea_isp_detail" "asia" {
  lookback    = "1d"
  hosts       = ["www.example.com"]
  provs       = ["JP", "TH"]
  stat_type   = "bandwidth"
  percentiles = [99]
}

output "bandwidth_by_country" {
  value = {
    for detail in data.edgestats_cdn_oversea_isp_detail.asia.details : detail.country_code => {
      p95 = detail.summary.p95
      p99 = detail.summary.percentiles["99"]
    }
  }
}

# What was asked for and has no data.
output "missing" {
  value = data.edgestats_cdn_oversea_isp_detail.asia.missing
}
