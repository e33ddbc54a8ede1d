# Values of ephemeral variables get into neither plan nor state. Terraform 1.10, OpenTofu 1.11.
variable "secret_id" {
  type      = string
  ephemeral = true
}

variable "secret_key" {
  type      = string
  ephemeral = true
}

variable "security_token" {
  description = "Goes with temporary keys only."
  type        = string
  default     = null
  ephemeral   = true
}

provider "edgestats" {
  secret_id      = var.secret_id
  secret_key     = var.secret_key
  security_token = var.security_token
}
