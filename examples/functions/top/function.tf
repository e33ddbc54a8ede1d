terraform {
  required_version = ">= 1.8" # With OpenTofu, ">= 1.7.2".
}

# The five domains of the account with the most relay traffic today.
data "edgestats_cdn_relay_traffic" "today" {
  group_by = ["domain"]
}

locals {
  traffic_gb = {
    for group in data.edgestats_cdn_relay_traffic.today.groups : group.domain => group.total_relay_traffic
  }
}

output "top_domains" {
  value = [
    for entry in provider::edgestats::top(local.traffic_gb, 5) : "${entry.key}: ${entry.value} GB"
  ]
}

output "greatest" {
  value = provider::edgestats::top({ a = 1, b = 3, c = 2 }, 2) # [{ key = "b", value = 3 }, { key = "c", value = 2 }]
}
