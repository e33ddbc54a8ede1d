// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package endtoend_test

import (
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

// Without a provider block, Terraform would answer an error of Configure with one of its own, which asks for a block.
func TestInvalidVariablesWithoutAProviderBlock(t *testing.T) {
	t.Parallel()
	for variable, value := range map[string]string{
		"EDGESTATS_MAX_RETRIES": "1.5", "EDGESTATS_QUOTA_SHARE": "2", "EDGESTATS_ENDPOINT_URL": "https://mna.example.com/v2",
	} {
		t.Run(variable, func(t *testing.T) {
			t.Parallel()
			e := acctest.Serve(t, emulator.Options{})
			w := newWorkspace(t, flowStatistic, acctest.Variables(e.URL), map[string]string{variable: value})
			w.plan(t, "-json").problem(t).expect(t, "Invalid Environment Variable", variable+" must be ")
		})
	}
}

// Functions need no setting.
func TestInvalidVariablesThatNoReadNeeds(t *testing.T) {
	t.Parallel()
	const config = `output "speed" { value = provider::edgestats::mbps(1000000, 8) }`
	acctest.Needs(t, acctest.Functions)
	newWorkspace(t, config, map[string]string{"EDGESTATS_MAX_RETRIES": "1.5"}).plan(t).expect(t, 0)
}
