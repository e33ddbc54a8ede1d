// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package decimal

import (
	"errors"
	"math/big"
	"strings"
	"testing"
)

func TestParseAccepts(t *testing.T) {
	tests := map[string]string{
		"":                              "null",
		"0":                             "0",
		"-0":                            "0",
		"-0.00":                         "0",
		"0e999999999999999999999":       "0",
		"-1":                            "-1",
		"12":                            "12",
		"100":                           "100",
		"007":                           "7",
		"-007.50":                       "-7.5",
		"00.5":                          "0.5",
		".5":                            "0.5",
		"-.5":                           "-0.5",
		"0.053":                         "0.053",
		"1.50":                          "1.5",
		"-1.50":                         "-1.5",
		"1.000":                         "1",
		"1e3":                           "1000",
		"1.2345e2":                      "123.45",
		"1.5E+3":                        "1500",
		"1E-2":                          "0.01",
		"-12.5e-4":                      "-0.00125",
		"9007199254740993":              "9007199254740993",
		"0.1234567890123456789012345":   "0.1234567890123456789012345",
		"1e308":                         "1" + zeros(308),
		"9.9e308":                       "99" + zeros(307),
		"1e-308":                        "0." + zeros(307) + "1",
		"0." + zeros(380) + "1e390":     "1000000000",
		"1" + zeros(390) + "e-390":      "1",
		strings.Repeat("0", 399) + "1":  "1",
		"0." + strings.Repeat("7", 398): "0." + strings.Repeat("7", 398),
	}
	for text, want := range tests {
		t.Run(text, func(t *testing.T) {
			d, err := Parse(text)
			if err != nil {
				t.Fatalf("Parse(%q): %v", text, err)
			}
			if got := d.String(); got != want {
				t.Errorf("Parse(%q) = %s, want %s", text, got, want)
			}
		})
	}
}

func TestParseRefuses(t *testing.T) {
	tests := map[string]error{
		"-":                         ErrSyntax,
		"+":                         ErrSyntax,
		".":                         ErrSyntax,
		"-.":                        ErrSyntax,
		"5.":                        ErrSyntax,
		"+5":                        ErrSyntax,
		"--5":                       ErrSyntax,
		"1.2.3":                     ErrSyntax,
		"1,234.567":                 ErrSyntax,
		"1_000":                     ErrSyntax,
		"0x10":                      ErrSyntax,
		"NaN":                       ErrSyntax,
		"Infinity":                  ErrSyntax,
		"-inf":                      ErrSyntax,
		"null":                      ErrSyntax,
		"...":                       ErrSyntax,
		" 5":                        ErrSyntax,
		"5 ":                        ErrSyntax,
		"5\n":                       ErrSyntax,
		"e5":                        ErrSyntax,
		".e5":                       ErrSyntax,
		"5e":                        ErrSyntax,
		"5e+":                       ErrSyntax,
		"5e1.5":                     ErrSyntax,
		"5e1e1":                     ErrSyntax,
		"5x1":                       ErrSyntax,
		"−5":                        ErrSyntax,
		"٥":                         ErrSyntax,
		"1e309":                     ErrRange,
		"-1e309":                    ErrRange,
		"10e308":                    ErrRange,
		"1e-309":                    ErrRange,
		"0.1e-308":                  ErrRange,
		"1" + zeros(309):            ErrRange,
		"0." + zeros(308) + "1":     ErrRange,
		"1e9999999999":              ErrRange,
		"1e-9223372036854775808":    ErrRange,
		"1e99999999999999999999999": ErrRange,
		strings.Repeat("1", 401):    ErrLength,
		strings.Repeat("x", 401):    ErrLength,
	}
	for text, want := range tests {
		t.Run(text, func(t *testing.T) {
			d, err := Parse(text)
			if !errors.Is(err, want) {
				t.Errorf("Parse(%q) error = %v, want %v", text, err, want)
			}
			if !d.IsNull() {
				t.Errorf("Parse(%q) = %s beside an error, want null", text, d)
			}
		})
	}
}

func TestParseErrorsQuoteLittle(t *testing.T) {
	tests := map[string]struct{ text, want string }{
		"syntax": {"x" + zeros(100), `not a decimal number: "x` + zeros(39) + `…"`},
		"range":  {"1" + zeros(350), `number out of range: "1` + zeros(39) + `…"`},
		"length": {zeros(1_000_000), "number too long: 1000000 characters long, the limit is 400"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := Parse(test.text)
			if err == nil || err.Error() != test.want {
				t.Errorf("error = %v, want %s", err, test.want)
			}
		})
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"", "0", "-0.0", "12", "0.053", ".5", "5.", "1e3", "1E-2", "-12.5e-4", "1e308", "1e309", "1e-309", "NaN", "0x10", "1_000",
		"+5", " 5", "1,234.567", "0e999", "1e99999999999999999999", "0." + zeros(380) + "1e390", strings.Repeat("9", 401),
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := Parse(text)
		if err != nil {
			if !errors.Is(err, ErrSyntax) && !errors.Is(err, ErrRange) && !errors.Is(err, ErrLength) {
				t.Errorf("Parse(%q): unexpected kind of error: %v", text, err)
			}
			return
		}
		if d.IsNull() {
			if text != "" {
				t.Errorf("Parse(%q) = null", text)
			}
			return
		}
		if again, err := Parse(d.String()); len(d.String()) <= maxLength && (err != nil || again != d) {
			t.Errorf("Parse(%q) = %s, which reads as %s, %v", text, d, again, err)
		}
		if want, ok := new(big.Rat).SetString(text); ok && rat(t, d).Cmp(want) != 0 {
			t.Errorf("Parse(%q) = %s, want %s", text, d, want)
		}
	})
}

func zeros(n int) string { return strings.Repeat("0", n) }

func number(tb testing.TB, text string) Decimal {
	tb.Helper()
	d, err := Parse(text)
	if err != nil {
		tb.Fatalf("Parse(%q): %v", text, err)
	}
	return d
}

func rat(tb testing.TB, d Decimal) *big.Rat {
	tb.Helper()
	r, ok := new(big.Rat).SetString(d.String())
	if !ok {
		tb.Fatalf("%q is not a rational number", d)
	}
	return r
}
