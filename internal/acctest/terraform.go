// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"os"
	"os/exec"
	"testing"
)

// Terraform returns the path of the program that applies configurations: TF_ACC_TERRAFORM_PATH, or else terraform on
// PATH. Like the framework for acceptance tests, it skips the test unless TF_ACC is set.
func Terraform(t *testing.T) string {
	t.Helper()
	if os.Getenv("TF_ACC") == "" {
		t.Skip("Tests that start Terraform are skipped unless env 'TF_ACC' is set")
	}
	path := os.Getenv("TF_ACC_TERRAFORM_PATH")
	if path == "" {
		path = "terraform"
	}
	path, err := exec.LookPath(path)
	if err != nil {
		t.Fatal(err)
	}
	return path
}
