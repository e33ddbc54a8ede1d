terraform {
  required_providers {
    edgestats = {
      source = "edgestats/edgestats"
    }
  }
}

# Keys come from the environment: TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY,
# CDNETWORKS_USERNAME and CDNETWORKS_API_KEY. Only the vendors that you read need keys.
provider "edgestats" {
  quota_share = 0.5 # Leave half of every rate limit to other clients.
}
