// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package benchmark_test

import (
	"cmp"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// planned is the number of points in a plan.
const planned = 50_000

// plans are configurations for the highest of all points, one per provider.
var plans = []struct{ name, provider, config string }{
	{"idiomatic", "idiomatic", `
data "idiomatic_mna_flow_statistic" "all" {
  device_id  = "mna-dev1"
  begin_time = 1735689600
  end_time   = 1735689601
}
output "highest" { value = max(data.idiomatic_mna_flow_statistic.all.net_details[*].current...) }
`},
	{"typed", "edgestats", fmt.Sprintf(edgestatsPlan, `["points"]`) + `
output "highest" { value = max(data.edgestats_mna_flow_statistic.all.net_details[*].current...) }
`},
	{"summary", "edgestats", fmt.Sprintf(edgestatsPlan, "[]") + `
output "highest" { value = data.edgestats_mna_flow_statistic.all.summary.max }
`},
	{"without-provider", "idiomatic", `
data "idiomatic_body" "all" {}
output "highest" { value = max(jsondecode(data.idiomatic_body.all.response_body).Response.NetDetails[*].Current...) }
`},
}

const edgestatsPlan = `
data "edgestats_mna_flow_statistic" "all" {
  device_id        = "mna-dev1"
  type             = "total"
  time_granularity = "5min"
  begin_time       = "1735689600"
  end_time         = "1735689900"
  include          = %s
}
`

func BenchmarkPlan(b *testing.B) {
	plugins := buildPlugins(b)
	serve(b, flowStatistic(planned))
	for _, plan := range plans {
		b.Run(plan.name, func(b *testing.B) {
			terraform := newTerraform(b, plugins, plan.provider, plan.config)
			var cpu time.Duration
			for b.Loop() {
				cpu += terraform("plan", "-input=false", "-no-color")
			}
			b.ReportMetric(float64(cpu.Milliseconds())/float64(b.N), "cpu-ms/op")
		})
	}
}

func BenchmarkProvidersSchema(b *testing.B) {
	plugins := buildPlugins(b)
	for _, name := range []string{"bare", "edgestats"} {
		b.Run(name, func(b *testing.B) {
			terraform := newTerraform(b, plugins, name, "")
			for b.Loop() {
				terraform("providers", "schema", "-json")
			}
			program, err := os.Stat(filepath.Join(plugins, "terraform-provider-"+name))
			if err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(program.Size())/1e6, "MB")
		})
	}
}

// buildPlugins builds the provider as it is released and the providers to compare it with.
func buildPlugins(b *testing.B) (dir string) {
	b.Helper()
	dir = b.TempDir()
	for name, source := range map[string]string{"edgestats": "../..", "idiomatic": "./testdata/idiomatic", "bare": "./testdata/bare"} {
		program := filepath.Join(dir, "terraform-provider-"+name)
		build := exec.CommandContext(b.Context(), "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", program, source)
		if output, err := build.CombinedOutput(); err != nil {
			b.Fatalf("build %s: %v\n%s", name, err, output)
		}
	}
	return dir
}

const (
	cliConfig = `
provider_installation {
  dev_overrides {
    "edgestats/%[1]s" = %[2]q
  }
  direct {}
}
`
	requiredProviders = `
terraform {
  required_providers {
    %[1]s = {
      source = "edgestats/%[1]s"
    }
  }
}
`
)

// newTerraform returns a function that runs Terraform with the configuration for a provider.
func newTerraform(b *testing.B, plugins, provider, config string) func(args ...string) time.Duration {
	b.Helper()
	dir := b.TempDir()
	cli := filepath.Join(dir, "cli.tfrc")
	for name, content := range map[string]string{
		cli:                           fmt.Sprintf(cliConfig, provider, plugins),
		filepath.Join(dir, "main.tf"): fmt.Sprintf(requiredProviders, provider) + config,
	} {
		if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
			b.Fatal(err)
		}
	}
	return func(args ...string) time.Duration {
		command := exec.CommandContext(b.Context(), cmp.Or(os.Getenv("TF"), "terraform"), args...)
		command.Dir = dir
		command.Env = append(os.Environ(), "TF_CLI_CONFIG_FILE="+cli, "TF_IN_AUTOMATION=1", "CHECKPOINT_DISABLE=1")
		if output, err := command.CombinedOutput(); err != nil {
			b.Fatalf("%v\n%s", err, output)
		}
		return command.ProcessState.UserTime() + command.ProcessState.SystemTime()
	}
}
