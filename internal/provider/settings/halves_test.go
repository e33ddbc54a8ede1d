// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package settings_test

import (
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
)

// The error says which half was found where, and which is missing.
func TestHalfASetOfCredentials(t *testing.T) {
	const set = "credentials must all come from one place"
	const user, key = "username-canary", "api-key-canary"
	noUser := map[string]string{"CDNETWORKS_USERNAME": "", "CDNETWORKS_API_KEY": ""}
	for name, test := range map[string]struct {
		blockTest

		want []string
	}{
		"an ID in the block": {
			blockTest{block: acctest.Config{"secret_id": keyID}, environment: keyInEnvironment},
			[]string{"The provider block sets secret_id but not secret_key", set, "so TENCENTCLOUD_SECRET_KEY is not used"},
		},
		"a secret in the block": {
			blockTest{block: acctest.Config{"secret_key": keySecret}, environment: keyInEnvironment},
			[]string{"The provider block sets secret_key but not secret_id", set, "so TENCENTCLOUD_SECRET_ID is not used"},
		},
		"a token in the block": {
			blockTest{block: acctest.Config{"security_token": "token-canary"}, environment: keyInEnvironment},
			[]string{"The provider block sets security_token but not secret_id and secret_key", set},
		},
		"an ID in the environment": {
			blockTest{environment: map[string]string{"TENCENTCLOUD_SECRET_ID": keyID}},
			[]string{
				"The environment has TENCENTCLOUD_SECRET_ID but not TENCENTCLOUD_SECRET_KEY", set,
				"set secret_id and secret_key in the provider block instead",
			},
		},
		"a secret in the environment": {
			blockTest{environment: map[string]string{"TENCENTCLOUD_SECRET_KEY": keySecret}},
			[]string{"The environment has TENCENTCLOUD_SECRET_KEY but not TENCENTCLOUD_SECRET_ID", set},
		},
		"a secret and a token in the environment": {
			blockTest{environment: map[string]string{"TENCENTCLOUD_SECRET_KEY": keySecret, "TENCENTCLOUD_SECURITY_TOKEN": "token-canary"}},
			[]string{"The environment has TENCENTCLOUD_SECRET_KEY and TENCENTCLOUD_SECURITY_TOKEN but not TENCENTCLOUD_SECRET_ID"},
		},
		"a user in the block": {
			blockTest{dataSource: ofCDNetworks, block: acctest.Config{"cdnetworks": acctest.Config{"username": user}}},
			[]string{"The provider block sets cdnetworks.username but not cdnetworks.api_key", set, "so CDNETWORKS_API_KEY is not used"},
		},
		"a user's key in the block": {
			blockTest{dataSource: ofCDNetworks, block: acctest.Config{"cdnetworks": acctest.Config{"api_key": key}}},
			[]string{"The provider block sets cdnetworks.api_key but not cdnetworks.username", set, "so CDNETWORKS_USERNAME is not used"},
		},
		"a user in the environment": {
			blockTest{dataSource: ofCDNetworks, environment: map[string]string{"CDNETWORKS_API_KEY": ""}},
			[]string{"The environment has CDNETWORKS_USERNAME but not CDNETWORKS_API_KEY", set},
		},
		"no user": {
			blockTest{dataSource: ofCDNetworks, environment: noUser},
			[]string{"Set cdnetworks.username and cdnetworks.api_key in the provider block, or CDNETWORKS_USERNAME and CDNETWORKS_API_KEY in the environment"},
		},
		"no key": {
			blockTest{},
			[]string{"Set secret_id and secret_key in the provider block, or TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY in the environment"},
		},
	} {
		t.Run(name, func(t *testing.T) { test.expect(t, test.want...) })
	}
}

// What is wrong names the argument or the variable that the value comes from.
func TestShortCredentialsAreNamed(t *testing.T) {
	const short = " has fewer than 8 characters"
	for name, test := range map[string]struct {
		blockTest

		want string
	}{
		"a user's key in the block": {
			blockTest{dataSource: ofCDNetworks, block: acctest.Config{"cdnetworks": acctest.Config{"username": "example", "api_key": "canary1"}}},
			"cdnetworks.api_key" + short,
		},
		"a user's key in the environment": {
			blockTest{dataSource: ofCDNetworks, environment: map[string]string{"CDNETWORKS_API_KEY": "canary1"}}, "CDNETWORKS_API_KEY" + short,
		},
		"a token of HCP Terraform": {
			blockTest{environment: map[string]string{"TENCENTCLOUD_ASSUME_ROLE_ARN": reader, "TFC_WORKLOAD_IDENTITY_TOKEN": "canary1"}},
			"TFC_WORKLOAD_IDENTITY_TOKEN" + short,
		},
	} {
		t.Run(name, func(t *testing.T) { test.expect(t, test.want) })
	}
}
