# Whatever keys are found, here or in the environment, assume this role. Its own keys are used for every call.
provider "edgestats" {
  assume_role = {
    role_arn     = "qcs::cam::uin/100000000001:roleName/reader"
    session_name = "traffic-report"      # Optional. The vendor's audit log shows it.
    external_id  = "example-external-id" # Only if the role's trust policy asks for one.

    # Optional. It allows less than the role does, never more.
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
