// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package arguments

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

func TestEntries(t *testing.T) {
	const twice = "; remove it with distinct()."
	tests := []struct {
		name    string
		rule    Entries
		list    types.List
		problem string
	}{
		{"entries", Entries{}, texts("a", "b"), ""},
		{"no list", Entries{}, types.ListNull(types.StringType), ""},
		{"an unknown list", Entries{}, types.ListUnknown(types.StringType), ""},
		{"an unknown entry", Entries{}, texts("a", "unknown", "b"), ""},
		{"empty", Entries{}, texts(), "error argument: argument must have at least one entry."},
		{"empty where omitting it means all", Entries{Omitted: "all domains"}, texts(), "error argument: argument must have at least one entry; for all domains, remove it or set it to null."},
		{"empty where it may be", Entries{MayBeEmpty: true}, texts(), ""},
		{"null", Entries{}, texts("a", "null"), "error argument[1]: argument[1] is null; remove it with compact()."},
		{"null among numbers", Entries{}, numbers(t, "1", "null"), "error argument[1]: argument[1] is null; remove it with [for v in … : v if v != null]."},
		{"an empty text", Entries{}, texts("", "a"), "error argument[0]: argument[0] is an empty string; remove it with compact()."},
		{"twice", Entries{}, texts("a", "b", "a"), `error argument[2]: argument[2] repeats argument[0], got "a"` + twice},
		{"three times", Entries{}, texts("a", "a", "a"), `error argument[1]: argument[1] repeats argument[0], got "a"` + twice + "\n" + `error argument[2]: argument[2] repeats argument[0], got "a"` + twice},
		{"in another case", Entries{}, texts("a.example.com", "A.example.com"), ""},
		{"in another case that does not matter", Entries{IgnoreCase: true}, texts("a.example.com", "A.example.com"), `error argument[1]: argument[1] means the same as argument[0], got "A.example.com"; remove one of them.`},
		{"a number twice", Entries{}, numbers(t, "1", "1.0"), "error argument[1]: argument[1] repeats argument[0], got 1" + twice},
		{"a word and its code", Entries{Rule: directions}, texts("uplink", "1"), `error argument[1]: argument[1] means the same as argument[0], got "1"; remove one of them.`},
		{"a country and its code", Entries{Rule: open}, texts("57", "75", "TH"), `error argument[2]: argument[2] means the same as argument[0], got "TH"; remove one of them.`},
		{"a separator", Entries{Separators: ";,"}, texts("a", "b;c", "d,e"), `error argument[1]: argument[1] must be a single entry without ";" or ",", got "b;c"; write an entry for each.
error argument[2]: argument[2] must be a single entry without ";" or ",", got "d,e"; write an entry for each.`},
		{"too many", Entries{Max: 2}, texts("a", "b", "c"), "error argument: argument must have at most 2 entries, got 3."},
		{"a rule of texts", Entries{Rule: relay}, texts("1h", "hour"), `error argument[1]: argument[1] must be one of "5m", "1h", "1d", got "hour". Did you mean "1h"?`},
		{"a rule of numbers", Entries{Rule: WholeNumberAtLeast(1)}, numbers(t, "1", "10.5", "0"), `error argument[1]: argument[1] must be a whole number, got 10.5.
error argument[2]: argument[2] must be at least 1, got 0.`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			expect(t, validateList(t, test.rule, test.list), test.problem)
		})
	}
	expect(t, Entries{Rule: relay}.MarkdownDescription(t.Context()), `no null, empty or repeated entries; each must be one of "5m", "1h", "1d"`)
}

func TestRulesRefuseOtherTypes(t *testing.T) {
	expect(t, validateList(t, Entries{Rule: NotEmpty()}, numbers(t, "1")), "error argument[0]: argument[0] must be a string.")
	expect(t, validateList(t, Entries{Rule: isPercentile()}, texts("1")), "error argument[0]: argument[0] must be a number.")
}

func TestWholeNumbers(t *testing.T) {
	tests := []struct {
		rule    NumberRule
		value   types.Number
		problem string
	}{
		{WholeNumberAtLeast(1), number(t, "1"), ""},
		{WholeNumberAtLeast(1), number(t, "9223372036854775807"), ""},
		{WholeNumberAtLeast(1), number(t, "1e3"), ""},
		{WholeNumberAtLeast(1), types.NumberNull(), ""},
		{WholeNumberAtLeast(1), types.NumberUnknown(), ""},
		{WholeNumberAtLeast(1), number(t, "10.5"), "error max_points: max_points must be a whole number, got 10.5."},
		{WholeNumberAtLeast(1), number(t, "0"), "error max_points: max_points must be at least 1, got 0."},
		{WholeNumberAtLeast(1), number(t, "9223372036854775808"), "error max_points: max_points must be at most 9223372036854775807, got 9223372036854775808."},
		{WholeNumber(0, 20), number(t, "20"), ""},
		{WholeNumber(0, 20), number(t, "21"), "error max_points: max_points must be from 0 to 20, got 21."},
		{WholeNumber(0, 20), number(t, "-1"), "error max_points: max_points must be from 0 to 20, got -1."},
		{WholeNumber(0, 20), number(t, "1.5"), "error max_points: max_points must be a whole number, got 1.5."},
		{WholeNumber(0, 20), number(t, "1e300"), "error max_points: max_points must be from 0 to 20, got 1e+300."},
		{WholeNumber(0, 20), number(t, "1e-300"), "error max_points: max_points must be a whole number, got 1e-300."},
	}
	for _, test := range tests {
		t.Run(test.value.String(), func(t *testing.T) {
			var resp validator.NumberResponse
			test.rule.ValidateNumber(t.Context(), validator.NumberRequest{Path: path.Root("max_points"), ConfigValue: test.value}, &resp)
			expect(t, said(resp.Diagnostics), test.problem)
		})
	}
	expect(t, WholeNumber(0, 20).MarkdownDescription(t.Context()), "a whole number, from 0 to 20")
}

func TestWholeNumbersAsIntegers(t *testing.T) {
	if Int64(types.NumberNull()) != nil {
		t.Error("null is a number")
	}
	if n := Int64(number(t, "9223372036854775807")); n == nil || *n != 9223372036854775807 {
		t.Errorf("got %v", n)
	}
	if got := Int64Or(types.NumberNull(), 7) + Int64Or(number(t, "-3"), 7); got != 4 {
		t.Errorf("got %d, want 7 and -3", got)
	}
}
