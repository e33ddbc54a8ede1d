terraform {
  # Terraform 1.8 is the first version with functions of providers.
  required_version = ">= 1.8"

  required_providers {
    edgestats = {
      source = "edgestats/edgestats"
    }
  }
}
