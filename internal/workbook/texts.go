// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package workbook

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// Limits of the part with the shared texts.
const (
	maxTexts    = 1_000_000 // Elements.
	maxTextSize = 32 << 20  // Bytes of all texts.
)

var (
	errCell  = fmt.Errorf("the text of a cell is longer than %d MiB", maxCell>>20)
	errTexts = fmt.Errorf("the Excel file has more than %d MiB of shared texts", maxTextSize>>20)
)

// readTexts reads the shared texts, to which cells refer by number.
func readTexts(a *archive, part string) ([]string, error) {
	texts, size := []string{}, 0
	err := a.read(part, maxTexts, func(m *markup, root element) error {
		if root.main() != "sst" {
			return root.unexpected()
		}
		return m.children(func(e element) error {
			switch e.main() {
			case "si":
				text, err := m.richText()
				texts = append(texts, text)
				if size += len(text); size > maxTextSize {
					return errTexts
				}
				return err
			case "extLst":
				return m.skip()
			}
			return e.unexpected()
		})
	})
	return texts, err
}

// richText reads an element with a text or with several formatted texts. It skips phonetic hints.
func (m *markup) richText() (string, error) {
	var whole strings.Builder
	err := m.children(func(e element) (err error) {
		var text string
		switch e.main() {
		case "t":
			text, err = m.text()
		case "r":
			text, err = m.richText()
		case "rPr", "rPh", "phoneticPr", "extLst":
			return m.skip()
		default:
			return e.unexpected()
		}
		whole.WriteString(text)
		if whole.Len() > maxCell {
			return errCell
		}
		return err
	})
	return whole.String(), err
}

// unescape decodes _xHHHH_, which stands for a UTF-16 unit that XML cannot contain. An underscore that only looks like the
// beginning of an escape is written as _x005F_.
func unescape(text string) string {
	if !strings.Contains(text, "_x") {
		return text
	}
	var decoded strings.Builder
	for text != "" {
		unit, ok := escaped(text)
		if !ok {
			// Copy up to the next underscore.
			end := 1 + strings.IndexByte(text[1:], '_')
			if end == 0 {
				end = len(text)
			}
			decoded.WriteString(text[:end])
			text = text[end:]
			continue
		}
		text = text[len("_xHHHH_"):]
		if second, ok := escaped(text); ok && utf16.IsSurrogate(unit) {
			if r := utf16.DecodeRune(unit, second); r != utf8.RuneError {
				unit, text = r, text[len("_xHHHH_"):]
			}
		}
		decoded.WriteRune(unit) // Half of a pair becomes U+FFFD.
	}
	return decoded.String()
}

// escaped decodes the _xHHHH_ at the beginning of a text.
func escaped(text string) (rune, bool) {
	if len(text) < len("_xHHHH_") || text[:2] != "_x" || text[6] != '_' {
		return 0, false
	}
	unit, err := strconv.ParseUint(text[2:6], 16, 16)
	return rune(unit), err == nil
}

// sharedText returns the shared text with the given number. It is empty if the number is empty or too high.
func (r *reader) sharedText(number string) (string, error) {
	if number == "" {
		return "", nil
	}
	if r.texts == nil {
		return "", errors.New("it refers to a shared text, and the Excel file has no part with shared texts")
	}
	n, err := strconv.ParseUint(number, 10, 31)
	if err != nil {
		return "", fmt.Errorf("it refers to a shared text by %q, which is not a number", shorten(number))
	}
	if n >= uint64(len(r.texts)) {
		return "", nil
	}
	return r.texts[n], nil
}
