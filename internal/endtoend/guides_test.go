// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package endtoend_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

// A reader can copy the code of a guide from top to bottom: every command succeeds and prints what the guide shows.
func TestGuides(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		page string
		// builds says that the guide builds the provider and starts the emulator itself. The other guides find both.
		builds bool
		needs  acctest.Feature
	}{
		{page: "getting-started.md", builds: true, needs: acctest.Mocks},
		{page: "testing-with-the-emulator.md", builds: true, needs: acctest.Mocks},
		{page: "recipes.md", needs: acctest.EphemeralResources},
		{page: "time-windows.md", needs: acctest.Functions},
		{page: "percentiles-and-units.md", needs: acctest.Functions},
		{page: "alerting.md.tmpl", needs: acctest.Functions},
	} {
		t.Run(test.page, func(t *testing.T) {
			t.Parallel()
			acctest.Needs(t, test.needs)
			for _, program := range []string{"sh", "make", "curl", "jq"} {
				if _, err := exec.LookPath(program); err != nil {
					t.Fatalf("%s is needed on PATH", program)
				}
			}
			blocks := codeBlocks(t, test.page)
			var env map[string]string
			if test.builds {
				env = goVariables(t)
			} else {
				env = acctest.Variables(acctest.Serve(t, emulator.Options{Limits: &emulator.Limits{}}).URL)
			}
			followGuide(t, blocks, env)
		})
	}
}

// followGuide saves the files of a guide and runs its commands, in their order and in one shell.
func followGuide(t *testing.T, blocks []block, env map[string]string) {
	t.Helper()
	w := emptyWorkspace(t, env)
	programs := t.TempDir()
	if err := os.Symlink(w.terraform, filepath.Join(programs, "terraform")); err != nil { // It may be OpenTofu.
		t.Fatal(err)
	}
	w.env = append(w.env, "PATH="+programs+string(os.PathListSeparator)+os.Getenv("PATH"))
	name := filepath.Join(t.TempDir(), "guide.sh")
	writeFile(t, name, script(t, blocks))
	cmd := w.program(t, 15*time.Minute, "sh", name)
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) } // The script ends its emulator.
	r := start(t, cmd).wait()
	r.expect(t, 0)

	printed := withoutFigures(r.stdout)
	for _, line := range shown(blocks) {
		if !strings.Contains(printed, withoutFigures(line)) {
			t.Errorf("no command printed %q", line)
		}
	}
	if t.Failed() {
		t.Log(r.stdout)
	}
}

// block is a code block of a page.
type block struct{ language, text string }

var codeBlock = regexp.MustCompile("(?s)```(\\w+)\n(.*?\n)```\n")

// codeBlocks returns the code blocks of a guide.
func codeBlocks(t *testing.T, page string) []block {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("..", "..", "templates", "guides", page))
	if err != nil {
		t.Fatal(err)
	}
	var blocks []block
	for _, match := range codeBlock.FindAllStringSubmatch(string(content), -1) {
		blocks = append(blocks, block{match[1], match[2]})
	}
	if len(blocks) == 0 {
		t.Fatal("the page has no code blocks")
	}
	return blocks
}

var fileName = regexp.MustCompile(`^# (\S+)\n`)

// file returns the name of the file that a block is to be saved as. It is empty for fragments and for other languages.
func (b block) file() string {
	if match := fileName.FindStringSubmatch(b.text); match != nil && b.language == "hcl" {
		return match[1]
	}
	return ""
}

// script returns a script that saves the files of a guide and runs its `sh` blocks. Files that no command comes after are planned.
func script(t *testing.T, blocks []block) string {
	t.Helper()
	lines := []string{"set -ex", "trap 'kill $! 2>/dev/null || :' EXIT", "trap 'exit 1' INT TERM"}
	saved := false
	for _, b := range blocks {
		switch file := b.file(); {
		case file != "":
			lines = append(lines, fmt.Sprintf("mkdir -p '%s'\ncat >'%s' <<'END_OF_FILE'\n%sEND_OF_FILE", filepath.Dir(file), file, b.text))
			saved = true
		case b.language == "sh":
			lines = append(lines, b.text)
			saved = false
		}
	}
	if saved {
		lines = append(lines, "terraform plan")
	}
	return local(t).Replace(strings.Join(lines, "\n") + "\n")
}

// local replaces what a guide downloads by this working copy, and the port of the emulator by a free one.
func local(t *testing.T) *strings.Replacer {
	t.Helper()
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	const repository = "github.com/edgestats/terraform-provider-edgestats"
	return strings.NewReplacer(
		"git clone https://"+repository+".git provider",
		fmt.Sprintf("mkdir provider\ncp -R %s provider", strings.Join(sources(t, root), " ")),
		repository+"//", root+"/",
		"127.0.0.1:4180", acctest.FreeAddress(t),
	)
}

// sources returns what a clone of the repository has in its root and a build needs, quoted for a shell.
func sources(t *testing.T, root string) []string {
	t.Helper()
	entries, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	var paths []string
	for _, entry := range entries {
		if !slices.Contains([]string{".git", "bin", "dist"}, entry.Name()) {
			paths = append(paths, "'"+filepath.Join(root, entry.Name())+"'")
		}
	}
	return paths
}

// goVariables returns the settings of Go for a build with another home directory, so that nothing is downloaded again.
func goVariables(t *testing.T) map[string]string {
	t.Helper()
	output, err := exec.CommandContext(t.Context(), "go", "env", "-json",
		"GOCACHE", "GOMODCACHE", "GOPROXY", "GOSUMDB", "GOFLAGS", "GOTOOLCHAIN").Output()
	if err != nil {
		t.Fatal(err)
	}
	var variables map[string]string
	if err := json.Unmarshal(output, &variables); err != nil {
		t.Fatal(err)
	}
	return variables
}

// shown returns the lines that a guide says its commands print.
func shown(blocks []block) []string {
	var lines []string
	commands := false
	for _, b := range blocks {
		commands = commands || b.language == "sh"
		if b.language == "text" && commands {
			lines = append(lines, strings.Split(strings.TrimSpace(b.text), "\n")...)
		}
	}
	return slices.DeleteFunc(lines, func(line string) bool { return line == "…" })
}

var (
	figures = regexp.MustCompile(`\d[\d.]*|[▁▂▃▄▅▆▇█]+`)
	colors  = regexp.MustCompile(`\x1b\[[\d;]*m`)
)

// withoutFigures returns a text without colors, in which all numbers and sparklines are the same.
func withoutFigures(text string) string {
	return figures.ReplaceAllString(colors.ReplaceAllString(text, ""), "0")
}
