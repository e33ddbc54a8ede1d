// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestClean(t *testing.T) {
	for name, test := range map[string]struct{ text, want string }{
		"empty":            {"", ""},
		"plain":            {"The device 设备 isn’t here.", "The device 设备 isn’t here."},
		"white space":      {" \t one\r\n\n two\u00a0\u2003\u2028three\v\f ", "one two three"},
		"only white space": {" \n\u3000", ""},
		"control":          {"a\x00b\x07c\x7fd\u0080e\u009b31mf", "abcde31mf"},
		"ANSI escapes":     {"\x1b[31mred\x1b[0m \x1b]0;title\x07", "[31mred[0m ]0;title"},
		"bidi":             {"\u202Eevil\u2066\u2069\u200e\u200f\u061c", "evil"},
		"zero width":       {"in\u200bvis\u2060ible\ufeff\u00ad", "invisible"},
		"invalid UTF-8":    {"a\xffb\xc3", "a\ufffdb\ufffd"},
		"surrogates":       {"\xed\xa0\x80", "\ufffd\ufffd\ufffd"},
		"512":              {strings.Repeat("é", 512), strings.Repeat("é", 512)},
		"512 and space":    {strings.Repeat("é", 512) + " \n", strings.Repeat("é", 512)},
		"513":              {strings.Repeat("é", 513), strings.Repeat("é", 511) + "…"},
		"cut secret":       {strings.Repeat("long ", 100) + "key=aZ0+/-_.~%", strings.Repeat("long ", 100) + "…"},
		"cut JSON":         {strings.Repeat("long ", 100) + `{"key":"example"}`, strings.Repeat("long ", 100) + `{"key":"…`},
		"one word":         {strings.Repeat("x", 513), "…"},
		"512 with a space": {strings.Repeat("é", 510) + "  x", strings.Repeat("é", 510) + " x"},
		"513 with a space": {strings.Repeat("é", 511) + " x", strings.Repeat("é", 511) + "…"},
	} {
		if got := Clean(test.text); got != test.want {
			t.Errorf("%s: Clean(%q) = %q, want %q", name, test.text, got, test.want)
		}
	}
}

func TestCleanMasksEchoedCredentials(t *testing.T) {
	for text, want := range map[string]string{
		"see https://bucket.example.com/a%20b.xlsx?q-signature=0123&q-ak=AKIDexample for it": "see https://bucket.example.com/a%20b.xlsx?*** for it",
		`<a href="http://127.0.0.1:4180/x?token=abc">`:                                       `<a href="http://127.0.0.1:4180/x?***">`,
		"no Basic ZXhhbXBsZV91c2VybmFtZTppaFJn here":                                         "no Basic *** here",
		"Basic authentication failed":                                                        "Basic authentication failed",
		"TC3-HMAC-SHA256 Credential=AKIDexample/2026-01-15/mna/tc3_request, SignedHeaders=content-type;host, Signature=72e494ea809a": "TC3-HMAC-SHA256 ***",
		`{"Signature":"VVvzQtMQEzxm+BXY14Kpx5tuVOg=","Nonce":1}`:                                                                     `{"Signature":"***","Nonce":1}`,
		"Signature=iJiF6v%2BUOG1a%2F4FUcwWtvnKvQiQ%3D&Timestamp=1":                                                                   "Signature=***&Timestamp=1",
		"x-cos-security-token: 0123456789abcdef0123":                                                                                 "x-cos-security-token: ***",
		"The provided token is invalid: expired yesterday":                                                                           "The provided token is invalid: expired yesterday",
		"Signature mismatch for Basic plan, see https://example.com/help":                                                            "Signature mismatch for Basic plan, see https://example.com/help",
	} {
		if got := Clean(text); got != want {
			t.Errorf("Clean(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestVisible(t *testing.T) {
	long := strings.Repeat("é", 10_000)
	for name, want := range map[string]string{
		"":                                  "",
		"www.example.com":                   "www.example.com",
		"中国电信 é 👍":                          "中国电信 é 👍",
		"a\x1b[31mb\x07\x00c":               "a[31mbc",
		"a\u202eb\u2066c\ufeff\u200bd":      "abcd",
		"a\nb\tc\r\nd\u2028e\u2029f\u0085g": "a b c  d e f g",
		"a\u009bb":                          "ab",
		"  spaces  are kept ":               "  spaces  are kept ",
		"token=aaaaaaaaaaaaaaaaaaaaaaaa":    "token=aaaaaaaaaaaaaaaaaaaaaaaa",
		long:                                long,
	} {
		if got := Visible(name); got != want {
			t.Errorf("Visible(%.40q) = %.40q, want %.40q", name, got, want)
		}
	}
}

func FuzzClean(f *testing.F) {
	for _, seed := range []string{
		"", "plain", "a\x00\x1b[31m\u202e\xff", " \t\r\n\u2028", strings.Repeat("é ", 300), strings.Repeat("\x00", 2000), loginPage,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		checkClean(t, Clean(text))
		if clean := Clean(text); Clean(clean) != clean {
			t.Errorf("cleaning %q twice gives %q", clean, Clean(clean))
		}
	})
}

// checkClean checks that a text is safe to show.
func checkClean(t *testing.T, text string) {
	t.Helper()
	if !utf8.ValidString(text) || utf8.RuneCountInString(text) > 512 || strings.TrimSpace(text) != text {
		t.Errorf("%q is not valid, or too long, or has space around it", text)
	}
	for _, r := range text {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || unicode.IsSpace(r) && r != ' ' {
			t.Errorf("%q has the character %U", text, r)
		}
	}
}
