// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package stats

import (
	"cmp"
	"slices"

	"github.com/edgestats/terraform-provider-edgestats/internal/decimal"
)

// Entry is a value with the name of what was measured.
type Entry struct {
	Key   string
	Value decimal.Decimal
}

// Top returns the n entries with the greatest values, greatest first. Entries with equal values are sorted by key. Nulls
// are left out. The result has fewer entries if values has fewer, and none if n is less than 1.
func Top(values map[string]decimal.Decimal, n int) []Entry {
	entries := make([]Entry, 0, len(values))
	for key, value := range values {
		if !value.IsNull() {
			entries = append(entries, Entry{key, value})
		}
	}
	slices.SortFunc(entries, func(a, b Entry) int {
		return cmp.Or(b.Value.Cmp(a.Value), cmp.Compare(a.Key, b.Key))
	})
	return entries[:max(0, min(n, len(entries)))]
}
