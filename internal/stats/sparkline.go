// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package stats

import (
	"slices"
	"sort"
	"strings"

	"github.com/edgestats/terraform-provider-edgestats/internal/decimal"
)

// blocks are the heights that a value can have, lowest first.
var blocks = [...]rune{'▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'}

// steps is how many equal steps lead from the lowest block to the highest.
const steps = int64(len(blocks) - 1)

// Sparkline draws values as one block each, "▁▃▅█" for 1, 2, 3 and 4. The way from the least value to the greatest is cut into
// seven equal steps, and a block shows how many of them its value has climbed. Where all values are equal, all blocks are the
// lowest. A null is a space, and no values are the empty string.
func Sparkline(values []decimal.Decimal) string {
	ends := stepEnds(values)
	var line strings.Builder
	for _, value := range values {
		if value.IsNull() {
			line.WriteRune(' ')
			continue
		}
		scaled := value.Mul(decimal.FromInt(steps))
		climbed := sort.Search(len(ends), func(i int) bool { return ends[i].Cmp(scaled) > 0 })
		line.WriteRune(blocks[climbed])
	}
	return line.String()
}

// stepEnds returns where the steps end, times their number: a seventh is no exact decimal. There are none where the values do
// not differ.
func stepEnds(values []decimal.Decimal) []decimal.Decimal {
	measured := slices.DeleteFunc(slices.Clone(values), decimal.Decimal.IsNull)
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
