// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"
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

func TestJSONDescribesOtherBodies(t *testing.T) {
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

func TestTextReadsOnlyTheBeginning(t *testing.T) {
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

func TestRetryAfterIsRelativeToTheServersDate(t *testing.T) {
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
