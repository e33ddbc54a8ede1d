// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package documentation_test

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	// link is the target of a link or an image in Markdown.
	link = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	// ownFile is a URL of a file in this repository.
	ownFile = regexp.MustCompile(`https://github\.com/edgestats/terraform-provider-edgestats/(?:blob|tree)/main/([\w./-]+)`)
	// ownModule is a module source in this repository.
	ownModule = regexp.MustCompile(`github\.com/edgestats/terraform-provider-edgestats//([\w./-]+)`)
	heading   = regexp.MustCompile(`(?m)^#+ +(.*)$`)
	anchor    = regexp.MustCompile(`<a (?:id|name)="([^"]+)"`)
	linkText  = regexp.MustCompile(`\[([^\]]*)\]\([^)]*\)`)
	notInSlug = regexp.MustCompile(`[^\p{L}\p{N}_ -]`)
	elsewhere = regexp.MustCompile(`^(?:https?|mailto):`)
)

// Every link leads to a file of the repository, and to a heading of it if it names one.
func TestLinks(t *testing.T) {
	checked := 0
	for _, name := range append(filesBelow(t, ".", ".md"), filesBelow(t, "templates", ".tmpl")...) {
		page := read(t, name)
		for _, target := range targets(name, page) {
			checked++
			if err := resolve(t, target); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	if checked < 200 {
		t.Errorf("only %d links were checked", checked)
	}
}

// targets returns what the links of a page lead to within the repository. Links of a template are those of the page that is made
// of it.
func targets(name, page string) []string {
	place := strings.TrimSuffix(name, ".tmpl")
	if below, ok := strings.CutPrefix(place, "templates/"); ok {
		place = "docs/" + below
	}
	var found []string
	for _, match := range link.FindAllStringSubmatch(prose(page), -1) {
		file, fragment, hasFragment := strings.Cut(match[1], "#")
		if elsewhere.MatchString(match[1]) || strings.Contains(match[1], "{{") {
			continue
		}
		target := place
		if file != "" {
			target = path.Join(path.Dir(place), file)
		}
		if hasFragment {
			target += "#" + fragment
		}
		found = append(found, target)
	}
	for _, own := range []*regexp.Regexp{ownFile, ownModule} {
		for _, match := range own.FindAllStringSubmatch(page, -1) {
			found = append(found, match[1])
		}
	}
	return found
}

// resolve returns an error if there is no such file, or no such heading in it.
func resolve(t *testing.T, target string) error {
	t.Helper()
	file, fragment, hasFragment := strings.Cut(target, "#")
	if _, err := os.Stat(filepath.Join(root, filepath.FromSlash(file))); err != nil {
		return fmt.Errorf("there is no file %s", file)
	}
	if hasFragment && !anchors(read(t, file))[fragment] {
		return fmt.Errorf("there is no heading #%s in %s", fragment, file)
	}
	return nil
}

// anchors returns what links can name on a page: its headings as GitHub and the registries name them, and anchors in HTML.
func anchors(page string) map[string]bool {
	page = prose(page)
	named := make(map[string]bool)
	times := make(map[string]int)
	for _, match := range heading.FindAllStringSubmatch(page, -1) {
		text := linkText.ReplaceAllString(match[1], "$1")
		slug := strings.ReplaceAll(strings.ToLower(notInSlug.ReplaceAllString(strings.TrimSpace(text), "")), " ", "-")
		named[slug] = true
		if times[slug] > 0 { // A heading that was there before gets a number.
			named[fmt.Sprintf("%s-%d", slug, times[slug])] = true
		}
		times[slug]++
	}
	for _, match := range anchor.FindAllStringSubmatch(page, -1) {
		named[match[1]] = true
	}
	return named
}
