// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package qcloud

import (
	"bytes"
	"encoding/json"
	"fmt"
	"iter"
	"regexp"
	"strconv"
)

// member is one entry of a map.
type member struct {
	key    string
	inList bool
	value  json.RawMessage
}

var identifier = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)

// step returns the member's part of a place, such as .bandwidth, ["-1"] or [17].
func (m member) step() string {
	switch {
	case m.inList:
		return "[" + m.key + "]"
	case identifier.MatchString(m.key) && len(m.key) <= maxKey:
		return "." + m.key
	}
	return fmt.Sprintf("[%.*q]", maxKey, m.key)
}

// maxKey is the most characters of a key that an error quotes.
const maxKey = 255

// members returns the entries of a map in the order in which they came. PHP, in which the vendor's side is written,
// has one type for maps and lists: a map with the keys 0, 1, 2 and so on comes as a list, and an empty one as [].
// Null and an absent value are empty maps too. The map is part of a document that was found to be valid.
func members(raw json.RawMessage) ([]member, error) {
	raw = bytes.TrimSpace(raw)
	if len(raw) == 0 || string(raw) == "null" {
		return nil, nil
	}
	inList := raw[0] == '['
	if !inList && raw[0] != '{' {
		return nil, errNotMap
	}
	var all []member
	for entry := range entries(raw) {
		m := member{key: strconv.Itoa(len(all)), inList: inList, value: entry}
		if !inList {
			name, value := cutName(entry)
			if err := json.Unmarshal(name, &m.key); err != nil {
				return nil, err
			}
			m.value = value
		}
		all = append(all, m)
	}
	return all, nil
}

// entries are what stands between the brackets of a map or a list, as it stands there. Unlike with encoding/json, going
// down level by level costs no more than looking at each byte once a level.
func entries(raw json.RawMessage) iter.Seq[json.RawMessage] {
	return func(yield func(json.RawMessage) bool) {
		inner := bytes.TrimSpace(raw[1:max(1, len(raw)-1)])
		for len(inner) > 0 {
			end := entryEnd(inner)
			if !yield(bytes.TrimSpace(inner[:end])) {
				return
			}
			inner = inner[min(end+1, len(inner)):]
		}
	}
}

// entryEnd returns where the first entry ends: at a comma that is in no string and no brackets.
func entryEnd(inner []byte) int {
	depth := 0
	for i := 0; i < len(inner); i++ {
		switch inner[i] {
		case '"':
			i += stringEnd(inner[i:])
		case '[', '{':
			depth++
		case ']', '}':
			depth--
		case ',':
			if depth == 0 {
				return i
			}
		}
	}
	return len(inner)
}

// cutName returns the name of an entry of a map, with its quotes, and the value.
func cutName(entry json.RawMessage) (name, value json.RawMessage) {
	end := stringEnd(entry) + 1
	if end > len(entry) {
		return entry, nil
	}
	_, value, _ = bytes.Cut(entry[end:], []byte(":"))
	return entry[:end], bytes.TrimSpace(value)
}

// stringEnd returns where the quote stands that ends the string at the beginning of a text.
func stringEnd(text []byte) int {
	for i := 1; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '"':
			return i
		}
	}
	return len(text)
}

// isNumberList reports whether a value is a list that holds, first of all, neither a map nor a list.
func isNumberList(raw json.RawMessage) bool {
	first, isList := bytes.CutPrefix(raw, []byte("["))
	first = bytes.TrimLeft(first, " \t\r\n")
	return isList && len(first) > 0 && !bytes.ContainsAny(first[:1], "{[]")
}
