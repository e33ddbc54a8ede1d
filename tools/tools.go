// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package tools runs the programs that maintain this repository. It is a separate module, so that their dependencies are not
// those of the provider.
package tools

// The examples become part of the pages, so they are formatted first.
//go:generate terraform fmt -recursive ../examples/

//go:generate go tool tfplugindocs generate --provider-dir .. --provider-name edgestats
