# Temporary keys of a role that is bound to the machine, from its metadata service.
provider "edgestats" {
  cam_role_name = "reader"
}
