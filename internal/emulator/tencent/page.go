// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package tencent

import "slices"

// Page returns a page of a list. Pages are numbered from 1 and have size entries; the last one may have fewer. A page after
// the last one is empty. number and size must be positive.
func Page[T any](list []T, number, size int64) []T {
	// A page is never longer than the list. Limiting the size makes the conversion to int safe.
	pages := slices.Collect(slices.Chunk(list, int(min(size, int64(len(list)+1)))))
	if number > int64(len(pages)) {
		return []T{}
	}
	return pages[number-1]
}

// Pages returns the number of pages of a list.
func Pages(entries int, size int64) int64 {
	if entries == 0 {
		return 0
	}
	return (int64(entries)-1)/size + 1
}

// Entries returns the numbers of the entries of a list, newest first: from n down to 1. growth is the number of entries
// added at the beginning of the list; see exchange.Exchange.ListGrowth.
func Entries(n, growth int) []int {
	numbers := make([]int, max(0, n+growth))
	for i := range numbers {
		numbers[i] = len(numbers) - i
	}
	return numbers
}
