// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

// The provider learns from Tencent Cloud that its clock is 20 minutes slow. All APIs of Tencent Cloud are then called
// with that time, and CDNetworks, whose clock agrees with the local one, is not.
func TestEachVendorHasItsOwnClock(t *testing.T) {
	var ahead atomic.Int64
	e := acctest.Start(t, emulator.Options{Clock: clock.Func(func() time.Time { return acctest.Now.Add(time.Duration(ahead.Load())) })})
	s := acctest.Configured(t, nil)
	for _, test := range []struct {
		dataSource string
		api        emulator.API
		ahead      time.Duration
		statuses   []int
	}{
		{mnaFlowStatistic, emulator.MNA, 20 * time.Minute, []int{200, 200}}, // The first call is refused with status 200.
		{cdnRelayTraffic, emulator.CDNetworks, 0, []int{200}},
		{trroSessionStatistics, emulator.TRRO, 20 * time.Minute, []int{200}},
		{cdnOverseaISPDetail, emulator.CDNLegacy, 20 * time.Minute, []int{200}},
	} {
		ahead.Store(int64(test.ahead))
		if _, problems := s.Read(t.Context(), t, test.dataSource, reads[test.dataSource]); len(problems) > 0 {
			t.Fatal(problems)
		}
		var got []int
		for _, call := range e.CallsTo(test.api) {
			got = append(got, call.Status)
		}
		if diff := cmp.Diff(test.statuses, got); diff != "" {
			t.Errorf("%s: %s", test.dataSource, diff)
		}
	}
}
