# Reads all devices of a group, and has a figure and an alert for each: traffic week over week, the five busiest, and prepaid
# packages that expire within a month. For up to 200 devices that is 40 calls for the two weeks, and a few for the lists.

terraform {
  required_version = ">= 1.8" # For the module alerts.

  required_providers {
    edgestats = {
      source = "edgestats/edgestats"
    }
  }
}

variable "group_id" {
  description = "ID of the group whose devices are measured."
  type        = string
  default     = "group-1"
}

variable "thresholds" {
  description = "Limits for every device and every package."
  type = map(object({
    warning   = optional(number)
    critical  = optional(number)
    direction = optional(string, "above")
  }))
  default = {
    growth  = { warning = 50, critical = 100 }
    busiest = { warning = 50, critical = 80 }
    package = { warning = 30, critical = 7, direction = "below" }
  }
}

data "edgestats_mna_devices" "all" {
  lifecycle {
    postcondition {
      condition     = anytrue([for d in self.devices : d.group_id == var.group_id])
      error_message = "The group ${var.group_id} has no devices."
    }
  }
}

data "edgestats_mna_device_flow_statistics" "this_week" {
  device_ids       = keys(local.devices)
  type             = "total"
  time_granularity = "hour"
  lookback         = "7d"
  include          = [] # The summaries are enough.
}

data "edgestats_mna_device_flow_statistics" "last_week" {
  device_ids       = keys(local.devices)
  type             = "total"
  time_granularity = "hour"
  lookback         = "7d"
  offset           = "7d"
  include          = []
}

data "edgestats_mna_flow_packages" "valid" {
  status = "valid"
}

locals {
  devices = { for d in data.edgestats_mna_devices.all.devices : d.id => d if d.group_id == var.group_id }

  # The packages that devices of the group use.
  packages = {
    for p in data.edgestats_mna_flow_packages.valid.packages : p.resource_id => p
    if length(setintersection(p.device_list, keys(local.devices))) > 0
  }

  this_week = data.edgestats_mna_device_flow_statistics.this_week
  last_week = data.edgestats_mna_device_flow_statistics.last_week

  # Bytes of each device. A device without a figure is null.
  bytes          = { for id in keys(local.devices) : id => try(local.this_week.devices[id].summary.total, null) }
  previous_bytes = { for id in keys(local.devices) : id => try(local.last_week.devices[id].summary.total, null) }

  busiest = provider::edgestats::top(local.bytes, 5)
}

module "alerts" {
  source = "../alerting/modules/alerts"

  measurements = local.measurements
  thresholds   = { for name in keys(local.measurements) : name => var.thresholds[split("/", name)[0]] }
}
