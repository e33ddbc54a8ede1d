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

// Top returns the n entries of values with the greatest values, greatest first and equal values by key. Nulls are left out. There
// are fewer where values has fewer, and none for an n below 1.
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
