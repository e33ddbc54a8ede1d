// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"archive/zip"
	"errors"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/echoprovider"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
)

// The echo provider puts into state what it is given, which shows what the ephemeral resource returns.
func TestAccMNAStatisticExportEphemeral(t *testing.T) {
	acctest.Needs(t, acctest.EphemeralResources)
	startForTerraform(t, nil)
	factories := acctest.Factories()
	factories["echo"] = echoprovider.NewProviderServer()
	data := tfjsonpath.New("data")
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: factories,
		Steps: []resource.TestStep{{
			ExpectNonEmptyPlan: !acctest.Has(t, acctest.UncountedEphemeralResources),
			Config: `
ephemeral "edgestats_mna_statistic_export" "test" {
  group_id         = "group-1"
  time_granularity = "day"
  begin_time       = "2026-01-01T00:00:00+08:00"
  end_time         = 1768406399
}

provider "echo" {
  data = ephemeral.edgestats_mna_statistic_export.test
}

resource "echo" "test" {}
`,
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownValue("echo.test", data.AtMapKey("end_time"), knownvalue.StringExact("1768406399")),
				statecheck.ExpectKnownValue("echo.test", data.AtMapKey("expires_at"), knownvalue.StringExact("2026-01-15T21:00:00+08:00")),
				statecheck.ExpectKnownValue("echo.test", data.AtMapKey("file_path"), knownvalue.NotNull()),
				statecheck.ExpectKnownValue("echo.test", data.AtMapKey("request_id"), knownvalue.NotNull()),
				statecheck.ExpectKnownValue("echo.test", data.AtMapKey("window").AtMapKey("end"), knownvalue.StringExact("2026-01-15T00:00:00+08:00")),
			},
		}},
	})
}

// A provisioner gets the address, and no file that Terraform keeps has any part of what makes it work.
func TestAccMNAStatisticExportEphemeralLeavesNoTrace(t *testing.T) {
	acctest.Needs(t, acctest.EphemeralResources)
	startForTerraform(t, nil)
	files, shown := t.TempDir(), filepath.Join(t.TempDir(), "shown")
	for variable, value := range map[string]string{
		"SHOWN": shown, "PLAN": filepath.Join(files, "plan-before"), "TF_ACC_TEMP_DIR": files, "TF_ACC_PERSIST_WORKING_DIR": "1",
		"TF_LOG": "TRACE", "TF_ACC_LOG_PATH": filepath.Join(files, "log"),
	} {
		t.Setenv(variable, value)
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{{
			ExpectNonEmptyPlan: !acctest.Has(t, acctest.UncountedEphemeralResources),
			Config: requiredProviders + `
ephemeral "edgestats_mna_statistic_export" "test" {
  device_name      = "gateway-1"
  time_granularity = "hour"
  lookback         = "24h"
}

resource "terraform_data" "test" {
  provisioner "local-exec" {
    command     = "printf '%s' \"$ADDRESS\" > \"$SHOWN\" && cp tfplan \"$PLAN\""
    environment = { ADDRESS = ephemeral.edgestats_mna_statistic_export.test.file_path }
  }
}
`,
		}},
	})

	secrets := querySecrets(t, shown)
	// These files have to be among those that are looked at, with these texts in them.
	expected := [][2]string{
		{"plan-before/tfplan", "terraform_data"},
		{"tfplan/tfstate", "terraform_data"},
		{"terraform.tfstate", "terraform_data"},
		{"log", "HTTP exchange"},
		{"log", `vertex "ephemeral.edgestats_mna_statistic_export.test`},
	}
	eachFile(t, files, func(name, content string) {
		expected = slices.DeleteFunc(expected, func(e [2]string) bool {
			return strings.HasSuffix(name, e[0]) && strings.Contains(content, e[1])
		})
		for _, secret := range secrets {
			if strings.Contains(content, secret) {
				t.Errorf("%s is in %s", secret, name)
			}
		}
	})
	if len(expected) > 0 {
		t.Errorf("there is no %q", expected)
	}
}

// querySecrets returns what the query of the address in a file consists of, but for words that everyone knows.
func querySecrets(t *testing.T, file string) []string {
	t.Helper()
	address, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(string(address))
	if err != nil {
		t.Fatal(err)
	}
	secrets := []string{"q-signature", u.RawQuery}
	for name, values := range u.Query() {
		if name != "q-header-list" && name != "q-url-param-list" && name != "q-sign-algorithm" {
			secrets = append(secrets, values[0], url.QueryEscape(values[0]))
		}
	}
	if len(secrets) < 10 {
		t.Fatalf("%s has no signature", address)
	}
	return secrets
}

// eachFile visits the files below a directory, and those in archives, which plans are. It leaves out the sources of this
// package and those below, which the test framework copies there.
func eachFile(t *testing.T, dir string, visit func(name, content string)) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() || filepath.Ext(path) == ".go" {
			return err
		}
		archive, err := zip.OpenReader(path)
		if errors.Is(err, zip.ErrFormat) {
			content, err := os.ReadFile(path)
			visit(path, string(content))
			return err
		}
		if err != nil {
			return err
		}
		for _, part := range archive.File {
			content, err := part.Open()
			if err != nil {
				return err
			}
			text, err := io.ReadAll(content)
			visit(filepath.Join(path, part.Name), string(text))
			if err := errors.Join(err, content.Close()); err != nil {
				return err
			}
		}
		return archive.Close()
	})
	if err != nil {
		t.Fatal(err)
	}
}
