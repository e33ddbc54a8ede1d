// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package documentation_test

import (
	"path"
	"strings"
	"testing"
)

// Guides are short. Those to look things up in, and recipes, may be longer.
func TestGuidesAreShort(t *testing.T) {
	for _, name := range filesBelow(t, "templates/guides", ".md", ".tmpl") {
		if base := path.Base(name); base != "troubleshooting.md" && base != "recipes.md" {
			expectWords(t, name, read(t, name), 1500)
		}
	}
}

func TestAddingADataSourceIsShort(t *testing.T) {
	_, section, found := strings.Cut(read(t, "CONTRIBUTING.md"), "\n## Adding a data source\n")
	if !found {
		t.Fatal("CONTRIBUTING.md does not say how to add a data source")
	}
	section, _, _ = strings.Cut(section, "\n## ")
	expectWords(t, "Adding a data source", section, 599)
}

func expectWords(t *testing.T, name, text string, most int) {
	t.Helper()
	if words := len(strings.Fields(text)); words > most {
		t.Errorf("%s has %d words, want at most %d", name, words, most)
	}
}
