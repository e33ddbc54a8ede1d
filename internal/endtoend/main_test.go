// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package endtoend_test runs the provider as users do: Terraform or OpenTofu starts the program that this repository
// builds, in an environment of its own. These tests are about what needs separate processes: signals, logs, plans,
// certificates and proxies.
package endtoend_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
)

// plugins is the directory of the built provider.
var plugins string

// buildProvider builds the provider once, when the first test needs it.
var buildProvider = sync.OnceValue(func() error {
	program := filepath.Join(plugins, "terraform-provider-edgestats")
	if runtime.GOOS == "windows" {
		program += ".exe"
	}
	if output, err := exec.Command("go", "build", "-o", program, "../..").CombinedOutput(); err != nil {
		return fmt.Errorf("build the provider: %w\n%s", err, output)
	}
	return nil
})

func TestMain(m *testing.M) {
	var err error
	if plugins, err = os.MkdirTemp("", "edgestats-endtoend"); err != nil {
		panic(err)
	}
	m.Run()
	if err := os.RemoveAll(plugins); err != nil {
		panic(err)
	}
}
