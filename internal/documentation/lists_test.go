// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package documentation_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
)

// list is a file that must mention every type of a kind. In text, NAME stands for the type's name and SHORT for its name without
// the provider's prefix.
type list struct {
	file, text string
	// inRow says that the text must be in a table, beside a cell that is not empty.
	inRow bool
}

var (
	dataSourceLists = []list{
		{"README.md", "[`NAME`](docs/data-sources/SHORT.md)", true},
		{"templates/index.md.tmpl", "[NAME](data-sources/SHORT.md)", true},
		{"templates/guides/pipelines.md", "`NAME`", true},
		{"templates/guides/percentiles-and-units.md", "`NAME`", true},
		{"templates/guides/vocabulary.md", "`SHORT`", true},
		{"examples/README.md", "[data-sources/NAME](data-sources/NAME/data-source.tf)", true},
		{"CHANGELOG.md", "**New Data Source:** `NAME`: ", false},
		{"templates/data-sources/SHORT.md.tmpl", "", false},
	}
	ephemeralResourceLists = []list{
		{"README.md", "(docs/ephemeral-resources/SHORT.md)", false},
		{"examples/README.md", "[ephemeral-resources/NAME](ephemeral-resources/NAME/ephemeral-resource.tf)", true},
		{"CHANGELOG.md", "**New Ephemeral Resource:** `NAME`: ", false},
		{"templates/ephemeral-resources/SHORT.md.tmpl", "", false},
	}
	functionLists = []list{
		{"README.md", "[`NAME`](docs/functions/NAME.md)", false},
		{"examples/README.md", "[functions/NAME](functions/NAME/function.tf)", true},
		{"CHANGELOG.md", "**New Function:** `NAME`: ", false},
	}
)

// A new type must be added to these files.
func TestListsAreComplete(t *testing.T) {
	server := acctest.NewServer(t)
	for _, kind := range []struct {
		names []string
		lists []list
	}{
		{server.DataSources(), dataSourceLists},
		{server.EphemeralResources(), ephemeralResourceLists},
		{server.Functions(), functionLists},
	} {
		for _, name := range kind.names {
			for _, l := range kind.lists {
				l.check(t, name)
			}
		}
	}
}

func (l list) check(t *testing.T, name string) {
	t.Helper()
	names := strings.NewReplacer("NAME", name, "SHORT", strings.TrimPrefix(name, "edgestats_"))
	file, text := names.Replace(l.file), names.Replace(l.text)
	content, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(file)))
	switch {
	case err != nil:
		t.Errorf("%s: there is no file %s", name, file)
	case l.inRow && !hasRow(string(content), text):
		t.Errorf("%s: no table of %s has a row with %s", name, file, text)
	case !strings.Contains(string(content), text):
		t.Errorf("%s: %s does not contain %s", name, file, text)
	}
}

// hasRow reports whether a row of a table on the page has a text in one cell and something in another.
func hasRow(page, text string) bool {
	return slices.ContainsFunc(rows(page), func(cells []string) bool {
		i := slices.IndexFunc(cells, func(cell string) bool { return strings.Contains(cell, text) })
		return i >= 0 && slices.ContainsFunc(slices.Delete(cells, i, i+1), func(cell string) bool { return cell != "" })
	})
}

var typeUse = regexp.MustCompile(`(?m)^\s*(data|ephemeral|mock_data|override_data) "(edgestats_\w+)"|\b(data|ephemeral)\.(edgestats_\w+)\.`)

// Pages and examples use no type that was renamed or removed, also where no test applies them.
func TestOnlyRegisteredTypesAreUsed(t *testing.T) {
	server := acctest.NewServer(t)
	for _, file := range filesBelow(t, ".", ".md", ".tmpl", ".tf", ".hcl") {
		if file == "CHANGELOG.md" { // It also names types that were removed.
			continue
		}
		for _, match := range typeUse.FindAllStringSubmatch(read(t, file), -1) {
			registered := server.DataSources()
			if match[1]+match[3] == "ephemeral" {
				registered = server.EphemeralResources()
			}
			if name := match[2] + match[4]; !slices.Contains(registered, name) {
				t.Errorf("%s uses %s, which the provider does not have", file, name)
			}
		}
	}
}
