// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

// Being throttled uses up none of the retries, of which there are none here, and nobody calls during the pause that
// the vendor asks for.
func TestThrottlingPausesEveryone(t *testing.T) {
	for dataSource, config := range reads {
		t.Run(dataSource, func(t *testing.T) {
			throttled := emulator.Fault{
				API: apiOf[dataSource], Kind: emulator.FaultThrottled, Count: 2, Header: map[string]string{"Retry-After": "30"},
			}
			e := inBubble(t, 0, []emulator.Fault{throttled}, func(b bubble) {
				var group sync.WaitGroup
				for i := range 3 {
					group.Go(func() {
						if _, problems := b.read(dataSource, config.With(another(dataSource, i))); len(problems) > 0 {
							b.Error(problems)
						}
					})
				}
				group.Wait()
			})
			calls := e.CallsTo(apiOf[dataSource])
			if len(calls) != 5 {
				t.Errorf("%d calls, want 3 and 2 that were throttled", len(calls))
			}
			for _, paused := range calls {
				for _, call := range calls {
					into := call.Time.Sub(paused.Time)
					if paused.Fault == emulator.FaultThrottled && into > 0 && into < 30*time.Second {
						t.Errorf("a call %s into a pause of 30s", into)
					}
				}
			}
		})
	}
}

// another changes what is read, so that reads are different questions: equal ones share a call.
func another(dataSource string, i int) acctest.Config {
	name := fmt.Sprintf("name-%d.example.com", i)
	return map[string]acctest.Config{
		mnaFlowStatistic:      {"device_id": name},
		mnaStatisticExport:    {"device_name": name},
		trroSessionStatistics: {"project_id": name},
		cdnRelayTraffic:       {"domains": []any{name}},
		cdnOverseaISPDetail:   {"hosts": []any{name}},
		cdnDistrictISPData:    {"domains": []any{name}},
	}[dataSource]
}

// The vendor need not say how long to wait.
func TestThrottlingWithoutRetryAfter(t *testing.T) {
	for dataSource, config := range reads {
		t.Run(dataSource, func(t *testing.T) {
			throttled := emulator.Fault{API: apiOf[dataSource], Kind: emulator.FaultThrottled, Count: 2}
			inBubble(t, 0, []emulator.Fault{throttled}, func(b bubble) {
				started := time.Now()
				if _, problems := b.read(dataSource, config); len(problems) > 0 {
					b.Error(problems)
				}
				if took := time.Since(started); took < 750*time.Millisecond || took > 2*time.Second {
					b.Errorf("took %s, want pauses of up to half a second and up to one", took)
				}
			})
		})
	}
}

// Throttled for ever, a read ends with its timeout and says who uses up the quota.
func TestThrottlingEndsWithTheReadTimeout(t *testing.T) {
	for dataSource, config := range reads {
		t.Run(dataSource, func(t *testing.T) {
			throttled := emulator.Fault{API: apiOf[dataSource], Kind: emulator.FaultThrottled}
			inBubble(t, 0, []emulator.Fault{throttled}, func(b bubble) {
				started := time.Now()
				_, problems := b.read(dataSource, config.With(acctest.Config{"timeouts": acctest.Config{"read": "1m"}}))
				expectProblem(b.T, problems, "", "the read timed out", "Too many requests", " attempts in ", "quota_share", "timeouts.read")
				if took := time.Since(started); took < 20*time.Second || took > time.Minute {
					b.Errorf("took %s, want as long as the next attempt fits into a minute", took)
				}
			})
		})
	}
}
