// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package cdn

import (
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest/expect"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider/arguments"
)

// Two options of one word or code would make one of them unreachable.
func TestTablesAreUnambiguous(t *testing.T) {
	word := regexp.MustCompile(`^[A-Z]{2}$`)
	for name, options := range map[string][]arguments.Option{"districts": districtOptions, "overseaCountries": overseaCountries} {
		words, codes, names := map[string]bool{}, map[int64]bool{}, map[string]bool{}
		for _, option := range options {
			if option.Word != "" && (words[option.Word] || !word.MatchString(option.Word)) || codes[option.Code] || names[option.Name] || option.Name == "" {
				t.Errorf("%s: %+v", name, option)
			}
			words[option.Word], codes[option.Code], names[option.Name] = true, true, true
		}
	}
	if len(overseaCountries) != 13 {
		t.Errorf("there are %d countries, and 13 are documented", len(overseaCountries))
	}
}

// The legacy API and its successor have the same codes for countries.
func TestCountriesAgree(t *testing.T) {
	for _, country := range overseaCountries {
		codes, diags := districts.Codes(texts(country.Word), path.Root("districts"))
		if len(diags) > 0 || len(codes) != 1 || codes[0] != country.Code {
			t.Errorf("%s is %v, want %d", country.Word, codes, country.Code)
		}
		if countryCode(country.Code) != country.Word {
			t.Errorf("%d is %s, want %s", country.Code, countryCode(country.Code), country.Word)
		}
	}
	for _, code := range []int64{-3, -2, 0, 9999} {
		if got := countryCode(code); got != "" {
			t.Errorf("%d is %s", code, got)
		}
	}
}

// validate returns what a table says against a text.
func validate(t *testing.T, table validator.String, text string) string {
	t.Helper()
	var resp validator.StringResponse
	table.ValidateString(t.Context(), validator.StringRequest{Path: path.Root("codes"), ConfigValue: types.StringValue(text)}, &resp)
	if len(resp.Diagnostics) == 0 {
		return ""
	}
	return resp.Diagnostics[0].Detail()
}

func TestTablesRefuse(t *testing.T) {
	const meant = `Did you mean `
	for _, test := range []struct {
		table validator.String
		text  string
		says  string
	}{
		{overseaRegions, "TH", ""},
		{overseaRegions, "57", ""},
		{overseaRegions, "-2", ""},
		{overseaISPs, "-1", ""},
		{overseaRegions, "75", `must be one of "TH" (or 57), "IN" (or 73), `},
		{overseaRegions, "Thailand", meant + `"TH"?`},
		{overseaRegions, "th", meant + `"TH"?`},
		{overseaISPs, "2", `must be -1 (all ISPs outside the Chinese mainland), got "2".`},
		{districts, "TH", ""},
		{districts, "4", ""},
		{districts, "9999", ""},
		{districts, "Guangdong", meant + "4 (Guangdong)?"},
		{districts, "Japan", meant + `"JP"?`},
		{districts, "Beijing", meant + "22 (Beijing)?"},
		{districts, "CN", meant + "4460 (Chinese mainland)?"},
		{districts, "UK", meant + `"GB"?`},
		{overseaRegions, "Korea", meant + `"KR"?`},
		{districts, "XX", `must be an ISO 3166-1 alpha-2 country code such as "TH", or a code such as 4 (Guangdong) from https://`},
		{isps, "China Mobile", meant + "1046 (China Mobile)?"},
		{metrics, "404", ""},
		{metrics, "99", `or a status code such as 404, got "99"`},
		{metrics, "requests", meant + `"request"?`},
		{metrics, "status_code", meant + `"statusCode"?`},
		{statTypes, "request", meant + `"requests"?`},
		{statTypes, "bandwidths", meant + `"bandwidth"?`},
		{intervals, "5m", meant + `"5min"?`},
		{intervals, "1m", meant + `"min"?`},
		{intervals, "hour", `must be one of "min", "5min", got "hour".`},
	} {
		got := validate(t, test.table, test.text)
		if !strings.Contains(got, test.says) || (got == "") != (test.says == "") {
			t.Errorf("%s: %q, want %q in it", test.text, got, test.says)
		}
		if len(got) > 1200 {
			t.Errorf("%s: %d characters are too many", test.text, len(got))
		}
	}
}

// Codes that the vendor's tables do not have are sent with a warning.
func TestUnknownCodesAreAWarning(t *testing.T) {
	m := districtISPDataModel{Domains: texts("a"), Districts: texts("TH", "9999", "4"), ISPs: texts("2", "77"), Metric: types.StringValue("699")}
	q, diags := m.question()
	if len(q.places) != 3 || q.places[1] != 9999 || len(q.isps) != 2 || diags.HasError() || len(diags) != 3 {
		t.Fatalf("%+v, %v", q, diags)
	}
	expect.Diagnostic(t, diags[0], "districts", "9999")
	expect.Diagnostic(t, diags[1], "isps", "77")
	expect.Diagnostic(t, diags[2], "metric", "699")
	m = districtISPDataModel{Domains: texts("a"), Districts: texts("57"), ISPs: texts("-1"), Metric: types.StringValue("404")}
	if _, diags := m.question(); len(diags) > 0 {
		t.Errorf("%v", diags)
	}
}
