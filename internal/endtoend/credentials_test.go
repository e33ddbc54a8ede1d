// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package endtoend_test

import (
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

func TestIncompleteCredentialsNameWhatToSet(t *testing.T) {
	t.Parallel()
	const (
		tencent    = "Missing Tencent Cloud Credentials"
		cdnetworks = "Missing CDNetworks Credentials"
	)
	for name, test := range map[string]struct {
		config string
		// unset are the variables that are not set.
		unset []string
		want  []string
	}{
		"no key": {
			config: flowStatistic,
			unset:  []string{"TENCENTCLOUD_SECRET_ID", "TENCENTCLOUD_SECRET_KEY"},
			want:   []string{tencent, "secret_id", "secret_key", "TENCENTCLOUD_SECRET_ID", "TENCENTCLOUD_SECRET_KEY"},
		},
		"half a key": {
			config: flowStatistic,
			unset:  []string{"TENCENTCLOUD_SECRET_KEY"},
			want:   []string{tencent, "secret_key", "TENCENTCLOUD_SECRET_KEY"},
		},
		"a key from two places": {
			config: flowStatistic + `provider "edgestats" { secret_id = "AKIDexampleSecretID" }`,
			want:   []string{tencent, "secret_key", "TENCENTCLOUD_SECRET_KEY"},
		},
		"no user": {
			config: relayTraffic,
			unset:  []string{"CDNETWORKS_USERNAME", "CDNETWORKS_API_KEY"},
			want:   []string{cdnetworks, "cdnetworks.username", "cdnetworks.api_key", "CDNETWORKS_USERNAME", "CDNETWORKS_API_KEY"},
		},
		"half a user": {
			config: relayTraffic,
			unset:  []string{"CDNETWORKS_USERNAME"},
			want:   []string{cdnetworks, "cdnetworks.username", "CDNETWORKS_USERNAME"},
		},
		"a user from two places": {
			config: relayTraffic + `provider "edgestats" { cdnetworks = { api_key = "example_apikey" } }`,
			want:   []string{cdnetworks, "cdnetworks.username", "CDNETWORKS_USERNAME"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.Serve(t, emulator.Options{})
			variables := acctest.Variables(e.URL)
			for _, variable := range test.unset {
				delete(variables, variable)
			}
			newWorkspace(t, test.config, variables).plan(t, "-json").problem(t).expect(t, test.want...)
			if calls := len(e.Calls()); calls > 0 {
				t.Errorf("the vendor was asked %d times", calls)
			}
		})
	}
}
