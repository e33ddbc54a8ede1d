// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package cdnetworks

import (
	"encoding/json"
	"fmt"
)

// decodeOddReport reads a report that has one object in place of an array of one, as some of the vendor's reports do. Its
// errors name what is neither.
func decodeOddReport(data []byte) (*wireReport, error) {
	type oddReport struct {
		wireReport

		Groups json.RawMessage `json:"groups"`
	}
	var wire struct {
		Report *oddReport `json:"report"`
	}
	if err := json.Unmarshal(data, &wire); err != nil || wire.Report == nil {
		return nil, errNoReport
	}
	type oddGroup struct {
		wireGroup

		Item json.RawMessage `json:"item"`
	}
	groups, err := oneOrMany[oddGroup](wire.Report.Groups)
	if err != nil {
		return nil, fmt.Errorf("groups: %w", err)
	}
	report := &wire.Report.wireReport
	report.Groups = make([]wireGroup, len(groups))
	for i, group := range groups {
		report.Groups[i] = group.wireGroup
		if report.Groups[i].Item, err = oneOrMany[wireItem](group.Item); err != nil {
			return nil, fmt.Errorf("groups[%d].item: %w", i, err)
		}
	}
	return report, nil
}

// oneOrMany reads an array of objects, or an object as an array of one.
func oneOrMany[T any](data json.RawMessage) ([]T, error) {
	var many []T
	if len(data) == 0 || json.Unmarshal(data, &many) == nil {
		return many, nil
	}
	one := make([]T, 1)
	if data[0] != '{' || json.Unmarshal(data, &one[0]) != nil {
		return nil, errNotList
	}
	return one, nil
}
