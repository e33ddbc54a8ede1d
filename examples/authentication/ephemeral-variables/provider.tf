# Ephemeral variables are stored in neither plan nor state. They need Terraform 1.10 or OpenTofu 1.11.
variable "secret_id" {
  type      = string
  ephemeral = true
}

variable "secret_key" {
  type      = string
  ephemeral = true
}

variable "security_token" {
  description = "Only for temporary keys."
  type        = string
  default     = null
  ephemeral   = true
}

provider "edgestats" {
  secret_id      = var.secret_id
  secret_key     = var.secret_key
  security_token = var.security_token
}
