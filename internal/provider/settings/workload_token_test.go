// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package settings_test

import (
	"slices"
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

func TestTokenOfHCPTerraform(t *testing.T) {
	const flow = "GetFlowStatistic"
	token := map[string]string{"TFC_WORKLOAD_IDENTITY_TOKEN": emulator.DefaultWebIdentityToken}
	role := map[string]string{"TENCENTCLOUD_ASSUME_ROLE_ARN": reader}
	files := map[string]string{"default.credential": profile(t), "other.credential": profile(t)}
	byIdentity, byRole := []string{"AssumeRoleWithWebIdentity", flow}, []string{"AssumeRole", flow}
	block := func(member, value string) acctest.Config {
		return acctest.Config{"assume_role_with_web_identity": acctest.Config{"role_arn": reader, member: value}}
	}
	for name, test := range map[string]struct {
		block       acctest.Config
		environment map[string]string
		want        []string
	}{
		"a role in the environment":                 {environment: role, want: byIdentity},
		"a role in the block":                       {block: block("session_name", "plan"), want: byIdentity},
		"an empty token in the block":               {block: block("web_identity_token", ""), want: byIdentity},
		"not over a token's file":                   {block: block("web_identity_token_file", writeToken(t)), environment: map[string]string{"TFC_WORKLOAD_IDENTITY_TOKEN": "wrong-canary"}, want: byIdentity},
		"not without a role":                        {want: []string{flow}},
		"not over a key":                            {environment: together(role, keyInEnvironment), want: byRole},
		"not over a profile that is named":          {environment: together(role, map[string]string{"TENCENTCLOUD_PROFILE": "other"}), want: byRole},
		"not over a role of the machine":            {environment: together(role, map[string]string{"TENCENTCLOUD_CAM_ROLE_NAME": "machine"}), want: []string{"security-credentials", "AssumeRole", flow}},
		"not beside a role in assume_role's object": {block: acctest.Config{"assume_role": acctest.Config{"role_arn": reader}}, environment: role, want: byRole},
	} {
		t.Run(name, func(t *testing.T) {
			b := blockTest{block: test.block, environment: together(token, test.environment), files: files}
			if got := b.mustRead(t); !slices.Equal(got, test.want) {
				t.Errorf("%v were called, want %v", got, test.want)
			}
		})
	}
}
