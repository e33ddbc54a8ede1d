// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package arguments

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

var (
	directions = Codes(
		Option{Word: "uplink", Code: 1, Near: []string{"up", "upload"}},
		Option{Word: "downlink", Code: 2, Near: []string{"down"}},
		Option{Word: "total", Code: 3, Near: []string{"both"}},
	)
	gateways  = Codes(Option{Word: "public", Code: 0}, Option{Word: "private", Code: 1})
	hours     = Codes(Option{Word: "hour", Code: 1}, Option{Word: "day", Code: 2}, Option{Word: "minute", Code: 3}, Option{Word: "5min", Code: 4})
	relay     = Words("5m", "1h", "1d")
	intervals = Words("hour", "day", "month")
	district  = Words("min", "5min")
	regions   = WordOptions(Option{Word: "MC", Near: []string{"CN", "China"}}, Option{Word: "AP"}, Option{Word: "EU"}, Option{Word: "AM", Near: []string{"US"}})
	payModes  = Words("pay_as_you_go", "cut_off")
)

func TestChoice(t *testing.T) {
	const isDirection = `error argument: argument must be one of "uplink" (or 1), "downlink" (or 2), "total" (or 3), got `
	tests := []struct {
		choice        Choice
		value         types.String
		problem, word string
		code          int64
	}{
		{choice: directions, value: types.StringValue("uplink"), word: "uplink", code: 1},
		{choice: directions, value: types.StringValue("1"), word: "uplink", code: 1},
		{choice: directions, value: types.StringValue("3"), word: "total", code: 3},
		{choice: directions, value: types.StringNull()},
		{choice: directions, value: types.StringUnknown()},
		{choice: relay, value: types.StringValue("1d"), word: "1d"},
		{choice: directions, value: types.StringValue("4"), problem: isDirection + `"4".`},
		{choice: directions, value: types.StringValue("03"), problem: isDirection + `"03".`},
		{choice: directions, value: types.StringValue("3.0"), problem: isDirection + `"3.0".`},
		{choice: directions, value: types.StringValue(""), problem: isDirection + `"".`},
		{choice: directions, value: types.StringValue(strings.Repeat("x", 100)), problem: isDirection + `"` + strings.Repeat("x", 40) + `".`},
		{choice: directions, value: types.StringValue("Total"), problem: isDirection + `"Total". Did you mean "total"?`},
		{choice: directions, value: types.StringValue(" total"), problem: isDirection + `" total". Did you mean "total"?`},
		{choice: directions, value: types.StringValue("both"), problem: isDirection + `"both". Did you mean "total"?`},
		{choice: directions, value: types.StringValue("uplinks"), problem: isDirection + `"uplinks". Did you mean "uplink"?`},
		{choice: directions, value: types.StringValue("dwonlink"), problem: isDirection + `"dwonlink". Did you mean "downlink"?`},
		{choice: directions, value: types.StringValue("link"), problem: isDirection + `"link".`},
		{choice: relay, value: types.StringValue("0"), problem: `error argument: argument must be one of "5m", "1h", "1d", got "0".`},
		{choice: relay, value: types.StringValue("hour"), problem: `error argument: argument must be one of "5m", "1h", "1d", got "hour". Did you mean "1h"?`},
		{choice: regions, value: types.StringValue("CN"), problem: `error argument: argument must be one of "MC", "AP", "EU", "AM", got "CN". Did you mean "MC"?`},
		{choice: Words("domain"), value: types.StringValue("Domain"), problem: `error argument: argument must be "domain", got "Domain". Did you mean "domain"?`},
	}
	for _, test := range tests {
		t.Run(test.value.String(), func(t *testing.T) {
			expect(t, validateText(t, test.choice, test.value), test.problem)
			expect(t, test.choice.Word(test.value), test.word)
			code := test.choice.Code(test.value)
			if (code == nil) != (test.code == 0) || code != nil && *code != test.code {
				t.Errorf("the code is %v, want %d", code, test.code)
			}
		})
	}
	if code := gateways.Code(types.StringValue("public")); code == nil || *code != 0 {
		t.Errorf("the code 0 is %v", code)
	}
}

func TestNearMisses(t *testing.T) {
	for _, test := range []struct {
		choice Choice
		want   string
		texts  []string
	}{
		{hours, "hour", []string{"1h", "hours", "Hourly", "h", "60m", "HOUR", "1 hour"}},
		{hours, "day", []string{"1d", "days", "daily", "24h", "DAY"}},
		{hours, "minute", []string{"1m", "min", "minutes", "1min"}},
		{hours, "5min", []string{"5m", "5 minutes", "300", "5-min", "5MIN"}},
		{relay, "5m", []string{"5min", "5minutes", "5M"}},
		{relay, "1h", []string{"hour", "hourly", "1H"}},
		{relay, "1d", []string{"day", "days", "daily", "1day", "24h"}},
		{intervals, "month", []string{"1mo", "months", "monthly", "Month", "30d"}},
		{district, "min", []string{"1m", "minute", "1min"}},
		{regions, "MC", []string{"CN", "cn", "mc", "China"}},
		{payModes, "pay_as_you_go", []string{"pay-as-you-go", "PayAsYouGo", "pay as you go", "pay_as_you_goo"}},
		{gateways, "public", []string{"Public", "publik"}},
		{hours, "", []string{"", "month", "week", "15m", "x", strings.Repeat("hour", 100), "ho"}},
		{relay, "", []string{"1m", "month", "30d"}},
		{regions, "", []string{"XX", "A"}},
		{Words("left-most", "left-post"), "", []string{"left-cost"}}, // A letter from both.
	} {
		for _, text := range test.texts {
			got := ""
			if option := test.choice.nearest(text); option != nil {
				got = option.Word
			}
			if got != test.want {
				t.Errorf("%q is taken for %q, want %q", text, got, test.want)
			}
		}
	}
}

func TestChoiceIsDescribed(t *testing.T) {
	expect(t, gateways.MarkdownDescription(t.Context()), "One of `public` (or 0), `private` (or 1)")
	expect(t, relay.MarkdownDescription(t.Context()), "One of `5m`, `1h`, `1d`")
	expect(t, relay.Description(t.Context()), `must be one of "5m", "1h", "1d"`)
}

var (
	countries = []Option{
		{Word: "TH", Code: 57, Near: []string{"Thailand"}}, {Word: "VN", Code: 144}, {Code: 4, Name: "Guangdong"}, {Code: -2, Name: "other regions"}, {Code: 9},
	}
	open  = OpenTable(countries...)
	final = FinalTable(countries...)
)

func TestTable(t *testing.T) {
	const all = `one of "TH" (or 57), "VN" (or 144), 4 (Guangdong), -2 (other regions), 9`
	const others = ", or another of the vendor's codes"
	tests := []struct {
		text        string
		open, final string
	}{
		{"TH", "", ""},
		{"57", "", ""},
		{"4", "", ""},
		{"-2", "", ""},
		{"75", "", "error argument: argument must be " + all + `, got "75".`},
		{"th", "error argument: argument must be " + all + others + `, got "th". Did you mean "TH"?`, "error argument: argument must be " + all + `, got "th". Did you mean "TH"?`},
		{"thailand", "error argument: argument must be " + all + others + `, got "thailand". Did you mean "TH"?`, "error argument: argument must be " + all + `, got "thailand". Did you mean "TH"?`},
		{"Guangdong", "error argument: argument must be " + all + others + `, got "Guangdong". Did you mean 4 (Guangdong)?`, "error argument: argument must be " + all + `, got "Guangdong". Did you mean 4 (Guangdong)?`},
		{"XX", "error argument: argument must be " + all + others + `, got "XX".`, "error argument: argument must be " + all + `, got "XX".`},
		{"057", "error argument: argument must be " + all + others + `, got "057".`, "error argument: argument must be " + all + `, got "057".`},
		{"7.5", "error argument: argument must be " + all + others + `, got "7.5".`, "error argument: argument must be " + all + `, got "7.5".`},
		{"", "error argument: argument must be " + all + others + `, got "".`, "error argument: argument must be " + all + `, got "".`},
	}
	for _, test := range tests {
		t.Run(test.text, func(t *testing.T) {
			expect(t, validateText(t, open, types.StringValue(test.text)), test.open)
			expect(t, validateText(t, final, types.StringValue(test.text)), test.final)
		})
	}
	for _, value := range []types.String{types.StringNull(), types.StringUnknown()} {
		expect(t, validateText(t, final, value), "")
	}
	expect(t, open.Description(t.Context()), "must be "+all+others)
	expect(t, final.MarkdownDescription(t.Context()), "must be one of `TH` (or 57), `VN` (or 144), 4 (Guangdong), -2 (other regions), 9")
}

func TestTableCodes(t *testing.T) {
	values := []types.String{types.StringValue("VN"), types.StringValue("75"), types.StringValue("57"), types.StringValue("-7")}
	codes, diags := open.Codes(values, path.Root("provs"))
	if len(codes) != 4 || codes[0] != 144 || codes[1] != 75 || codes[2] != 57 || codes[3] != -7 {
		t.Errorf("the codes are %v", codes)
	}
	expect(t, said(diags), "warning provs: provs has codes that are not in the vendor's table: 75, -7. They were sent anyway. The vendor returns no data for codes that it does not know.")

	codes, diags = final.Codes(values[:1], path.Root("provs"))
	if len(codes) != 1 || diags != nil {
		t.Errorf("%v, %v", codes, diags)
	}
	if codes, diags = open.Codes(nil, path.Root("provs")); codes != nil || diags != nil {
		t.Errorf("%v, %v for a list that was not given", codes, diags)
	}
}

// FuzzChoice reads any text: what is accepted has a word and a code, and nothing that an error means is refused.
func FuzzChoice(f *testing.F) {
	for _, text := range []string{"uplink", "1", "Total", "hour", "dwonlink", ""} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, choice := range []Choice{directions, hours} {
			value := types.StringValue(text)
			isAccepted := choice.check(text) == nil
			if isAccepted != (choice.Word(value) != "") || isAccepted != (choice.Code(value) != nil) {
				t.Errorf("%q: accepted is %t, the word is %q, the code is %v", text, isAccepted, choice.Word(value), choice.Code(value))
			}
			if option := choice.nearest(text); option != nil && choice.check(option.Word) != nil {
				t.Errorf("%q means %q, which is refused", text, option.Word)
			}
		}
	})
}
