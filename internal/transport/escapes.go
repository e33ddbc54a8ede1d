// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"html"
	"math"
	"strconv"
	"strings"
	"unicode/utf16"
)

const (
	// maxLayers is the maximum number of nested escapes that are decoded, such as JSON in JSON in a URL.
	maxLayers = 3
	// escapeStarts are the characters that begin an escape.
	escapeStarts = `\%&`
	// maxEntity is the length of the longest HTML entity.
	maxEntity = 34

	decimalDigits = "0123456789"
	hexDigits     = decimalDigits + "abcdefABCDEF"
)

// escaped is a text with a number of nested escapes. Positions are those of the undecoded text.
type escaped struct {
	text   string
	layers int
}

// decode returns the whole text without its escapes.
func (e escaped) decode() string {
	decoded, _ := e.take(0, math.MaxInt)
	return decoded
}

// take decodes the given number of bytes, or fewer at the end of the text.
func (e escaped) take(at, count int) (decoded string, next int) {
	var taken strings.Builder
	for taken.Len() < count && at < len(e.text) {
		decoded, at = e.next(at)
		taken.WriteString(decoded)
	}
	return taken.String(), at
}

// next decodes the byte at a position, or the escape of JSON, URLs or HTML that begins there. The characters of an escape
// may be escaped themselves, with one layer less. An invalid escape stands for itself.
func (e escaped) next(at int) (decoded string, next int) {
	if e.layers == 0 {
		return e.text[at : at+1], at + 1
	}
	below := escaped{e.text, e.layers - 1}
	decoded, next = below.next(at)
	switch decoded {
	case `\`:
		return below.backslash(next)
	case "%":
		if code, end, ok := below.hex(next, 2); ok {
			return string([]byte{byte(code)}), end
		}
	case "&":
		return below.entity(next)
	}
	return decoded, next
}

// backslash decodes what follows a backslash in JSON, JavaScript or Go.
func (e escaped) backslash(at int) (decoded string, next int) {
	kind, next := e.take(at, 1)
	switch kind {
	case "":
		return `\`, at
	case "b", "f", "n", "r", "t":
		return strings.NewReplacer("b", "\b", "f", "\f", "n", "\n", "r", "\r", "t", "\t").Replace(kind), next
	case "x":
		if code, end, ok := e.hex(next, 2); ok {
			return string([]byte{byte(code)}), end
		}
	case "u":
		if code, end, ok := e.hex(next, 4); ok {
			return e.utf16(rune(code), end)
		}
	case "U":
		if code, end, ok := e.hex(next, 8); ok {
			return string(rune(code)), end
		}
	}
	return kind, next
}

// utf16 decodes a UTF-16 unit. The second half of a surrogate pair is another escape.
func (e escaped) utf16(first rune, at int) (decoded string, next int) {
	if utf16.IsSurrogate(first) {
		if prefix, digits := e.take(at, 2); prefix == `\u` {
			if second, end, ok := e.hex(digits, 4); ok {
				return string(utf16.DecodeRune(first, rune(second))), end
			}
		}
	}
	return string(first), at
}

// hex reads a number with exactly the given number of hexadecimal digits.
func (e escaped) hex(at, digits int) (value uint64, next int, ok bool) {
	text, next := e.take(at, digits)
	value, err := strconv.ParseUint(text, 16, 32)
	return value, next, err == nil && len(text) == digits
}

// entity decodes what follows an ampersand in HTML. A numeric entity needs no semicolon.
func (e escaped) entity(at int) (decoded string, next int) {
	name, next := "&", at
	for len(name) < maxEntity && next < len(e.text) && !strings.HasSuffix(name, ";") {
		part, after := e.next(next)
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

// continuesEntity reports whether a character can follow the beginning of an entity. After &# only digits can.
func continuesEntity(name, part string) bool {
	switch {
	case name == "&":
		return part == "#" || isAlphanumeric(part)
	case name == "&#":
		return isOneOf(decimalDigits+"xX", part)
	case strings.HasPrefix(name, "&#x"), strings.HasPrefix(name, "&#X"):
		return isOneOf(hexDigits, part)
	case strings.HasPrefix(name, "&#"):
		return isOneOf(decimalDigits, part)
	}
	return isAlphanumeric(part)
}

// isOneOf reports whether the text is one of the characters.
func isOneOf(characters, text string) bool {
	return len(text) == 1 && strings.Contains(characters, text)
}

func isAlphanumeric(text string) bool {
	return len(text) == 1 && (text >= "0" && text <= "9" || text >= "A" && text <= "Z" || text >= "a" && text <= "z")
}
