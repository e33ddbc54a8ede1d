// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package excerpt

import (
	"strings"
	"testing"
)

func TestCutCountsCharacters(t *testing.T) {
	for _, test := range []struct {
		text string
		max  int
		want string
	}{
		{"", 0, ""},
		{"", 3, ""},
		{"abc", 3, "abc"},
		{"abcd", 3, "abc…"},
		{"éèê", 3, "éèê"},
		{"éèêë", 3, "éèê…"},
		{"a\xff\xffd", 3, "a\xff\xff…"},
		{"a", 0, "…"},
	} {
		if got := Cut(test.text, test.max); got != test.want {
			t.Errorf("Cut(%q, %d) = %q, want %q", test.text, test.max, got, test.want)
		}
	}
}

func TestQuoteEscapesAfterCutting(t *testing.T) {
	forty := strings.Repeat("\n", 40)
	if got, want := Quote(forty), `"`+strings.Repeat(`\n`, 40)+`"`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if got, want := Quote(forty+"x"), `"`+strings.Repeat(`\n`, 40)+`…"`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if got, want := Of(forty+"x"), forty+"…"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
