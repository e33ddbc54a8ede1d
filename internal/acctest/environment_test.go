// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestClearEnvironmentKeepsTheDevelopersOwnOut(t *testing.T) {
	const canary = "developers-own"
	for _, variable := range []string{
		"TENCENTCLOUD_SECRET_ID", "TFC_WORKLOAD_IDENTITY_TOKEN", "EDGESTATS_MAX_RETRIES",
		"HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "NO_PROXY", "no_proxy", "ALL_PROXY", "all_proxy",
		"SSL_CERT_FILE", "SSL_CERT_DIR", "TF_LOG", "TF_LOG_PROVIDER", "TF_VAR_secret_key", "TF_CLI_ARGS_plan", "TF_WORKSPACE",
		"HOME", "XDG_CONFIG_HOME", "USERPROFILE", "HOMEDRIVE", "HOMEPATH", "APPDATA", "LOCALAPPDATA", "home",
	} {
		t.Setenv(variable, canary)
	}
	t.Setenv("TF_ACC_TERRAFORM_PATH", "kept")
	ClearEnvironment(t)
	for _, assignment := range os.Environ() {
		if strings.Contains(assignment, canary) {
			t.Errorf("%s is still there", assignment)
		}
	}
	if os.Getenv("TF_ACC_TERRAFORM_PATH") != "kept" {
		t.Error("the program for acceptance tests is gone")
	}
	home, err := os.UserHomeDir()
	if err != nil {
		t.Fatal(err)
	}
	if files, err := os.ReadDir(home); err != nil || len(files) > 0 {
		t.Errorf("the home directory holds %v, %v", files, err)
	}
}

var providersVariable = regexp.MustCompile(`"((?:TENCENTCLOUD|CDNETWORKS|EDGESTATS|TFC)_[A-Z_]+)"`)

func TestEnvironmentHasEveryVariableOfTheProvider(t *testing.T) {
	found := 0
	for file, source := range Sources(t, "../provider/*.go", "../provider/*/*.go") {
		for _, match := range providersVariable.FindAllStringSubmatch(source, -1) {
			found++
			if !slices.Contains(environment, match[1]) {
				t.Errorf("%s: %s is not cleared", file, match[1])
			}
		}
	}
	if found < 20 {
		t.Errorf("only %d variables were found", found)
	}
}
