// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package settings_test

import (
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/clock"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider"
)

// Reads that wait for keys together do not call together: none of them has taken its turn before. The limit is two calls a
// second, so that the machine would have to halt for seconds to make them come together.
func TestReadsThatWaitForKeysKeepTheLimit(t *testing.T) {
	e := acctest.Serve(t, emulator.Options{
		Keys: accepted, Faults: []emulator.Fault{{API: emulator.STS, Kind: emulator.FaultStall, Delay: 4 * time.Second, Count: 1}},
	})
	acctest.ClearEnvironment(t)
	s := acctest.NewServer(t, provider.WithClock(clock.System{}))
	block := acctest.Config{"endpoints": acctest.Config{"mna": e.URL, "sts": e.URL}, "quota_share": 0.1}.With(blockKey).With(assumeRole)
	if problems := s.Configure(t, block); len(problems) > 0 {
		t.Fatal(problems)
	}
	var reads sync.WaitGroup
	for i := range 10 {
		reads.Go(func() {
			config := flowStatisticConfig.With(acctest.Config{"device_id": "mna-dev" + strconv.Itoa(i)})
			if _, problems := s.Read(t.Context(), t, flowStatistic, config); len(problems) > 0 {
				t.Error(problems)
			}
		})
	}
	reads.Wait()
	if rate := acctest.Rate(e.CallsTo(emulator.MNA)); rate > 4 {
		t.Errorf("%.1f calls came in a second, want about 2", rate)
	}
}

// Keys that end in the midst of 50 reads are replaced once, and no read notices.
func TestKeysEndAmongManyReads(t *testing.T) {
	acctest.ClearEnvironment(t)
	const many = 50
	for name, test := range map[string]struct {
		block acctest.Config
		// issuer is who is asked for keys.
		issuer emulator.API
		end    func(e *emulator.Emulator, later func())
	}{
		"a role's keys expire":      {assumeRole, emulator.STS, func(_ *emulator.Emulator, later func()) { later() }},
		"a role's keys are revoked": {assumeRole, emulator.STS, func(e *emulator.Emulator, _ func()) { e.RevokeTemporaryKeys() }},
		"a machine's keys expire":   {blockRole, emulator.Metadata, func(_ *emulator.Emulator, later func()) { later() }},
		"an identity's keys expire": {blockIdentity, emulator.STS, func(_ *emulator.Emulator, later func()) { later() }},
	} {
		t.Run(name, func(t *testing.T) {
			var passed, answered atomic.Int64
			now := clock.Func(func() time.Time { return acctest.Now.Add(time.Duration(passed.Load())) })
			var end func()
			e := acctest.Serve(t, emulator.Options{
				Keys: accepted, Clock: now, Limits: &emulator.Limits{},
				Observe: func(call emulator.Call) {
					if call.API == emulator.MNA && answered.Add(1) == many/2 {
						end()
					}
				},
			})
			end = func() { test.end(e.Emulator, func() { passed.Store(int64(24 * time.Hour)) }) }
			s := acctest.NewServer(t, provider.WithClock(now))
			endpoints := acctest.Config{"mna": e.URL, "sts": e.URL, "metadata": e.URL}
			block := acctest.Config{"endpoints": endpoints, "quota_share": 1}.With(test.block)
			if test.block["assume_role"] != nil {
				block = block.With(blockKey)
			}
			if problems := s.Configure(t, block); len(problems) > 0 {
				t.Fatal(problems)
			}
			var reads sync.WaitGroup
			for i := range many {
				reads.Go(func() {
					config := flowStatisticConfig.With(acctest.Config{"device_id": "mna-dev" + strconv.Itoa(i)})
					if _, problems := s.Read(t.Context(), t, flowStatistic, config); len(problems) > 0 {
						t.Error(problems)
					}
				})
			}
			reads.Wait()
			if calls := len(e.CallsTo(test.issuer)); calls != 2 {
				t.Errorf("keys were issued %d times, want 2", calls)
			}
		})
	}
}
