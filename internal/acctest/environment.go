// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"os"
	"strings"
	"testing"
)

// environment lists the variables that the provider and Go's HTTP client read. Those for proxies also exist in lower case.
var environment = []string{
	"TENCENTCLOUD_SECRET_ID", "TENCENTCLOUD_SECRET_KEY", "TENCENTCLOUD_SECURITY_TOKEN", "TENCENTCLOUD_PROFILE",
	"TENCENTCLOUD_SHARED_CREDENTIALS_DIR", "TENCENTCLOUD_CAM_ROLE_NAME", "TENCENTCLOUD_ASSUME_ROLE_ARN",
	"TENCENTCLOUD_ASSUME_ROLE_SESSION_NAME", "TENCENTCLOUD_ASSUME_ROLE_SESSION_DURATION",
	"TENCENTCLOUD_ASSUME_ROLE_EXTERNAL_ID", "TENCENTCLOUD_ASSUME_ROLE_PROVIDER_ID",
	"TENCENTCLOUD_ASSUME_ROLE_WEB_IDENTITY_TOKEN", "TENCENTCLOUD_ASSUME_ROLE_WEB_IDENTITY_TOKEN_FILE",
	"TFC_WORKLOAD_IDENTITY_TOKEN", "TENCENTCLOUD_REGION", "TENCENTCLOUD_DOMAIN",
	"CDNETWORKS_USERNAME", "CDNETWORKS_API_KEY", "EDGESTATS_ENDPOINT_URL",
	"EDGESTATS_MAX_RETRIES", "EDGESTATS_QUOTA_SHARE",
	"HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR",
}

// HomeVariables returns the variables that make a directory the user's home on every system.
func HomeVariables(dir string) map[string]string {
	return map[string]string{
		"HOME": dir, "XDG_CONFIG_HOME": dir, // Unix.
		"USERPROFILE": dir, "HOMEDRIVE": "", "HOMEPATH": dir, "APPDATA": dir, "LOCALAPPDATA": dir, // Windows.
		"home": dir, // Plan 9.
	}
}

// ClearEnvironment isolates a test from the developer's environment variables and home directory. Of Terraform's variables,
// only those that SetUp sets remain.
func ClearEnvironment(t testing.TB) {
	t.Helper()
	for _, variable := range environment {
		t.Setenv(variable, "")
		if strings.HasSuffix(variable, "_PROXY") {
			t.Setenv(strings.ToLower(variable), "")
		}
	}
	for _, assignment := range os.Environ() {
		variable, _, _ := strings.Cut(assignment, "=")
		if strings.HasPrefix(variable, "TF_") && !strings.HasPrefix(variable, "TF_ACC") && variable != "TF_CLI_CONFIG_FILE" {
			t.Setenv(variable, "")
		}
	}
	for variable, value := range HomeVariables(t.TempDir()) {
		t.Setenv(variable, value)
	}
}
