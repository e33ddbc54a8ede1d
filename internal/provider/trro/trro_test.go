// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package trro_test

import (
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

// Advice on a region that is missing or that does not have TRRO.
const (
	setRegion    = "This API may require a region: set region in this data source or in the provider block"
	changeRegion = "TRRO is not available in this region: set region, in this data source or in the provider block"
)

// testRegion tests where a data source has its region from.
func testRegion(t *testing.T, dataSource string, config acctest.Config) {
	t.Helper()
	tests := map[string]struct {
		environment        string
		provider, argument any
		want               string
	}{
		"environment":                {"ap-shanghai", nil, nil, "ap-shanghai"},
		"provider over environment":  {"ap-shanghai", "ap-guangzhou", nil, "ap-guangzhou"},
		"data source over provider":  {"ap-shanghai", "ap-guangzhou", "eu-frankfurt", "eu-frankfurt"},
		"data source, not in others": {"", nil, "eu-frankfurt", "eu-frankfurt"},
		"nowhere":                    {"", nil, nil, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			e := acctest.Start(t, emulator.Options{})
			t.Setenv("TENCENTCLOUD_REGION", test.environment)
			s := acctest.Configured(t, acctest.Config{"region": test.provider})
			_, problems := s.Read(t.Context(), t, dataSource, config.With(acctest.Config{"region": test.argument}))
			// The emulator is of the pages that require a region.
			if test.want == "" {
				acctest.ExpectProblem(t, problems, "region", "MissingParameter", setRegion)
			} else if len(problems) > 0 {
				t.Fatal(problems)
			}
			if got := e.CallsTo(emulator.TRRO)[0].Header.Get("X-TC-Region"); got != test.want {
				t.Errorf("the region sent is %q, want %q", got, test.want)
			}
		})
	}
}
