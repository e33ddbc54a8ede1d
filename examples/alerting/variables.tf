variable "thresholds" {
  description = "Limits by the name of the measurement, see measurements.tf."
  type = map(object({
    warning   = optional(number)
    critical  = optional(number)
    direction = optional(string, "above")
  }))
  default = {
    busiest_hour   = { warning = 50, critical = 100 }
    account_growth = { warning = 50, critical = 100 }
    packages       = { warning = 100000, critical = 10000, direction = "below" }
    licenses       = { warning = 30, critical = 7, direction = "below" }
    excel_validity = { warning = 15, critical = 5, direction = "below" }
    good_sessions  = { warning = 70, critical = 50, direction = "below" }
    server_errors  = { warning = 5e4, critical = 5e5 }
    "relay/www"    = { critical = 1e6 }
    "bandwidth/JP" = { warning = 1e9, critical = 1e10 }
    "bandwidth/SG" = { warning = 1e9, critical = 1e10 }
  }
}

variable "runbook_url" {
  description = "URL of a runbook, added to every alert."
  type        = string
  default     = "https://runbooks.example.com/edge"
}

variable "strict" {
  description = "Whether a breach, a missing value or a stale measurement fails the run."
  type        = bool
  default     = false
}
