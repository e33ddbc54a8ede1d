// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"sync"
	"testing"

	"github.com/hashicorp/go-version"
)

// Feature is a feature that not every version of Terraform and OpenTofu has.
type Feature struct {
	name string
	// since maps each product to its first version with the feature.
	since map[product]string
}

// The features that tests and examples use beyond Terraform 1.0 and OpenTofu 1.6.
var (
	PlanTimestamp = Feature{"plantimestamp()", map[product]string{terraform: "1.5", openTofu: "1.6"}}
	// OpenTofu 1.7.0 has functions, but outputs cannot use them.
	Functions          = Feature{"functions of providers", map[product]string{terraform: "1.8", openTofu: "1.7.2"}}
	Mocks              = Feature{"mock_provider", map[product]string{terraform: "1.8", openTofu: "1.8"}}
	EphemeralResources = Feature{"ephemeral resources", map[product]string{terraform: "1.10", openTofu: "1.11"}}
	// OpenTofu 1.11 counts ephemeral resources among the changes of a plan.
	UncountedEphemeralResources = Feature{"uncounted ephemeral resources", map[product]string{terraform: "1.10", openTofu: "1.12"}}
)

// product is the name that the program prints before its version.
type product string

const (
	terraform product = "Terraform"
	openTofu  product = "OpenTofu"
)

// program is the Terraform or OpenTofu that applies configurations.
type program struct {
	path    string
	product product
	version *version.Version
}

// Terraform returns the path of the program that applies configurations: TF_ACC_TERRAFORM_PATH, or else terraform on
// PATH. Like the framework for acceptance tests, it skips the test unless TF_ACC is set.
func Terraform(t *testing.T) string {
	t.Helper()
	return applying(t).path
}

// Has reports whether the program that applies configurations has a feature.
func Has(t *testing.T, f Feature) bool {
	t.Helper()
	p := applying(t)
	return p.version.GreaterThanOrEqual(version.Must(version.NewVersion(f.since[p.product])))
}

// Needs skips the test if the program that applies configurations is too old for a feature.
func Needs(t *testing.T, f Feature) {
	t.Helper()
	if !Has(t, f) {
		p := applying(t)
		t.Skipf("Needs %s: Terraform %s or OpenTofu %s. This is %s %s.", f.name, f.since[terraform], f.since[openTofu], p.product, p.version)
	}
}

var requiredVersion = regexp.MustCompile(`required_version\s*=\s*"([^"]+)"`)

// NeedsRequiredVersion skips the test if the version of the program that applies configurations does not satisfy the
// required_version in config.
func NeedsRequiredVersion(t *testing.T, config string) {
	t.Helper()
	p := applying(t)
	for _, match := range requiredVersion.FindAllStringSubmatch(config, -1) {
		required, err := version.NewConstraint(match[1])
		if err != nil {
			t.Fatal(err)
		}
		if !required.Check(p.version) {
			t.Skipf("Needs Terraform or OpenTofu %s. This is %s %s.", required, p.product, p.version)
		}
	}
}

// SetUp sets environment variables for terraform-plugin-testing. It then runs the same program as all other tests, ignores
// the developer's CLI configuration, and serves the provider under the source address of the examples, with the default
// registry host of Terraform or OpenTofu.
func SetUp() error {
	if os.Getenv("TF_ACC") == "" {
		return nil
	}
	p, err := findProgram()
	if err != nil {
		return err
	}
	for variable, value := range map[string]string{
		"TF_ACC_TERRAFORM_PATH":     p.path,
		"TF_ACC_PROVIDER_HOST":      map[product]string{terraform: "registry.terraform.io", openTofu: "registry.opentofu.org"}[p.product],
		"TF_ACC_PROVIDER_NAMESPACE": "edgestats",
		"TF_CLI_CONFIG_FILE":        os.DevNull,
	} {
		if err := os.Setenv(variable, value); err != nil {
			return err
		}
	}
	return nil
}

func applying(t *testing.T) program {
	t.Helper()
	if os.Getenv("TF_ACC") == "" {
		t.Skip("Tests that start Terraform are skipped unless env 'TF_ACC' is set")
	}
	p, err := findProgram()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

var introduction = regexp.MustCompile(`(?m)^(Terraform|OpenTofu) v(\S+)$`)

// findProgram finds the program. It gets the product from the output of the program, because the file may have any name.
var findProgram = sync.OnceValues(func() (program, error) {
	path := os.Getenv("TF_ACC_TERRAFORM_PATH")
	if path == "" {
		path = "terraform"
	}
	path, err := exec.LookPath(path)
	if err != nil {
		return program{}, err
	}
	command := exec.Command(path, "version")
	command.Env = append(os.Environ(), "CHECKPOINT_DISABLE=1") // Do not check for new versions online.
	output, err := command.Output()
	if err != nil {
		return program{}, fmt.Errorf("%s version: %w", path, err)
	}
	match := introduction.FindSubmatch(output)
	if match == nil {
		return program{}, fmt.Errorf("%s is neither Terraform nor OpenTofu: %s", path, output)
	}
	v, err := version.NewVersion(string(match[2]))
	if err != nil {
		return program{}, err
	}
	return program{path, product(match[1]), v.Core()}, nil
})
