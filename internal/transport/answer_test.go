// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"
)

const loginPage = `
<!DOCTYPE html>
<html><head><meta charset="utf-8"><TITLE lang="en">
  Sign in &amp; accept&nbsp;the terms</TITLE><script>alert("x")</script></head><body>Hotel</body></html>`

func utf16LE(text string) string {
	var b strings.Builder
	b.WriteString("\xff\xfe")
	for _, r := range text {
		b.WriteByte(byte(r))
		b.WriteByte(0)
	}
	return b.String()
}

func TestFault_33_37_JSON(t *testing.T) {
	for name, test := range map[string]struct{ contentType, body, want, problem string }{
		"object":                     {"application/json", `{"a":1}`, `{"a":1}`, ""},
		"array":                      {"application/json", `[1]`, `[1]`, ""},
		"space around it":            {"", " \r\n{}\n", `{}`, ""},
		"byte order mark":            {"application/json", "\xef\xbb\xbf {}", `{}`, ""},
		"another content type":       {"text/html", `{}`, `{}`, ""},
		"empty":                      {"application/json", "", "", "the body is empty"},
		"only space":                 {"application/json", " \n", "", "the body is empty"},
		"only a byte order mark":     {"application/json", "\xef\xbb\xbf", "", "the body is empty"},
		"login page":                 {"text/html; charset=utf-8", loginPage, "", `not JSON (text/html): a page titled "Sign in & accept the terms"`},
		"XML":                        {"application/xml", "<?xml version='1.0'?><Error/>", "", "not JSON (application/xml): a page of markup"},
		"text":                       {"text/plain", "Bad\x00 Gateway\x1b[31m", "", "not JSON (text/plain): Bad Gateway[31m"},
		"no content type":            {"", "nothing", "", "not JSON (no valid content type): nothing"},
		"content type of controls":   {"text/\x1bhtml", "nothing", "", "not JSON (no valid content type): nothing"},
		"UTF-16":                     {"application/json", utf16LE(`{"a":1}`), "", "not JSON (application/json): \ufffd\ufffd{\"a\":1}"},
		"UTF-16 page":                {"text/html", utf16LE(loginPage), "", "not JSON (text/html): a page of markup"},
		"page after byte order mark": {"text/html", "\xef\xbb\xbf" + loginPage, "", `not JSON (text/html): a page titled "Sign in & accept the terms"`},
		"page without title":         {"text/html", "<html><body>secret</body></html>", "", "not JSON (text/html): a page of markup"},
		"null":                       {"application/json", "null", "", "not JSON (application/json): null"},
	} {
		t.Run(name, func(t *testing.T) {
			answer := &Answer{Host: "api.example.com", Header: http.Header{"Content-Type": {test.contentType}}, Body: []byte(test.body)}
			got, err := answer.JSON()
			if string(got) != test.want {
				t.Errorf("JSON %q, want %q", got, test.want)
			}
			if test.problem == "" {
				if err != nil {
					t.Error(err)
				}
				return
			}
			if content, ok := errors.AsType[*ContentError](err); !ok || content.Problem != test.problem || judge(err).Verdict != Final {
				t.Errorf("error %q, want %q", err, test.problem)
			}
		})
	}
}

func TestTextLooksAtTheHeadOnly(t *testing.T) {
	answer := &Answer{Body: []byte("<html>" + strings.Repeat(" ", 200_000) + "<title>far away</title>")}
	if got := answer.Text(); got != "a page of markup" {
		t.Errorf("text %q", got)
	}
	answer.Body = []byte(strings.Repeat("word ", 40_000))
	if got, want := answer.Text(), strings.Repeat("word ", 102)+"…"; got != want {
		t.Errorf("text %q, want %q", got, want)
	}
	answer.Body = []byte("<title>" + strings.Repeat("x", 1000) + "</title>")
	if got := answer.Text(); got != "a page of markup" {
		t.Errorf("text %q", got)
	}
}

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

func TestRetryAfterCountsFromTheServersDate(t *testing.T) {
	local := time.Date(2026, 1, 15, 12, 0, 0, 0, time.UTC)
	header := func(date string) http.Header {
		h := http.Header{"Retry-After": {local.Add(20 * time.Minute).Format(http.TimeFormat)}}
		if date != "" {
			h.Set("Date", date)
		}
		return h
	}
	for date, want := range map[string]time.Duration{
		local.Add(20*time.Minute - 9*time.Second).Format(http.TimeFormat): 9 * time.Second,
		local.Add(21 * time.Minute).Format(http.TimeFormat):               0,
		"":        time.Minute,
		"not one": time.Minute,
	} {
		answer := &Answer{Header: header(date)}
		if got := answer.RetryAfter(local); got != want {
			t.Errorf("Date %q: %s, want %s", date, got, want)
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

// checkClean checks that a text may be shown to a person.
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

func FuzzAnswerJSON(f *testing.F) {
	for _, body := range []string{"", "{}", "\xef\xbb\xbf[]", loginPage, utf16LE(loginPage), "null", "\x1b[31m<html>", strings.Repeat(" ", 5000) + "{"} {
		f.Add("text/html; charset=utf-8", []byte(body))
	}
	f.Fuzz(func(t *testing.T, contentType string, body []byte) {
		answer := &Answer{Host: "api.example.com", Header: http.Header{"Content-Type": {contentType}}, Body: body}
		document, err := answer.JSON()
		if (err == nil) != (len(document) > 0 && (document[0] == '{' || document[0] == '[')) {
			t.Errorf("JSON %q with the error %v", document, err)
		}
		if content, ok := errors.AsType[*ContentError](err); err != nil && !ok {
			t.Errorf("error %T", err)
		} else if ok && utf8.RuneCountInString(content.Problem) > 3*512 {
			t.Errorf("the error has %d characters", utf8.RuneCountInString(content.Problem))
		}
		checkClean(t, answer.Text())
	})
}
