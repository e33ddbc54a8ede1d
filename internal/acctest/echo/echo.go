// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

// Package echo encodes secrets the way servers may encode them when they repeat a request.
package echo

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf16"
)

// every returns an encoding that formats each character of a secret. only formats just those that are not letters or
// digits. Formats of URLs apply to bytes, those of JSON to UTF-16 units.
func every(format string) func(string) string {
	return func(secret string) string { return escape(secret, format, func(rune) bool { return true }) }
}

func only(format string) func(string) string {
	return func(secret string) string {
		return escape(secret, format, func(r rune) bool { return !isAlphanumeric(r) })
	}
}

func escape(secret, format string, isEscaped func(rune) bool) string {
	var text strings.Builder
	for _, r := range secret {
		units := []rune{r}
		switch {
		case !isEscaped(r):
			text.WriteRune(r)
			continue
		case strings.Contains(format, "%%"), strings.Contains(format, "x%02"):
			units = nil
			for _, b := range []byte(string(r)) {
				units = append(units, rune(b))
			}
		case strings.Contains(format, "u"):
			units = nil
			for _, u := range utf16.Encode([]rune{r}) {
				units = append(units, rune(u))
			}
		}
		for _, u := range units {
			fmt.Fprintf(&text, format, u)
		}
	}
	return text.String()
}

func jsonText(secret string) string {
	text, _ := json.Marshal(secret)
	return strings.Trim(string(text), `"`)
}

// Encodings returns the encodings in which a vendor may echo a secret, by name.
func Encodings() map[string]func(string) string {
	return map[string]func(string) string{
		"verbatim":                    func(s string) string { return s },
		"JSON":                        jsonText,
		"JSON with slashes":           func(s string) string { return strings.ReplaceAll(jsonText(s), "/", `\/`) },
		"JSON of every character":     every(`\u%04x`),
		"JSON of every one, upper":    every(`\u%04X`),
		"JSON of the signs":           only(`\u%04x`),
		"JSON in JSON":                func(s string) string { return jsonText(every(`\u%04x`)(s)) },
		"Go":                          func(s string) string { return strings.Trim(fmt.Sprintf("%+q", s), `"`) },
		"bytes of Go":                 every(`\x%02x`),
		"URL query":                   url.QueryEscape,
		"URL path":                    url.PathEscape,
		"URL lower":                   only("%%%02x"),
		"URL upper":                   only("%%%02X"),
		"URL of every character":      every("%%%02x"),
		"URL twice":                   func(s string) string { return url.QueryEscape(url.QueryEscape(s)) },
		"URL three times":             func(s string) string { return url.QueryEscape(url.QueryEscape(url.QueryEscape(s))) },
		"URL with spaces as %20":      func(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") },
		"URL in JSON":                 func(s string) string { return every(`\u%04x`)(url.QueryEscape(s)) },
		"form decoded":                func(s string) string { return strings.ReplaceAll(s, "+", " ") },
		"HTML":                        html.EscapeString,
		"HTML decimal":                only("&#%d;"),
		"HTML hexadecimal":            only("&#x%x;"),
		"HTML hexadecimal, upper":     only("&#X%X;"),
		"HTML of every character":     every("&#%d;"),
		"HTML without semicolons":     every("&#%d"),
		"HTML with zeros":             every("&#%07d;"),
		"HTML names":                  htmlNames,
		"HTML in HTML":                func(s string) string { return html.EscapeString(only("&#%d;")(s)) },
		"HTML in JSON":                func(s string) string { return jsonText(only("&#x%x;")(s)) },
		"hexadecimal":                 func(s string) string { return hex.EncodeToString([]byte(s)) },
		"hexadecimal, upper":          func(s string) string { return strings.ToUpper(hex.EncodeToString([]byte(s))) },
		"base64":                      func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) },
		"base64 without padding":      func(s string) string { return base64.RawStdEncoding.EncodeToString([]byte(s)) },
		"base64 for URLs":             func(s string) string { return base64.URLEncoding.EncodeToString([]byte(s)) },
		"base64 for URLs, no padding": func(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) },
		"base64 after one byte":       func(s string) string { return base64.StdEncoding.EncodeToString([]byte(":" + s)) },
		"base64 after two bytes":      func(s string) string { return base64.StdEncoding.EncodeToString([]byte("u:" + s)) },
		"base64 in the middle":        func(s string) string { return base64.URLEncoding.EncodeToString([]byte("user:" + s + ":more")) },
		"base64 in a URL":             func(s string) string { return url.QueryEscape(base64.StdEncoding.EncodeToString([]byte("u:" + s))) },
		"base64 in JSON":              func(s string) string { return every(`\u%04x`)(base64.StdEncoding.EncodeToString([]byte(s))) },
	}
}

func htmlNames(secret string) string {
	return strings.NewReplacer("/", "&sol;", "+", "&plus;", "=", "&equals;", "_", "&lowbar;", "&", "&amp;", "<", "&lt;",
		"%", "&percnt;", `"`, "&quot;", "'", "&apos;").Replace(secret)
}

func isAlphanumeric(r rune) bool {
	return r <= unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

// longest is the number of consecutive characters of an encoded secret that count as a leak. A few characters may remain,
// because the first and last characters of base64 reveal little of the secret.
const longest = 10

// Leaks reports whether a text contains a part of an encoded secret. It ignores the user name that some encodings put
// before the secret.
func Leaks(text, encoded string) bool {
	for at := 0; at+longest <= len(encoded); at++ {
		if part := encoded[at : at+longest]; strings.Contains(text, part) && !strings.HasPrefix(part, "dXNlcjp1") {
			return true
		}
	}
	return false
}
