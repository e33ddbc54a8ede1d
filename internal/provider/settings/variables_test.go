// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package settings_test

import (
	"slices"
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

// Terraform adds an error of its own to those of Configure where there is no provider block, and shows it first. So an
// invalid variable is an error of the reads that need it.
func TestInvalidVariablesAreErrorsOfReads(t *testing.T) {
	const summary, form = "Invalid Environment Variable: ", "must be a URL with scheme, host and optional port"
	for name, test := range map[string]struct {
		variable, value, want string
		block                 acctest.Config
	}{
		"retries":   {variable: "EDGESTATS_MAX_RETRIES", value: "1.5", want: `must be a whole number from 0 to 20, got "1.5"`},
		"share":     {variable: "EDGESTATS_QUOTA_SHARE", value: "80%", want: `must be a number above 0 and at most 1, got "80%"`},
		"endpoint":  {variable: "EDGESTATS_ENDPOINT_URL", value: "http://mna.example.com", want: "must use https"},
		"path":      {variable: "EDGESTATS_ENDPOINT_URL", value: "https://mna.example.com/v2/", want: form + `; remove "/v2"`},
		"user":      {variable: "EDGESTATS_ENDPOINT_URL", value: "https://user:canary@mna.example.com", want: form + "; remove the user name and password"},
		"query":     {variable: "EDGESTATS_ENDPOINT_URL", value: "https://mna.example.com?canary", want: form + "; remove the ? or # and everything after it"},
		"no scheme": {variable: "EDGESTATS_ENDPOINT_URL", value: "mna.example.com", want: form + `, got "mna.example.com"; write "https://mna.example.com"`},
	} {
		t.Run(name, func(t *testing.T) {
			for dataSource := range questions {
				blockTest{
					dataSource:  dataSource,
					environment: together(keyInEnvironment, map[string]string{"TENCENTCLOUD_REGION": "ap-guangzhou", test.variable: test.value}),
				}.expect(t, summary+test.variable+" "+test.want)
			}
		})
	}
	t.Run("domain", func(t *testing.T) {
		environment := map[string]string{"EDGESTATS_ENDPOINT_URL": "", "TENCENTCLOUD_DOMAIN": "https://example.com"}
		blockTest{block: keyInBlock, environment: environment}.expect(t, summary+"TENCENTCLOUD_DOMAIN must be a domain name")
	})
	t.Run("region", func(t *testing.T) {
		environment := map[string]string{"TENCENTCLOUD_REGION": "ap guangzhou"}
		blockTest{dataSource: ofTRRO, block: keyInBlock, environment: environment}.expect(t, summary+`TENCENTCLOUD_REGION must be a region such as "ap-guangzhou"`)
		blockTest{block: keyInBlock, environment: environment}.mustRead(t)
	})
	t.Run("endpoint of STS", func(t *testing.T) {
		e := acctest.Serve(t, emulator.Options{})
		blockTest{
			block: keyInBlock.With(acctest.Config{
				"endpoints": acctest.Config{"mna": e.URL}, "assume_role": acctest.Config{"role_arn": reader},
			}),
			environment: map[string]string{"EDGESTATS_ENDPOINT_URL": "mna.example.com"},
		}.expect(t, summary+"EDGESTATS_ENDPOINT_URL must be a URL")
	})
}

// An invalid variable that the block replaces, or that concerns another vendor, is not an error.
func TestInvalidVariablesThatNothingUses(t *testing.T) {
	e := acctest.Serve(t, oneKey())
	for name, test := range map[string]blockTest{
		"an endpoint":            {block: keyInBlock.With(acctest.Config{"endpoints": acctest.Config{"mna": e.URL}}), environment: map[string]string{"EDGESTATS_ENDPOINT_URL": "/"}},
		"another vendor's":       {dataSource: ofCDNetworks, environment: map[string]string{"TENCENTCLOUD_DOMAIN": "/", "TENCENTCLOUD_ASSUME_ROLE_ARN": "/"}},
		"retries and a share":    {block: keyInBlock.With(acctest.Config{"max_retries": 1, "quota_share": 1}), environment: map[string]string{"EDGESTATS_MAX_RETRIES": "many", "EDGESTATS_QUOTA_SHARE": "2"}},
		"a domain with endpoint": {block: keyInBlock, environment: map[string]string{"TENCENTCLOUD_DOMAIN": "/"}},
		"a region with another":  {dataSource: ofTRRO, block: keyInBlock.With(acctest.Config{"region": "ap-guangzhou"}), environment: map[string]string{"TENCENTCLOUD_REGION": "/"}},
	} {
		t.Run(name, func(t *testing.T) { test.mustRead(t) })
	}
}

func TestOneTrailingSlashIsTakenOff(t *testing.T) {
	e := acctest.Serve(t, oneKey())
	variable := map[string]string{"EDGESTATS_ENDPOINT_URL": e.URL + "/"}
	blockTest{block: keyInBlock, environment: variable}.mustRead(t)
	blockTest{block: acctest.Config{"cam_role_name": "machine"}, environment: variable}.mustRead(t)
	endpoints := acctest.Config{"mna": e.URL + "/", "sts": e.URL + "/"}
	blockTest{block: keyInBlock.With(acctest.Config{
		"endpoints": endpoints, "assume_role": acctest.Config{"role_arn": reader},
	})}.mustRead(t)
	var actions []string
	for _, call := range e.Calls() {
		actions = append(actions, call.Action)
	}
	const flow = "GetFlowStatistic"
	if want := []string{flow, "security-credentials", flow, "AssumeRole", flow}; !slices.Equal(actions, want) {
		t.Errorf("%v were called, want %v", actions, want)
	}
}
