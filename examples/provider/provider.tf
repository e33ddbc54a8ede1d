terraform {
  required_providers {
    edgestats = {
      source = "edgestats/edgestats"
    }
  }
}

# Keys come from the environment: TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY,
# CDNETWORKS_USERNAME and CDNETWORKS_API_KEY. Only the vendors that are read need any.
provider "edgestats" {
  region      = "ap-guangzhou"
  quota_share = 0.5 # Leave half of every rate limit to others.
}
