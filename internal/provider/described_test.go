// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
)

var (
	// descriptionName is the Name of a suite.Description, a constant.
	descriptionName = regexp.MustCompile(`suite\.Run\(t, suite\.Description\{\s+Name:\s+(\w+),`)
	constant        = regexp.MustCompile(`(?m)^const (\w+) = "(edgestats_\w+)"`)
)

// Every data source has a suite.Description in the tests of its service's package.
func TestEveryDataSourceIsDescribed(t *testing.T) {
	files, err := filepath.Glob("*/*_test.go")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		constants := make(map[string]string)
		for _, match := range constant.FindAllStringSubmatch(string(content), -1) {
			constants[match[1]] = match[2]
		}
		for _, match := range descriptionName.FindAllStringSubmatch(string(content), -1) {
			names = append(names, constants[match[1]])
		}
	}
	slices.Sort(names)
	if want := acctest.NewServer(t).DataSources(); !slices.Equal(names, want) {
		t.Errorf("described are %q, want each of %q once", names, want)
	}
}
