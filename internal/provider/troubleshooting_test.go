// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// summaries are in title case and have no punctuation. They are the first text in a call that makes an error, or have that
// name.
var summaries = regexp.MustCompile(`(?:(?:ErrorDiagnostic|AddError|AddAttributeError)\([^\n]*?|summary :?= )"([A-Z][A-Za-z ]+)"`)

// Whoever meets an error has to find it on the page about errors. What stands behind a summary is for people to keep
// complete.
func TestTroubleshootingKnowsEverySummary(t *testing.T) {
	page, err := os.ReadFile("../../templates/guides/troubleshooting.md")
	if err != nil {
		t.Fatal(err)
	}
	var files []string
	for _, pattern := range []string{"*.go", "../points/*.go"} {
		matches, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, matches...)
	}
	found := 0
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		text := strings.ReplaceAll(string(source), `"+vendor+"`, "CDNetworks") // Its errors are those of all vendors.
		for _, match := range summaries.FindAllStringSubmatch(text, -1) {
			found++
			if !strings.Contains(string(page), "`"+match[1]) {
				t.Errorf("%s: the page does not know %q", file, match[1])
			}
		}
	}
	if found < 25 {
		t.Errorf("only %d summaries were found", found)
	}
}
