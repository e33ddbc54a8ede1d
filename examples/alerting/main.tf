# Alerts on every data source: what is measured is in measurements.tf, what is too much in variables.tf.

terraform {
  required_version = ">= 1.8"

  required_providers {
    edgestats = {
      source = "edgestats/edgestats"
    }
  }
}

provider "edgestats" {
  region = "ap-guangzhou"
}

module "alerts" {
  source = "./modules/alerts"

  measurements = local.measurements
  thresholds   = var.thresholds
  max_age      = "48h" # The daily figures are of yesterday, which ended up to 24 hours ago.
  runbook_url  = var.runbook_url
  strict       = var.strict
}
