// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package stats

import "github.com/edgestats/terraform-provider-edgestats/internal/decimal"

// changePlaces is the number of decimal places of a change.
const changePlaces = 6

// Change returns the change from previous to current in percent of the magnitude of previous, rounded half away from zero
// to 6 decimal places. It is null if either is null or if previous is zero.
func Change(current, previous decimal.Decimal) decimal.Decimal {
	if current.IsNull() || previous.IsNull() {
		return decimal.Decimal{}
	}
	difference := current.Add(previous.Mul(decimal.FromInt(-1)))
	magnitude := previous
	if previous.Cmp(decimal.FromInt(0)) < 0 {
		magnitude = previous.Mul(decimal.FromInt(-1))
	}
	return difference.Mul(decimal.FromInt(100)).DivRound(magnitude, changePlaces)
}
