// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package suite

import (
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

// guides is the directory of the guides, relative to the tests of a service's package.
const guides = "../../../templates/guides"

// The guides name the calls that a data source makes, so that users can allow them.
func (d Description) testPermissions(t *testing.T) {
	t.Helper()
	e := acctest.Start(t, emulator.Options{})
	acctest.MustRead(t, d.Name, d.Config)
	for _, call := range e.CallsTo(d.API) {
		if d.API == emulator.CDNetworks {
			expectLine(t, "authentication.md.tmpl", "`"+call.Method+" "+call.Path+"`")
			continue
		}
		permission := camService(d.API) + ":" + call.Action
		expectLine(t, "trust-policies.md", "| `"+d.Name+"` |", " "+call.Action+" ", "`"+permission+"`")
		expectLine(t, "trust-policies.md", `        "`+permission+`"`)
	}
}

// camService returns the name of an API's service in CAM.
func camService(api emulator.API) string {
	if api == emulator.CDNLegacy {
		return string(emulator.CDN)
	}
	return string(api)
}

// expectLine fails the test unless one line of a guide contains all texts.
func expectLine(t *testing.T, guide string, texts ...string) {
	t.Helper()
	content, err := fs.ReadFile(os.DirFS(guides), guide)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(content)) {
		if !slices.ContainsFunc(texts, func(text string) bool { return !strings.Contains(line, text) }) {
			return
		}
	}
	t.Errorf("no line of templates/guides/%s has %q", guide, texts)
}
