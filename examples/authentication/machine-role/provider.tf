# The keys are those of a role that is bound to the machine. They come from its metadata service.
provider "edgestats" {
  cam_role_name = "reader"
}
