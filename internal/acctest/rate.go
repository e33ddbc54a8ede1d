// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"slices"

	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

// LimitsOverFiveSeconds returns the documented limits, but counts the calls to API 3.0 over five seconds instead of one. If
// a busy machine pauses for a moment, calls that were sent one by one arrive together.
func LimitsOverFiveSeconds() *emulator.Limits {
	const seconds = 5
	limits := emulator.DocumentedLimits()
	limits.Tencent.Calls *= seconds
	limits.Tencent.Period *= seconds
	return &limits
}

// Rate returns the number of calls per second.
func Rate(calls []emulator.Call) float64 {
	byTime := func(a, b emulator.Call) int { return a.Time.Compare(b.Time) }
	took := slices.MaxFunc(calls, byTime).Time.Sub(slices.MinFunc(calls, byTime).Time)
	return float64(len(calls)-1) / took.Seconds()
}
