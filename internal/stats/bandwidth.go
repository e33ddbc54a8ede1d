// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package stats

import "github.com/edgestats/terraform-provider-edgestats/internal/decimal"

// MegabitsPerSecond returns the average bandwidth of a transfer in megabits of 1,000,000 bits per second, rounded half away
// from zero to 6 decimal places. It is null if bytes or seconds is null or if seconds is zero.
func MegabitsPerSecond(bytes, seconds decimal.Decimal) decimal.Decimal {
	const bitsPerByte, bitsPerMegabit, places = 8, 1_000_000, 6
	return bytes.Mul(decimal.FromInt(bitsPerByte)).DivRound(seconds.Mul(decimal.FromInt(bitsPerMegabit)), places)
}
