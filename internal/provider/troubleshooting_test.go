// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
)

// summaries are in title case and have no punctuation. They are the first text in a call that makes an error or a warning, or
// have that name.
var summaries = regexp.MustCompile(`(?:(?:ErrorDiagnostic|WarningDiagnostic|AddError|AddAttributeError|AddAttributeWarning)\([^\n]*?|` +
	`(?:summary|invalidValue|invalidCombination|missingAttribute)\s+:?= )"([A-Z][a-z]+(?: [A-Za-z']+)+)"`)

// Users must find every error on the page about errors. The test checks summaries; people keep the details complete.
func TestTroubleshootingKnowsEverySummary(t *testing.T) {
	page, err := os.ReadFile("../../templates/guides/troubleshooting.md")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for file, source := range acctest.Sources(t, "*.go", "*/*.go", "../points/*.go") {
		text := strings.ReplaceAll(source, `"+vendor+"`, "CDNetworks") // Its errors are those of all vendors.
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
