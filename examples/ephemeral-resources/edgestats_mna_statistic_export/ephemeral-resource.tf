terraform {
  required_version = ">= 1.10" # Or OpenTofu 1.11.
}

# The address of a workbook, for the time of a run.
ephemeral "edgestats_mna_statistic_export" "gateways" {
  device_list      = ["gateway-1", "gateway-2"]
  time_granularity = "hour"
  lookback         = "24h"
}

# curl reads the address from its input: what is on a command line, every user of the machine can see.
resource "terraform_data" "workbook" {
  provisioner "local-exec" {
    command = "printf 'url = \"%s\"\\n' \"$ADDRESS\" | curl --config - --fail --silent --show-error --output traffic.xlsx"

    environment = {
      ADDRESS = ephemeral.edgestats_mna_statistic_export.gateways.file_path
    }
  }
}
