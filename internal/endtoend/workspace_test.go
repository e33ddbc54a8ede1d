// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package endtoend_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
)

const requiredProviders = `
terraform {
  required_providers {
    edgestats = {
      source = "edgestats/edgestats"
    }
  }
}
`

// cliConfig makes Terraform use the provider in a directory, without `terraform init`.
const cliConfig = `
provider_installation {
  dev_overrides {
    "edgestats/edgestats" = %q
  }
  direct {}
}
`

// workspace is a directory with a configuration.
type workspace struct {
	terraform string
	dir       string
	// env is the complete environment of Terraform and the provider.
	env []string
}

// newWorkspace writes a configuration.
func newWorkspace(t *testing.T, config string, env ...map[string]string) *workspace {
	t.Helper()
	w := emptyWorkspace(t, env...)
	writeFile(t, filepath.Join(w.dir, "main.tf"), requiredProviders+config)
	return w
}

// emptyWorkspace makes a directory without a configuration. Later variables override earlier ones. Only PATH is inherited.
func emptyWorkspace(t *testing.T, env ...map[string]string) *workspace {
	t.Helper()
	w := &workspace{terraform: acctest.Terraform(t), dir: t.TempDir()}
	if err := buildProvider(); err != nil {
		t.Fatal(err)
	}
	cli := filepath.Join(w.dir, "cli.tfrc")
	writeFile(t, cli, fmt.Sprintf(cliConfig, plugins))
	w.env = []string{"PATH=" + os.Getenv("PATH"), "TF_CLI_CONFIG_FILE=" + cli, "TF_IN_AUTOMATION=1", "CHECKPOINT_DISABLE=1"}
	for _, variables := range slices.Concat([]map[string]string{acctest.HomeVariables(w.dir)}, env) {
		for name, value := range variables {
			w.env = append(w.env, name+"="+value)
		}
	}
	return w
}

func writeFile(t *testing.T, name, content string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

// command returns a Terraform command, which is killed after five minutes.
func (w *workspace) command(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	return w.program(t, 5*time.Minute, w.terraform, args...)
}

// program returns the command of a program, which is killed when it takes longer than the limit.
func (w *workspace) program(t *testing.T, limit time.Duration, name string, args ...string) *exec.Cmd {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), limit)
	t.Cleanup(cancel)
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir, cmd.Env = w.dir, w.env
	cmd.WaitDelay = 10 * time.Second // To read the rest of the output.
	return cmd
}

// run runs a Terraform command to its end.
func (w *workspace) run(t *testing.T, args ...string) result {
	t.Helper()
	return start(t, w.command(t, args...)).wait()
}

func (w *workspace) plan(t *testing.T, options ...string) result {
	t.Helper()
	return w.run(t, slices.Concat([]string{"plan", "-input=false", "-no-color"}, options)...)
}

func (w *workspace) apply(t *testing.T, options ...string) result {
	t.Helper()
	return w.run(t, slices.Concat([]string{"apply", "-input=false", "-no-color", "-auto-approve"}, options)...)
}

// show decodes the state, or the plan in a file, as Terraform writes it for programs.
func (w *workspace) show(t *testing.T, document any, file ...string) {
	t.Helper()
	shown := w.run(t, slices.Concat([]string{"show", "-json"}, file)...)
	shown.expect(t, 0)
	decoder := json.NewDecoder(strings.NewReader(shown.stdout))
	decoder.UseNumber() // It keeps every digit.
	if err := decoder.Decode(document); err != nil {
		t.Fatal(err)
	}
}

// state returns the attributes of all resources and data sources by address.
func (w *workspace) state(t *testing.T) map[string]map[string]any {
	t.Helper()
	var document struct {
		Values struct {
			RootModule struct {
				Resources []struct {
					Address string
					Values  map[string]any
				}
			} `json:"root_module"`
		}
	}
	w.show(t, &document)
	attributes := make(map[string]map[string]any)
	for _, resource := range document.Values.RootModule.Resources {
		attributes[resource.Address] = resource.Values
	}
	return attributes
}

// retrying is what the provider logs before a retry.
const retrying = "Retrying"

// logged makes Terraform and the provider log everything to a file.
var logged = map[string]string{"TF_LOG": "TRACE", "TF_LOG_PATH": logFile}

const logFile = "terraform.log"

// log returns the log so far.
func (w *workspace) log(t *testing.T) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(w.dir, logFile))
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// result is the result of a Terraform command.
type result struct {
	code           int
	stdout, stderr string
}

// expect fails the test unless the command exited with a code.
func (r result) expect(t *testing.T, code int) {
	t.Helper()
	if r.code != code {
		t.Fatalf("exit code %d, want %d\n%s%s", r.code, code, r.stdout, r.stderr)
	}
}

// problem is an error as Terraform shows it.
type problem struct {
	Severity, Summary, Detail string
}

// problem returns the one error of a command that ran with -json, and fails the test if it has none or several.
func (r result) problem(t *testing.T) problem {
	t.Helper()
	r.expect(t, 1)
	var problems []problem
	for line := range strings.Lines(r.stdout) {
		var message struct{ Diagnostic problem }
		if err := json.Unmarshal([]byte(line), &message); err != nil {
			t.Fatalf("%v in %s", err, line)
		}
		if message.Diagnostic.Severity == "error" {
			problems = append(problems, message.Diagnostic)
		}
	}
	if len(problems) != 1 {
		t.Fatalf("%d errors, want 1\n%+v\n%s", len(problems), problems, r.stderr)
	}
	return problems[0]
}

// expect fails the test unless the error contains all texts.
func (p problem) expect(t *testing.T, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !strings.Contains(p.Summary+"\n"+p.Detail, text) {
			t.Errorf("the error does not say %q\n%s\n%s", text, p.Summary, p.Detail)
		}
	}
}
