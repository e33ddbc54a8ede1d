# Bandwidth of two domains in Guangdong over the last day, by ISP.
data "edgestats_cdn_district_isp_data" "guangdong" {
  domains   = ["www.example.com", "static.example.com"]
  metric    = "bandwidth"
  districts = [4]
  lookback  = "24h"
  include   = []
}

output "highest_mbps_per_domain" {
  value = {
    for detail in data.edgestats_cdn_district_isp_data.guangdong.details :
    detail.domain => detail.summary.max / 1e6...
  }
}

# Requests of one domain with the response 404, minute by minute.
data "edgestats_cdn_district_isp_data" "not_found" {
  domains  = ["www.example.com"]
  metric   = "404"
  interval = "min"
  lookback = "30m"
}

output "districts_with_404" {
  value = distinct([
    for detail in data.edgestats_cdn_district_isp_data.not_found.details : detail.district_name if detail.summary.total > 0
  ])
}
