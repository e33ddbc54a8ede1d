// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package documentation_test compares the documentation with the program: its lists, its error messages and its links.
package documentation_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// root is the directory of the repository.
const root = "../.."

// read returns the content of a file of the repository.
func read(t *testing.T, name string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// filesBelow returns the files of the repository that have one of the extensions, by their paths with slashes. Directories that Git
// ignores and data of tests are left out.
func filesBelow(t *testing.T, directory string, extensions ...string) []string {
	t.Helper()
	var files []string
	err := filepath.WalkDir(filepath.Join(root, directory), func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if slices.Contains([]string{".git", ".terraform", "bin", "dist", "testdata"}, entry.Name()) {
				return fs.SkipDir
			}
			return nil
		}
		if slices.Contains(extensions, filepath.Ext(path)) {
			name, err := filepath.Rel(root, path)
			files = append(files, filepath.ToSlash(name))
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

var codeBlock = regexp.MustCompile("(?s)```.*?\n *```")

// prose returns a page without its code blocks.
func prose(page string) string { return codeBlock.ReplaceAllString(page, "") }

// rows returns the cells of every table row of a page, headers included.
func rows(page string) [][]string {
	var all [][]string
	for line := range strings.Lines(prose(page)) {
		line = strings.TrimSpace(line)
		if !strings.HasPrefix(line, "| ") || !strings.HasSuffix(line, "|") {
			continue
		}
		cells := strings.Split(strings.Trim(line, "|"), " | ")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		all = append(all, cells)
	}
	return all
}

var codeSpan = regexp.MustCompile("`([^`]+)`")

// codeSpans returns the texts of a page that are set as code within a line.
func codeSpans(page string) []string {
	var spans []string
	for _, match := range codeSpan.FindAllStringSubmatch(prose(page), -1) {
		spans = append(spans, match[1])
	}
	return spans
}
