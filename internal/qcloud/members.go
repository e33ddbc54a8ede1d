// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package qcloud

import (
	"bytes"
	"encoding/json"
	"fmt"
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
// Null and an absent value are empty maps too.
func members(raw json.RawMessage) ([]member, error) {
	if len(raw) == 0 {
		return nil, nil
	}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	opening, err := decoder.Token()
	if err != nil {
		return nil, err
	}
	inList := opening == json.Delim('[')
	if opening == nil {
		return nil, nil
	}
	if !inList && opening != json.Delim('{') {
		return nil, errNotMap
	}
	var all []member
	for decoder.More() {
		m := member{key: strconv.Itoa(len(all)), inList: inList}
		if !inList {
			name, err := decoder.Token()
			if err != nil {
				return nil, err
			}
			m.key = fmt.Sprint(name)
		}
		if err := decoder.Decode(&m.value); err != nil {
			return nil, err
		}
		all = append(all, m)
	}
	return all, nil
}

// isNumberList reports whether a value is a list that holds, first of all, neither a map nor a list.
func isNumberList(raw json.RawMessage) bool {
	first, isList := bytes.CutPrefix(raw, []byte("["))
	first = bytes.TrimLeft(first, " \t\r\n")
	return isList && len(first) > 0 && !bytes.ContainsAny(first[:1], "{[]")
}
