// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package transport

import (
	"encoding/base64"
	"encoding/hex"
	"strings"

	"github.com/edgestats/terraform-provider-edgestats/internal/excerpt"
)

const (
	// keyLength is the number of leading bytes by which forms are indexed.
	keyLength = 3
	// minPart is the minimum number of bytes of an incomplete form, cut at its end, that are masked. Before an ellipsis,
	// where the text was cut, keyLength bytes are enough.
	minPart = 16
	stars   = "***"
)

// forms holds secrets and the forms in which they can occur in a text. The zero value is empty.
type forms struct {
	values map[string]bool
	// byKey finds forms by their first bytes. isFirst marks the first byte of every key. It makes scanning fast, because
	// most bytes of a text begin no form.
	byKey   map[string][]form
	isFirst [256]bool
}

// form is a secret, or an encoding of it, as it can occur in a text.
type form struct {
	text string
	// partBefore and partAfter say that the base64 characters before and after the text also contain bits of the secret.
	partBefore, partAfter bool
}

func (f *forms) has(value string) bool { return f.values[value] }

// add adds a secret in all its forms. It ignores values of fewer than MinSecret characters.
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

// formsOf returns the forms of a secret, except escaped ones, because match decodes escapes.
func formsOf(value string) []form {
	digits := hex.EncodeToString([]byte(value))
	all := []form{
		{text: value},
		{text: singleLine(value)}, // As Clean returns it.
		// In forms and URL queries, a plus sign stands for a space.
		{text: strings.ReplaceAll(value, " ", "+")},
		{text: strings.ReplaceAll(value, "+", " ")},
		{text: digits},
		{text: strings.ToUpper(digits)},
	}
	for layers := 1; layers <= maxLayers; layers++ {
		all = append(all, form{text: escaped{value, layers}.decode()}) // The secret itself may look like an escape.
	}
	for _, encoding := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
		for offset := range 3 {
			all = append(all, base64Form(encoding, value, offset))
		}
	}
	return all
}

// base64Form returns the base64 form of a secret within a longer encoded text. The secret begins offset bytes after a
// multiple of three bytes. The form omits characters that also depend on the bytes before or after the secret.
func base64Form(encoding *base64.Encoding, value string, offset int) form {
	encoded := encoding.EncodeToString([]byte(strings.Repeat("\x00", offset) + value))
	first := (offset*8 + 5) / 6 // A character holds six bits.
	whole := (offset + len(value)) * 8 / 6
	return form{encoded[first:whole], offset > 0, whole < len(encoded)}
}

// mask replaces the forms in a text with stars.
func mask(text string, sets ...*forms) string {
	layers := 0
	if strings.ContainsAny(text, escapeStarts) {
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

// find returns the start and the end of the longest form at a position. It tries every number of layers of escapes up to
// the given one. If there is no form, it returns the position twice.
func find(text string, at, layers int, sets []*forms) (start, end int) {
	start, end = at, at
	for layer := 0; layer <= layers; layer++ {
		e := escaped{text, layer}
		first, next := e.next(at)
		for _, set := range sets {
			if !set.isFirst[first[0]] {
				continue
			}
			rest, _ := e.take(next, max(0, keyLength-len(first)))
			key := first + rest
			for _, f := range set.byKey[key[:min(len(key), keyLength)]] {
				if from, to := f.match(e, at); to > end {
					start, end = from, to
				}
			}
		}
	}
	return start, end
}

// match returns the start and the end of the form at a position. If the form is not there, it returns the position twice.
func (f form) match(e escaped, at int) (start, end int) {
	found, next := 0, at
	for found < len(f.text) && next < len(e.text) {
		decoded, after := e.next(next)
		if !strings.HasPrefix(f.text[found:], decoded) {
			break
		}
		found, next = found+len(decoded), after
	}
	switch {
	case found == len(f.text):
		return f.extend(e, at, next)
	case found >= minPart, found >= keyLength && strings.HasPrefix(e.text[next:], excerpt.Ellipsis):
		return at, next
	}
	return at, at
}

// extend adds the base64 characters that hold a part of the secret's first or last byte, and the padding.
func (f form) extend(e escaped, start, end int) (from, to int) {
	if f.partBefore && start > 0 && isBase64(e.text[start-1:start]) {
		start--
	}
	if f.partAfter {
		end = e.skip(end, isBase64)
		end = e.skip(end, isPadding)
		end = e.skip(end, isPadding)
	}
	return start, end
}

// skip returns the position after the next character if isKind accepts that character, or else the given position.
func (e escaped) skip(at int, isKind func(string) bool) int {
	if at == len(e.text) {
		return at
	}
	if decoded, next := e.next(at); isKind(decoded) {
		return next
	}
	return at
}

func isBase64(text string) bool { return isAlphanumeric(text) || isOneOf("+/-_", text) }

func isPadding(text string) bool { return text == "=" }
