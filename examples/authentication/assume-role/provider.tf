# The keys found here or in the environment assume this role. All calls use the keys of the role.
provider "edgestats" {
  assume_role = {
    role_arn     = "qcs::cam::uin/100000000001:roleName/reader"
    session_name = "traffic-report"      # Optional. The vendor's audit log shows it.
    external_id  = "example-external-id" # Only if the role's trust policy asks for one.

    # Optional. It can only narrow what the role allows.
    policy = jsonencode({
      version = "2.0"
      statement = [{
        effect   = "allow"
        action   = ["mna:GetFlowStatistic"]
        resource = ["*"]
      }]
    })
  }
}
