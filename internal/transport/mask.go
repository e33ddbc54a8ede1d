// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"encoding/base64"
	"encoding/hex"
	"strings"
)

const (
	// keyLength is how many bytes of a secret its index has.
	keyLength = 3
	// minPart is the length in bytes of a secret's beginning that is masked like the whole.
	minPart = 16
	// ellipsis marks where a text was cut. Before it, a beginning of keyLength bytes is masked.
	ellipsis = "…"
	stars    = "***"
)

// forms are secrets in the texts that stand for them. The zero value holds none.
type forms struct {
	values map[string]bool
	// byKey finds the forms by their first bytes, and isFirst has the first of these: most of a text is none.
	byKey   map[string][]form
	isFirst [256]bool
}

// form is a text that stands for a secret, once the escapes around it are decoded.
type form struct {
	text string
	// The characters before and after the text in base64 belong to the secret in part.
	before, after bool
}

func (f *forms) has(value string) bool { return f.values[value] }

// add adds a secret in all its forms. Values below MinSecret characters are ignored.
func (f *forms) add(value string) {
	if f.values[value] || !IsMaskable(value) {
		return
	}
	if f.values == nil {
		f.values, f.byKey = make(map[string]bool), make(map[string][]form)
	}
	f.values[value] = true
	known := make(map[string]bool)
	for _, form := range formsOf(value) {
		if len(form.text) < MinSecret || known[form.text] {
			continue
		}
		known[form.text] = true
		key := form.text[:keyLength]
		f.byKey[key] = append(f.byKey[key], form)
		f.isFirst[key[0]] = true
	}
}

// formsOf returns the texts that stand for a secret.
func formsOf(value string) []form {
	digits := hex.EncodeToString([]byte(value))
	all := []form{
		{text: value},
		{text: visible(value)}, // Clean leaves this of it.
		// A space and a plus sign stand for each other in forms and in queries of URLs.
		{text: strings.ReplaceAll(value, " ", "+")},
		{text: strings.ReplaceAll(value, "+", " ")},
		{text: digits},
		{text: strings.ToUpper(digits)},
	}
	for layers := 1; layers <= maxLayers; layers++ {
		all = append(all, form{text: decode(value, layers)})
	}
	for _, encoding := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
		for offset := range 3 {
			all = append(all, base64Form(encoding, value, offset))
		}
	}
	return all
}

// base64Form returns what is always the same in the base64 of a text that has the secret after a multiple of three bytes
// and offset more.
func base64Form(encoding *base64.Encoding, value string, offset int) form {
	encoded := encoding.EncodeToString([]byte(strings.Repeat("\x00", offset) + value))
	first := (offset*8 + 5) / 6 // Six bits are a character.
	whole := (offset + len(value)) * 8 / 6
	return form{encoded[first:whole], offset > 0, whole < len(encoded)}
}

// mask replaces what the forms stand for by stars.
func mask(text string, sets ...*forms) string {
	layers := 0
	if strings.ContainsAny(text, escapes) {
		layers = maxLayers
	}
	var clean strings.Builder
	kept := 0
	for at := 0; at < len(text); {
		start, end := find(text, at, layers, sets)
		if end == at {
			at++
			continue
		}
		clean.WriteString(text[kept:max(kept, start)])
		clean.WriteString(stars)
		at, kept = end, end
	}
	clean.WriteString(text[kept:])
	return clean.String()
}

// find returns where the longest secret that begins at a place starts and ends. It ends where it begins if there is none.
func find(text string, at, layers int, sets []*forms) (start, end int) {
	start, end = at, at
	for layer := 0; layer <= layers; layer++ {
		first, next := unit(text, at, layer)
		for _, set := range sets {
			if !set.isFirst[first[0]] {
				continue
			}
			rest, _ := reader{text, layer}.take(next, max(0, keyLength-len(first)))
			key := first + rest
			for _, f := range set.byKey[key[:min(len(key), keyLength)]] {
				if from, to := f.match(text, at, layer); to > end {
					start, end = from, to
				}
			}
		}
	}
	return start, end
}

// match returns where the form starts and ends in the text under layers of escapes; both are at if it is not there.
func (f form) match(text string, at, layers int) (start, end int) {
	found, next := 0, at
	for found < len(f.text) && next < len(text) {
		decoded, after := unit(text, next, layers)
		if !strings.HasPrefix(f.text[found:], decoded) {
			break
		}
		found, next = found+len(decoded), after
	}
	switch {
	case found == len(f.text):
		return f.extend(text, at, next, layers)
	case found >= minPart, found >= keyLength && strings.HasPrefix(text[next:], ellipsis):
		return at, next
	}
	return at, at
}

// extend adds the characters of base64 that hold a part of the secret's first and last byte, and the padding.
func (f form) extend(text string, start, end, layers int) (from, to int) {
	if f.before && start > 0 && isBase64(text[start-1:start]) {
		start--
	}
	if f.after {
		end = skip(text, end, layers, isBase64)
		end = skip(text, end, layers, isPadding)
		end = skip(text, end, layers, isPadding)
	}
	return start, end
}

// skip returns the place after a decoded character that is of a kind, or else the place itself.
func skip(text string, at, layers int, kind func(string) bool) int {
	if at == len(text) {
		return at
	}
	if decoded, next := unit(text, at, layers); kind(decoded) {
		return next
	}
	return at
}

func isBase64(text string) bool {
	return isAlphanumeric(text) || text == "+" || text == "/" || text == "-" || text == "_"
}

func isPadding(text string) bool { return text == "=" }

func isAlphanumeric(text string) bool {
	return len(text) == 1 && (text >= "0" && text <= "9" || text >= "A" && text <= "Z" || text >= "a" && text <= "z")
}
