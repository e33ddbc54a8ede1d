// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Command terraform-provider-edgestats serves the edgestats provider to Terraform and OpenTofu.
package main

import (
	"flag"
	"log"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"

	"github.com/edgestats/terraform-provider-edgestats/internal/provider"
)

// version is set by the linker when a release is built.
var version = "dev"

func main() {
	debug := flag.Bool("debug", false, "serve for a debugger such as delve, and print how Terraform can attach")
	flag.Parse()

	var options []tf6server.ServeOpt
	if *debug {
		options = append(options, tf6server.WithManagedDebug())
	}
	server := func() tfprotov6.ProviderServer { return provider.Server(provider.New(version)()) }
	if err := tf6server.Serve("registry.terraform.io/edgestats/edgestats", server, options...); err != nil {
		log.Fatal(err)
	}
}
