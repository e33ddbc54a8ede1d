# Invented measurements with one alert of each kind. tools/test-alerting.sh compares the alerts of this run with those that
# Prometheus makes of the same values.

terraform {
  required_version = ">= 1.8"

  required_providers {
    edgestats = {
      source = "edgestats/edgestats"
    }
  }
}

module "alerts" {
  source = "../../modules/alerts"

  measurements = {
    high      = { value = 20.5, unit = "GB", window_end = "2100-01-01T00:00:00+08:00", labels = { domain = "www.example.com", country = null, team = "" } }
    very_high = { value = 31, unit = "GB", window_end = "2100-01-01T00:00:00Z", labels = { domain = "static.example.com" } }
    low       = { value = 49, window_end = "2100-01-01T00:00:00Z" }
    silent    = { value = null, unit = "GB", window_end = null, labels = { domain = "idle.example.com" } }
    old       = { value = 1, unit = "Mbps", window_end = "1970-01-01T00:00:00Z", labels = { device = "mna-dev1" } }
    endless   = { value = 1, unit = "Mbps", window_end = null, labels = { device = "mna-dev2" } }
    calm      = { value = 1, window_end = "2100-01-01T00:00:00Z" }
  }
  thresholds = {
    high      = { warning = 20, critical = 30 }
    very_high = { warning = 20, critical = 30 }
    low       = { critical = 50, direction = "below" }
    calm      = { warning = 1 }
  }
  runbook_url = "https://runbooks.example.com/edge"
}

output "prometheus_rules_yaml" {
  value = module.alerts.prometheus_rules_yaml
}

output "prometheus_textfile" {
  value = module.alerts.prometheus_textfile
}

output "alertmanager_alerts_json" {
  value = module.alerts.alertmanager_alerts_json
}
