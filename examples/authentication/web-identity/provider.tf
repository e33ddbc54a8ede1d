# The CI job provides an OIDC token in TENCENTCLOUD_ASSUME_ROLE_WEB_IDENTITY_TOKEN. No key is stored.
provider "edgestats" {
  assume_role_with_web_identity = {
    provider_id = "example-provider" # The name of the identity provider in CAM.
    role_arn    = "qcs::cam::uin/100000000001:roleName/reader"
  }
}
