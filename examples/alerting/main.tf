# Alerts on figures of all vendors: measurements.tf says what is measured, variables.tf what the thresholds are.

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
  max_age      = "48h" # Yesterday ended up to 24 hours ago.
  runbook_url  = var.runbook_url
  strict       = var.strict
}
