// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Command terraform-provider-edgestats serves the edgestats provider to Terraform and OpenTofu.
package main

import (
	"context"
	"flag"
	"log"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"

	"github.com/edgestats/terraform-provider-edgestats/internal/provider"
)

// version is set by the linker when a release is built.
var version = "dev"

func main() {
	debug := flag.Bool("debug", false, "serve for a debugger such as delve, and print how Terraform can attach")
	flag.Parse()

	err := providerserver.Serve(context.Background(), provider.New(version), providerserver.ServeOpts{
		Address: "registry.terraform.io/edgestats/edgestats",
		Debug:   *debug,
	})
	if err != nil {
		log.Fatal(err)
	}
}
