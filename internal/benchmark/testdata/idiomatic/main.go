// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Command idiomatic serves the provider that a benchmark compares edgestats with.
package main

import (
	"context"
	"log"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"

	"github.com/edgestats/terraform-provider-edgestats/internal/benchmark/idiomatic"
)

func main() {
	err := providerserver.Serve(context.Background(), idiomatic.New, providerserver.ServeOpts{
		Address: "registry.terraform.io/edgestats/idiomatic",
	})
	if err != nil {
		log.Fatal(err)
	}
}
