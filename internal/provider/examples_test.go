// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

const examples = "../../examples"

// exampleFolders returns the configurations of all examples by their folders. Those that do not name the provider get
// the provider's own example in front. The examples for alerting and fleets have modules and their own tests.
func exampleFolders(t *testing.T) map[string]string {
	t.Helper()
	folders := make(map[string]string)
	err := filepath.WalkDir(examples, func(path string, _ fs.DirEntry, err error) error {
		if path == filepath.Join(examples, "alerting") || path == filepath.Join(examples, "fleet") {
			return fs.SkipDir
		}
		if err != nil || filepath.Ext(path) != ".tf" {
			return err
		}
		content, err := os.ReadFile(path)
		folders[filepath.Dir(path)] += string(content) + "\n"
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for folder, config := range folders {
		if !strings.Contains(config, "required_providers") {
			folders[folder] = folders[filepath.Join(examples, "provider")] + config
		}
	}
	return folders
}

func TestEveryTypeHasAnExample(t *testing.T) {
	server := acctest.NewServer(t)
	tests := []struct {
		kind, file string
		want       []string
	}{
		{"data-sources", "data-source.tf", server.DataSources()},
		{"ephemeral-resources", "ephemeral-resource.tf", server.EphemeralResources()},
		{"functions", "function.tf", server.Functions()},
	}
	folders := exampleFolders(t)
	for _, test := range tests {
		t.Run(test.kind, func(t *testing.T) {
			var got []string
			for folder := range folders {
				if filepath.Base(filepath.Dir(folder)) == test.kind {
					got = append(got, filepath.Base(folder))
				}
			}
			slices.Sort(got)
			if !slices.Equal(got, test.want) {
				t.Errorf("there are examples of %v, want %v", got, test.want)
			}
			for _, name := range test.want {
				if _, err := os.Stat(filepath.Join(examples, test.kind, name, test.file)); err != nil {
					t.Error(err)
				}
			}
		})
	}
}

func TestAccExamples(t *testing.T) {
	for folder, config := range exampleFolders(t) {
		t.Run(strings.TrimPrefix(folder, examples+"/"), func(t *testing.T) {
			acctest.NeedsRequiredVersion(t, config)
			step := resource.TestStep{Config: config}
			if strings.Contains(config, "ephemeral \"") || strings.Contains(config, "ephemeral = true") {
				acctest.Needs(t, acctest.EphemeralResources) // required_version is the same for Terraform and OpenTofu.
			}
			if strings.Contains(config, "ephemeral \"") {
				step.ExpectNonEmptyPlan = !acctest.Has(t, acctest.UncountedEphemeralResources)
			}
			e := acctest.Start(t, emulator.Options{Limits: &emulator.Limits{}})
			// What some examples expect: a pipeline's token, and variables.
			t.Setenv("TENCENTCLOUD_ASSUME_ROLE_WEB_IDENTITY_TOKEN", emulator.DefaultWebIdentityToken)
			t.Setenv("TF_VAR_secret_id", emulator.DefaultSecretID)
			t.Setenv("TF_VAR_secret_key", emulator.DefaultSecretKey)
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories(),
				Steps:                    emptied(config, step),
			})
			for argument, issuer := range map[string]emulator.API{"assume_role": emulator.STS, "cam_role_name": emulator.Metadata} {
				if strings.Contains(config, argument) && len(e.CallsTo(issuer)) == 0 {
					t.Errorf("%s was not used: nobody asked %s for keys", argument, issuer)
				}
			}
		})
	}
}
