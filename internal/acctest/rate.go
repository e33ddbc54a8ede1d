// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"slices"

	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

// LimitsOverFiveSeconds are the documented limits, of which API 3.0's is counted over five seconds instead of one: where
// the machine halts for a moment, calls arrive together that were to leave one by one.
func LimitsOverFiveSeconds() *emulator.Limits {
	const seconds = 5
	limits := emulator.DocumentedLimits()
	limits.Tencent.Calls *= seconds
	limits.Tencent.Period *= seconds
	return &limits
}

// Rate returns how many of the calls came in a second.
func Rate(calls []emulator.Call) float64 {
	byTime := func(a, b emulator.Call) int { return a.Time.Compare(b.Time) }
	took := slices.MaxFunc(calls, byTime).Time.Sub(slices.MinFunc(calls, byTime).Time)
	return float64(len(calls)-1) / took.Seconds()
}
