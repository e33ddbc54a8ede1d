variable "measurements" {
  description = <<-EOT
    Measured values by name. A value of null is reported as missing, a window_end of null as stale.
    labels go to Prometheus and Alertmanager; null labels are left out. series is used for the sparkline only.
  EOT
  nullable    = false
  type = map(object({
    value      = number
    unit       = optional(string, "")
    window_end = string
    labels     = optional(map(string), {})
    series     = optional(list(number), [])
  }))

  validation {
    condition = alltrue([
      for text in flatten([for name, m in var.measurements : m == null ? [name] : concat([name, m.unit], values(m.labels))]) :
      text == null ? true : can(regex("^[^\"\\\\|{}[:cntrl:]]*$", text))
    ])
    error_message = "Names, units and label values must not contain quotes, backslashes, bars, braces or line breaks."
  }

  validation {
    condition = alltrue([
      for label in flatten([for m in var.measurements : m == null ? [] : keys(m.labels)]) :
      can(regex("^[a-zA-Z][a-zA-Z0-9_]*$", label)) &&
      !contains(["alertname", "instance", "job", "measurement", "severity", "unit"], label)
    ])
    error_message = "Label names must consist of letters, digits and _, and must not be alertname, instance, job, measurement, severity or unit."
  }

  # Such as 2026-01-15T00:00:00Z: what the provider's function unix accepts.
  validation {
    condition = alltrue([
      for m in var.measurements : try(m.window_end, null) == null ? true :
      can(regex("^[0-9-]{10}T[0-9:]{8}(Z|[+-][0-9]{2}:[0-9]{2})$", m.window_end)) && can(timeadd(m.window_end, "0s"))
    ])
    error_message = "window_end must be RFC 3339 with an offset and without fractions of a second, such as 2026-01-15T00:00:00+08:00."
  }
}

variable "thresholds" {
  description = <<-EOT
    Limits by the name of the measurement. A value beyond a limit is a breach; a value equal to it is not.
    A threshold without a measurement is reported as missing.
  EOT
  nullable    = false
  type = map(object({
    warning   = optional(number)
    critical  = optional(number)
    direction = optional(string, "above")
  }))

  validation {
    condition     = alltrue([for name in keys(var.thresholds) : can(regex("^[^\"\\\\|{}[:cntrl:]]*$", name))])
    error_message = "Names must not contain quotes, backslashes, bars, braces or line breaks."
  }

  validation {
    condition     = alltrue([for t in var.thresholds : t != null])
    error_message = "A threshold must not be null; leave it out instead."
  }

  validation {
    condition     = alltrue([for t in var.thresholds : t == null ? true : contains(["above", "below"], t.direction)])
    error_message = "direction must be \"above\" or \"below\"."
  }

  validation {
    condition     = alltrue([for t in var.thresholds : t == null ? true : t.warning != null || t.critical != null])
    error_message = "A threshold needs warning, critical or both."
  }

  validation {
    condition = alltrue([
      for t in var.thresholds : try(t.warning, null) == null || try(t.critical, null) == null ? true :
      t.direction == "above" ? t.warning < t.critical : t.warning > t.critical
    ])
    error_message = "warning must be less severe than critical: lower with direction above, higher with direction below."
  }
}

variable "max_age" {
  description = "How long ago the window of a measurement may have ended before it counts as stale: a duration such as 3h or 48h."
  type        = string
  default     = "48h"
  nullable    = false

  validation {
    condition     = can(timeadd("1970-01-01T00:00:00Z", var.max_age)) && !startswith(var.max_age, "-")
    error_message = "max_age must be a duration such as 3h or 48h."
  }
}

variable "runbook_url" {
  description = "URL of a runbook, added to every alert. Null or empty for none."
  type        = string
  default     = null

  validation {
    condition     = var.runbook_url == null ? true : can(regex("^[^\"\\\\|{}[:cntrl:]]*$", var.runbook_url))
    error_message = "runbook_url must not contain quotes, backslashes, bars, braces or line breaks."
  }
}

variable "strict" {
  description = "Whether a breach, a missing value or a stale measurement fails the run; otherwise it is a warning."
  type        = bool
  default     = false
  nullable    = false
}
