// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package stats

import "github.com/edgestats/terraform-provider-edgestats/internal/decimal"

// MegabitsPerSecond returns the average bandwidth of bytes over seconds, which are not zero: decimal megabits (1,000,000 bits),
// rounded half away from zero to 6 decimals. It is null where one of them is.
func MegabitsPerSecond(bytes, seconds decimal.Decimal) decimal.Decimal {
	const bitsPerByte, bitsPerMegabit, places = 8, 1_000_000, 6
	return bytes.Mul(decimal.FromInt(bitsPerByte)).DivRound(seconds.Mul(decimal.FromInt(bitsPerMegabit)), places)
}
