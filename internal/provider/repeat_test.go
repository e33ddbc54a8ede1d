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
	"github.com/edgestats/terraform-provider-edgestats/internal/provider"
)

// A plan must not change because time passes. Minutes go by between two reads, and no period ends in them.
func TestReadingAgainChangesNothing(t *testing.T) {
	for dataSource, config := range reads {
		t.Run(dataSource, func(t *testing.T) {
			var passed atomic.Int64
			moving := clock.Func(func() time.Time { return acctest.Now.Add(time.Duration(passed.Load())) })
			acctest.Start(t, emulator.Options{Clock: moving})
			first := acctest.MustRead(t, dataSource, config, provider.WithClock(moving))
			pause := 30 * time.Minute
			if dataSource == cdnDistrictISPData {
				pause = 4 * time.Minute
			}
			passed.Store(int64(pause))
			second := acctest.MustRead(t, dataSource, config, provider.WithClock(moving))

			own := []string{"request_id", "file_path", "expires_at"}
			if diff := cmp.Diff(first.Without(own...), second.Without(own...)); diff != "" {
				t.Errorf("(-first +second)\n%s", diff)
			}
			if id := first["request_id"]; id != "" && id == second["request_id"] {
				t.Errorf("both reads have the request ID %s", id)
			}
		})
	}
}

// One more hour shows in the window and what depends on it, and nowhere else.
func TestReadingAfterAnHour(t *testing.T) {
	var passed atomic.Int64
	moving := clock.Func(func() time.Time { return acctest.Now.Add(time.Duration(passed.Load())) })
	acctest.Start(t, emulator.Options{Clock: moving})
	config := mnaFlowStatisticConfig.With(acctest.Config{"lookback": nil, "begin_time": "2026-01-14T12:00:00Z"})
	first := acctest.MustRead(t, mnaFlowStatistic, config, provider.WithClock(moving))
	passed.Store(int64(time.Hour))
	second := acctest.MustRead(t, mnaFlowStatistic, config, provider.WithClock(moving))

	expectState(t, second, map[string]string{
		"window.start": first["window.start"], "window.end": "2026-01-15T13:00:00Z",
		"net_details.#": "25", "net_details.24.time": "2026-01-15T12:00:00Z",
	})
	for name, value := range first.Without("request_id", "window", "summary", "total_value", "avg_value", "max_value", "net_details.#") {
		if second[name] != value {
			t.Errorf("%s changed from %s to %s", name, value, second[name])
		}
	}
}
