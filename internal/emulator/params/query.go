// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package params

import (
	"encoding/json"
	"errors"
	"net/url"
	"strconv"
	"strings"
)

// maxQueryDepth is the maximum number of parts of a parameter's name. Tags.0.Key, for example, has three.
const maxQueryDepth = 5

var errQuery = errors.New("the parameters contradict each other")

// FromQuery returns the parameters of a query: Domains.0=a&Domains.1=b is a list and Tags.0.Key=a is a list of objects. All
// values are strings, so Integer and Integers read digits.
func FromQuery(query string) *Params {
	p := &Params{textual: true}
	values, err := url.ParseQuery(query)
	if err != nil {
		p.fail(Mistyped, "query", "encoded as a form")
		return p
	}
	tree := make(map[string]any)
	for name, list := range values {
		if len(list) != 1 || addToTree(tree, strings.Split(name, "."), list[0]) != nil {
			p.fail(Mistyped, name, "given once, with names and numbers between dots")
			return p
		}
	}
	p.members = make(map[string]json.RawMessage, len(tree))
	for name, node := range tree {
		// Maps, lists and strings always have a JSON form.
		p.members[name], _ = json.Marshal(withLists(node))
	}
	return p
}

// addToTree sets the value at a path of names.
func addToTree(tree map[string]any, path []string, value string) error {
	if len(path) > maxQueryDepth {
		return errQuery
	}
	node, ok := tree[path[0]]
	if len(path) == 1 {
		tree[path[0]] = value
		if ok {
			return errQuery
		}
		return nil
	}
	if !ok {
		node = make(map[string]any)
		tree[path[0]] = node
	}
	inner, ok := node.(map[string]any)
	if !ok {
		return errQuery
	}
	return addToTree(inner, path[1:], value)
}

// withLists converts maps with the keys 0, 1, 2 and so on to lists.
func withLists(node any) any {
	tree, ok := node.(map[string]any)
	if !ok {
		return node
	}
	list := make([]any, 0, len(tree))
	for n := range len(tree) {
		if element, ok := tree[strconv.Itoa(n)]; ok {
			list = append(list, withLists(element))
		}
	}
	if len(list) == len(tree) {
		return list
	}
	for name, element := range tree {
		tree[name] = withLists(element)
	}
	return tree
}
