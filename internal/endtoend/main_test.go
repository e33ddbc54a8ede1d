// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package endtoend_test runs the provider as users do: Terraform or OpenTofu starts the program that this repository
// builds, and both get an environment of their own. What is tested here is what only shows in two processes: signals,
// logs, plans, certificates and proxies.
//
// Numbers in the names of tests are those of the catalogue of faults that the provider has to stand.
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

// plugins is the directory of the provider's program.
var plugins string

// buildProvider builds the program once, for the first test that needs it.
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
