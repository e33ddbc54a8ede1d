terraform {
  required_version = ">= 1.10" # With OpenTofu, ">= 1.11".
}

# The URL of an Excel file, which Terraform does not store.
ephemeral "edgestats_mna_statistic_export" "gateways" {
  device_list      = ["gateway-1", "gateway-2"]
  time_granularity = "hour"
  lookback         = "24h"
}

# curl reads the URL from its standard input, because every user of the machine can see command lines. Provisioners run when
# the resource is created; the trigger replaces it once an hour, when the window has moved on.
resource "terraform_data" "excel" {
  triggers_replace = formatdate("YYYY-MM-DD hh:00", plantimestamp())

  provisioner "local-exec" {
    command = "printf 'url = \"%s\"\\n' \"$URL\" | curl --config - --fail --silent --show-error --output traffic.xlsx"

    environment = {
      URL = ephemeral.edgestats_mna_statistic_export.gateways.file_path
    }
  }
}
