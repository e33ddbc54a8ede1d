terraform {
  # Functions of providers came with Terraform 1.8 (OpenTofu 1.7).
  required_version = ">= 1.8"

  required_providers {
    edgestats = {
      source = "edgestats/edgestats"
    }
  }
}
