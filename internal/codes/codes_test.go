// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package codes_test

import (
	"strings"
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/codes"
)

func TestFindReturnsTheMostSpecificEntry(t *testing.T) {
	table := codes.Table[string]{"A": "a", "A.B": "ab", "A.B.C": "abc", "4000": "number"}
	for code, want := range map[string]string{
		"A": "a", "A.B": "ab", "A.B.C": "abc", "A.B.D": "ab", "A.C": "a", "A.B.C.D.E": "abc", "4000": "number",
		"": "", "B": "", "AB": "", "A2.B": "", "a.b": "", "40": "", "40001": "", ".": "", ".A": "",
	} {
		if got, found := table.Find(code); got != want || found != (want != "") {
			t.Errorf("%q: %q, %t; want %q", code, got, found, want)
		}
	}
}

// Codes come from outside and may be anything.
func TestFindEndsWithAnyCode(t *testing.T) {
	if _, found := (codes.Table[int]{"A": 1}).Find(strings.Repeat(".", 1<<16)); found {
		t.Error("dots are a code")
	}
	if _, found := codes.Table[int](nil).Find("A"); found {
		t.Error("an empty table has an entry")
	}
}
