variable "measurements" {
  description = <<-EOT
    What was measured, by name. A value of null is a missing one, and a measurement without window_end counts as stale.
    labels go to Prometheus and Alertmanager; those that are null are left out. series is for the sparkline only.
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
      for text in flatten([for name, m in var.measurements : concat([name, m.unit], values(m.labels))]) :
      text == null ? true : can(regex("^[^\"\\\\|{}[:cntrl:]]*$", text))
    ])
    error_message = "Names, units and the values of labels must hold no quotes, backslashes, bars, braces or line breaks."
  }

  validation {
    condition = alltrue([
      for label in flatten([for m in var.measurements : keys(m.labels)]) :
      can(regex("^[a-zA-Z][a-zA-Z0-9_]*$", label)) &&
      !contains(["alertname", "instance", "job", "measurement", "severity", "unit"], label)
    ])
    error_message = "Names of labels must be letters, digits and _, and not alertname, instance, job, measurement, severity or unit."
  }
}

variable "thresholds" {
  description = <<-EOT
    Limits by the name of the measurement. A value beyond the limit is a breach; one that is equal is not.
    A threshold whose measurement does not exist makes that measurement a missing one.
  EOT
  nullable    = false
  type = map(object({
    warning   = optional(number)
    critical  = optional(number)
    direction = optional(string, "above")
  }))

  validation {
    condition     = alltrue([for name in keys(var.thresholds) : can(regex("^[^\"\\\\|{}[:cntrl:]]*$", name))])
    error_message = "Names must hold no quotes, backslashes, bars, braces or line breaks."
  }

  validation {
    condition     = alltrue([for t in var.thresholds : contains(["above", "below"], t.direction)])
    error_message = "direction must be \"above\" or \"below\"."
  }

  validation {
    condition     = alltrue([for t in var.thresholds : t.warning != null || t.critical != null])
    error_message = "A threshold needs warning, critical or both."
  }

  validation {
    condition = alltrue([
      for t in var.thresholds : t.warning == null || t.critical == null ? true :
      t.direction == "above" ? t.warning < t.critical : t.warning > t.critical
    ])
    error_message = "A value must pass warning before it passes critical."
  }
}

variable "max_age" {
  description = "How long ago a window may have ended before its measurement is stale: a duration such as 3h or 48h."
  type        = string
  default     = "48h"
  nullable    = false

  validation {
    condition     = can(timeadd("1970-01-01T00:00:00Z", var.max_age)) && !startswith(var.max_age, "-")
    error_message = "max_age must be a duration such as 3h or 48h."
  }
}

variable "runbook_url" {
  description = "Where the alerts point the reader to; null for nowhere."
  type        = string
  default     = null
}

variable "strict" {
  description = "Whether a breach, a missing and a stale measurement are errors, which fail the run, and not only warnings."
  type        = bool
  default     = false
  nullable    = false
}
