// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
)

func TestAccFunctions(t *testing.T) {
	acctest.Needs(t, acctest.Functions)
	acctest.ClearEnvironment(t) // Functions need no keys.
	exactly := func(text string) knownvalue.Check { return knownvalue.NumberExact(number(t, text)) }
	want := map[string]struct {
		expression string
		check      knownvalue.Check
	}{
		"percentile":         {"provider::edgestats::percentile(range(1, 1001), 99.9)", exactly("999")},
		"percentile_exactly": {"provider::edgestats::percentile([0.009, 1], 50) == 0.009", knownvalue.Bool(true)},
		"percentile_large":   {"provider::edgestats::percentile([9007199254740993], 50)", exactly("9007199254740993")},
		"sparkline":          {"provider::edgestats::sparkline([1, 2, null, 3, 4])", knownvalue.StringExact("▁▃ ▅█")},
		"sparkline_empty":    {"provider::edgestats::sparkline([])", knownvalue.StringExact("")},
		"sparkline_late":     {"provider::edgestats::sparkline([1, terraform_data.late.output])", knownvalue.StringExact("▁█")},
		"unix":               {`provider::edgestats::unix("2026-01-15T08:00:00+08:00")`, exactly("1768435200")},
		"rfc3339":            {"provider::edgestats::rfc3339(1768435200)", knownvalue.StringExact("2026-01-15T00:00:00Z")},
		"plan":               {"provider::edgestats::rfc3339(provider::edgestats::unix(plantimestamp())) == plantimestamp()", knownvalue.Bool(true)},
		"mbps":               {"provider::edgestats::mbps(1e6, 3) == 2.666667", knownvalue.Bool(true)},
	}
	var config strings.Builder
	config.WriteString(requiredProviders + "resource \"terraform_data\" \"late\" {\n  input = 2\n}\n")
	var checks []statecheck.StateCheck
	for name, output := range want {
		fmt.Fprintf(&config, "output %q {\n  value = %s\n}\n", name, output.expression)
		checks = append(checks, statecheck.ExpectKnownOutputValue(name, output.check))
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps:                    []resource.TestStep{{Config: config.String(), ConfigStateChecks: checks}},
	})
}

func TestAccFunctionErrors(t *testing.T) {
	acctest.Needs(t, acctest.Functions)
	acctest.ClearEnvironment(t)
	tests := map[string]struct{ expression, want string }{
		"null value":  {"percentile([1, null], 50)", `"values" parameter: values\[1\]: null is not a value`},
		"no values":   {"percentile([], 50)", `"values" parameter: must hold at least one number`},
		"null list":   {"percentile(null, 50)", `"values" parameter: argument must not be null`},
		"percentile":  {"percentile([1], 101)", `"p" parameter: percentile must be greater than 0 and at most 100`},
		"no offset":   {`unix("2026-01-15")`, `"time" parameter: must be RFC 3339 with an offset`},
		"fraction":    {"rfc3339(0.5)", `"seconds" parameter: must be whole seconds`},
		"no duration": {"mbps(1, 0)", `"seconds" parameter: must be greater than 0, got 0`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories(),
				Steps: []resource.TestStep{{
					Config:      requiredProviders + "output \"test\" {\n  value = provider::edgestats::" + test.expression + "\n}\n",
					ExpectError: wrapped(test.want),
				}},
			})
		})
	}
}

// wrapped matches a text whose lines Terraform broke at blanks.
func wrapped(pattern string) *regexp.Regexp {
	return regexp.MustCompile(strings.ReplaceAll(pattern, " ", `\s+`))
}
