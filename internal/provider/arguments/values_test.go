// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package arguments

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/edgestats/terraform-provider-edgestats/internal/decimal"
)

// number is a number as HCL has it.
func number(t *testing.T, text string) types.Number {
	t.Helper()
	d, err := decimal.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return Number(d)
}

func TestValuesOfState(t *testing.T) {
	expect(t, number(t, "0.009").String(), "0.009")
	expect(t, number(t, "9007199254740993").ValueBigFloat().Text('f', -1), "9007199254740993")
	expect(t, number(t, "0").String(), "0")
	expect(t, number(t, "").String(), "<null>")
	expect(t, Time(at(t, "2026-01-15T00:00:00+08:00")).ValueString(), "2026-01-15T00:00:00+08:00")
	expect(t, Time(time.Time{}).String(), "<null>")
	expect(t, NullText("a").ValueString(), "a")
	expect(t, NullText("").String(), "<null>")
}

func TestLists(t *testing.T) {
	values := []types.String{types.StringValue("b"), types.StringValue("a")}
	if diff := cmp.Diff([]string{"b", "a"}, Strings(values)); diff != "" {
		t.Error(diff)
	}
	if pointers := StringPointers(values); len(pointers) != 2 || *pointers[1] != "a" {
		t.Errorf("the pointers are %v", pointers)
	}
	if Strings(nil) != nil || StringPointers(nil) != nil {
		t.Error("a list that was not given is not nil")
	}
}

func TestMissing(t *testing.T) {
	asked := []types.String{types.StringValue("A.example.com"), types.StringValue("b.example.com"), types.StringValue("c.example.com")}
	missing := Missing(asked, []string{"a.example.com", "C.example.com"})
	if diff := cmp.Diff([]types.String{types.StringValue("b.example.com")}, missing); diff != "" {
		t.Error(diff)
	}
	if Missing(asked, []string{"a.example.com", "b.example.com", "c.example.com"}) == nil {
		t.Error("nothing missing is null and not an empty list")
	}
}
