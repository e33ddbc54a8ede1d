// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Command edgestats-emulator serves emulated APIs for the provider on a loopback address, so that modules can be tested
// without an account. See edgestats-emulator -help.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"
)

// version is set by the linker when a release is built.
var version = "dev"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "edgestats-emulator:", err)
		os.Exit(1)
	}
}
