// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package stats

import (
	"slices"
	"sort"
	"strings"

	"github.com/edgestats/terraform-provider-edgestats/internal/decimal"
)

// blocks are the characters for values, lowest first.
var blocks = [...]rune{'▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'}

// steps is the number of steps from the lowest block to the highest.
const steps = int64(len(blocks) - 1)

// Sparkline draws each value as a block, such as "▁▃▅█" for 1, 2, 3 and 4. The range from the lowest value to the highest is
// divided into seven equal steps, and the height of a block is the number of complete steps below its value. If all values
// are equal, all blocks are the lowest. A null is a space. Without values, the result is empty.
func Sparkline(values []decimal.Decimal) string {
	ends := stepEnds(values)
	var line strings.Builder
	for _, value := range values {
		if value.IsNull() {
			line.WriteRune(' ')
			continue
		}
		scaled := value.Mul(decimal.FromInt(steps))
		height := sort.Search(len(ends), func(i int) bool { return ends[i].Cmp(scaled) > 0 })
		line.WriteRune(blocks[height])
	}
	return line.String()
}

// stepEnds returns the ends of the steps multiplied by the number of steps, because a seventh is not an exact decimal. It
// returns nil if all values are equal.
func stepEnds(values []decimal.Decimal) []decimal.Decimal {
	measured := withoutNulls(values)
	if len(measured) == 0 {
		return nil
	}
	least := slices.MinFunc(measured, decimal.Decimal.Cmp)
	greatest := slices.MaxFunc(measured, decimal.Decimal.Cmp)
	if least.Equal(greatest) {
		return nil
	}
	var ends []decimal.Decimal
	for step := int64(1); step <= steps; step++ {
		end := greatest.Mul(decimal.FromInt(step)).Add(least.Mul(decimal.FromInt(steps - step)))
		ends = append(ends, end)
	}
	return ends
}
