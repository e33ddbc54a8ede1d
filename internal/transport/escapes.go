// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"html"
	"strconv"
	"strings"
	"unicode/utf16"
)

const (
	// maxLayers is how many escapes on top of each other are decoded: JSON in JSON in a URL, for example.
	maxLayers = 3
	// escapes are the characters that begin an escape.
	escapes = `\%&`
	// maxEntity is the length of the longest entity of HTML.
	maxEntity = 34
)

// decode returns a text without its escapes.
func decode(text string, layers int) string {
	var decoded strings.Builder
	for at := 0; at < len(text); {
		part, next := unit(text, at, layers)
		decoded.WriteString(part)
		at = next
	}
	return decoded.String()
}

// unit decodes what begins at a place in a text: a single byte, or an escape of JSON, URLs or HTML, whose own characters
// may be escaped in the layers below. An escape that is not valid stands for itself.
func unit(text string, at, layers int) (decoded string, next int) {
	if layers == 0 {
		return text[at : at+1], at + 1
	}
	decoded, next = unit(text, at, layers-1)
	r := reader{text, layers - 1}
	switch decoded {
	case `\`:
		return r.backslash(next)
	case "%":
		if code, end := r.take(next, 2); isHex(code, 2) {
			return string([]byte{byte(number(code))}), end
		}
	case "&":
		return r.entity(next)
	}
	return decoded, next
}

// reader reads a text with a number of layers of escapes decoded.
type reader struct {
	text   string
	layers int
}

// take reads so many bytes, or fewer at the end of the text.
func (r reader) take(at, count int) (taken string, next int) {
	for len(taken) < count && at < len(r.text) {
		var decoded string
		decoded, at = unit(r.text, at, r.layers)
		taken += decoded
	}
	return taken, at
}

// backslash decodes what follows a backslash in JSON, JavaScript or Go.
func (r reader) backslash(at int) (decoded string, next int) {
	kind, next := r.take(at, 1)
	switch kind {
	case "":
		return `\`, at
	case "b", "f", "n", "r", "t":
		return strings.NewReplacer("b", "\b", "f", "\f", "n", "\n", "r", "\r", "t", "\t").Replace(kind), next
	case "x":
		if code, end := r.take(next, 2); isHex(code, 2) {
			return string([]byte{byte(number(code))}), end
		}
	case "u":
		if code, end := r.take(next, 4); isHex(code, 4) {
			return r.surrogate(rune(number(code)), end)
		}
	case "U":
		if code, end := r.take(next, 8); isHex(code, 8) {
			return string(rune(number(code))), end
		}
	}
	return kind, next
}

// surrogate returns a character of UTF-16, which may need a second escape.
func (r reader) surrogate(first rune, at int) (decoded string, next int) {
	if utf16.IsSurrogate(first) {
		code, end := r.take(at, 6)
		if low, ok := strings.CutPrefix(code, `\u`); ok && isHex(low, 4) {
			return string(utf16.DecodeRune(first, rune(number(low)))), end
		}
	}
	return string(first), at
}

// entity decodes what follows an ampersand in HTML. Entities that are numbers need no semicolon.
func (r reader) entity(at int) (decoded string, next int) {
	name, next := "&", at
	for len(name) < maxEntity && next < len(r.text) && !strings.HasSuffix(name, ";") {
		part, after := unit(r.text, next, r.layers)
		if part != ";" && !continuesEntity(name, part) {
			break
		}
		name, next = name+part, after
	}
	if strings.HasSuffix(name, ";") || strings.HasPrefix(name, "&#") {
		if decoded = html.UnescapeString(name); decoded != name {
			return decoded, next
		}
	}
	return "&", at
}

// continuesEntity reports whether a character can follow the beginning of an entity. Of a number without a semicolon only
// digits are part.
func continuesEntity(name, part string) bool {
	switch {
	case name == "&":
		return part == "#" || isAlphanumeric(part)
	case name == "&#":
		return part == "x" || part == "X" || part >= "0" && part <= "9"
	case strings.HasPrefix(name, "&#x"), strings.HasPrefix(name, "&#X"):
		return isHex(part, 1)
	case strings.HasPrefix(name, "&#"):
		return part >= "0" && part <= "9"
	}
	return isAlphanumeric(part)
}

func isHex(text string, length int) bool {
	_, err := strconv.ParseUint(text, 16, 32)
	return err == nil && len(text) == length
}

// number returns the value of valid hexadecimal digits.
func number(text string) uint64 {
	value, _ := strconv.ParseUint(text, 16, 32)
	return value
}
