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
		"rfc3339_offset":     {`provider::edgestats::rfc3339(1768435200, "+08:00")`, knownvalue.StringExact("2026-01-15T08:00:00+08:00")},
		"rfc3339_null":       {"provider::edgestats::rfc3339(1768435200, null)", knownvalue.StringExact("2026-01-15T00:00:00Z")},
		"percentile_nulls":   {"provider::edgestats::percentile([null, 1, 3, null, 2], 100)", exactly("3")},
		"change":             {"provider::edgestats::change(90, 80)", exactly("12.5")},
		"change_exactly":     {"provider::edgestats::change(100.0000005, 100) == 0.000001", knownvalue.Bool(true)},
		"change_null":        {"provider::edgestats::change(null, 80) == null", knownvalue.Bool(true)},
		"change_from_zero":   {"provider::edgestats::change(80, 0) == null", knownvalue.Bool(true)},
		"resample": {
			`provider::edgestats::resample(["2026-01-14T16:00:00Z", "2026-01-15T15:00:00Z", "2026-01-15T16:00:00Z"], [0.1, 0.2, null], "day", "sum")`,
			series("2026-01-15T00:00:00+08:00", exactly("0.3")),
		},
		"resample_offset": {
			`provider::edgestats::resample(["2026-01-15T12:34:56Z"], [9007199254740993], "6h", "last", "Z")`,
			series("2026-01-15T12:00:00Z", exactly("9007199254740993")),
		},
		"resample_late": {
			`provider::edgestats::resample(["2026-01-15T12:34:56Z"], [terraform_data.late.output], "week", "count", null)`,
			series("2026-01-12T00:00:00+08:00", exactly("1")),
		},
		"top": {
			"provider::edgestats::top({ a = 1, b = 9007199254740993, c = null, d = 1 }, 2)",
			knownvalue.ListExact([]knownvalue.Check{entry("b", exactly("9007199254740993")), entry("a", exactly("1"))}),
		},
		"top_late": {
			"provider::edgestats::top({ a = 1, b = terraform_data.late.output }, 1)",
			knownvalue.ListExact([]knownvalue.Check{entry("b", exactly("2"))}),
		},
		"mbps": {"provider::edgestats::mbps(1e6, 3) == 2.666667", knownvalue.Bool(true)},
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
		"no values":   {"percentile([null], 50)", `"values" parameter: must have at least one number that is not null`},
		"null list":   {"percentile(null, 50)", `"values" parameter: argument must not be null`},
		"percentile":  {"percentile([1], 101)", `"p" parameter: must be from 1 to 100, got 101`},
		"ratio":       {"percentile([1], 0.95)", `"p" parameter: must be from 1 to 100, got 0.95; write 95 for the 95th percentile`},
		"offset":      {`rfc3339(0, "UTC+8")`, `"offset" parameter: must be hours and minutes such as "\+08:00", or "Z" for UTC, got "UTC\+8"; write "\+08:00"`},
		"two offsets": {`rfc3339(0, "Z", "+08:00")`, `"offset" parameter: must be at most one offset, got 2`},
		"change":      {`change("many", 1)`, `"current" parameter: a number is required`},
		"lengths":     {`resample(["2026-01-15T00:00:00Z"], [], "day", "sum")`, `"values" parameter: must have as many elements as times, which has 1, got 0`},
		"null times":  {`resample(null, [], "day", "sum")`, `"times" parameter: argument must not be null`},
		"times":       {`resample(["2026-01-15T00:00:00+0800"], [1], "day", "sum")`, `"times" parameter: times\[0\] must have an offset of the form \+08:00, got "2026-01-15T00:00:00\+0800"; write \+08:00`},
		"period":      {`resample([], [], "24", "sum")`, `"period" parameter: must have a unit, got "24"; write "24h" for hours or "24d" for days`},
		"how":         {`resample([], [], "day", "avg")`, `"how" parameter: must be one of "sum", "max", "min", "average", "count", "last", got "avg"; write "average"`},
		"top":         {"top({ a = 1 }, 1.5)", `"n" parameter: must be a whole number, got 1.5`},
		"null map":    {"top(null, 1)", `"values" parameter: argument must not be null`},
		"no offset":   {`unix("2026-01-15")`, `"time" parameter: must be a time, not a date, got "2026-01-15"; write`},
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

// series is a result of resample with one entry.
func series(label string, value knownvalue.Check) knownvalue.Check {
	return knownvalue.ObjectExact(map[string]knownvalue.Check{
		"time":  knownvalue.ListExact([]knownvalue.Check{knownvalue.StringExact(label)}),
		"value": knownvalue.ListExact([]knownvalue.Check{value}),
	})
}

// entry is an element of a result of top.
func entry(key string, value knownvalue.Check) knownvalue.Check {
	return knownvalue.ObjectExact(map[string]knownvalue.Check{"key": knownvalue.StringExact(key), "value": value})
}

// wrapped matches a text whose lines Terraform broke at blanks.
func wrapped(pattern string) *regexp.Regexp {
	return regexp.MustCompile(strings.ReplaceAll(pattern, " ", `\s+`))
}
