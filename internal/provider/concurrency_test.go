// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/acctest/leaktest"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider"
)

// brokenClock panics once, as often asked as told; it is asked for a window and for every signature.
type brokenClock struct{ left atomic.Int64 }

func (c *brokenClock) Now() time.Time {
	if c.left.Add(-1) == 0 {
		panic("with " + emulator.DefaultSecretKey)
	}
	return acctest.Now
}

// Five reads ask the clock ten times, and whichever of them panics, the other four go on.
func TestFault_65_APanicEndsOneRead(t *testing.T) {
	for asked := range 10 {
		t.Run(strconv.Itoa(asked+1), func(t *testing.T) {
			acctest.Start(t, emulator.Options{})
			var broken brokenClock
			s := acctest.NewServer(t, provider.WithClock(&broken))
			if problems := s.Configure(t, nil); len(problems) > 0 {
				t.Fatal(problems)
			}
			broken.left.Store(int64(asked + 1))
			type failure struct {
				dataSource string
				problems   acctest.Problems
			}
			failed := make(chan failure, len(reads))
			var group sync.WaitGroup
			for dataSource, config := range reads {
				group.Go(func() {
					if _, problems := s.Read(t.Context(), t, dataSource, config); len(problems) > 0 {
						failed <- failure{dataSource, problems}
					}
				})
			}
			group.Wait()
			close(failed)
			if len(failed) != 1 {
				t.Errorf("%d reads failed, want 1", len(failed))
			}
			for f := range failed {
				expectProblem(t, f.problems, "", "Provider Bug", "panic at concurrency_test.go:", "a value of type string", "Other reads are not affected")
				expectNone(t, f.problems.String(), emulator.DefaultSecretKey)
				if _, problems := s.Read(t.Context(), t, f.dataSource, reads[f.dataSource]); len(problems) > 0 {
					t.Errorf("after its panic: %s", problems)
				}
			}
		})
	}
}

// counted is an emulator without limits that counts the connections to it.
func counted(t *testing.T) (connections *atomic.Int64) {
	t.Helper()
	connections = new(atomic.Int64)
	e := acctest.Start(t, emulator.Options{Limits: &emulator.Limits{}})
	server := httptest.NewUnstartedServer(e)
	server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			connections.Add(1)
		}
	}
	server.Start()
	t.Cleanup(server.Close)
	t.Setenv("EDGESTATS_ENDPOINT_URL", server.URL)
	return connections
}

func TestFault_73_ConcurrentReads(t *testing.T) {
	connections := counted(t)
	s := acctest.NewServer(t)
	if problems := s.Configure(t, acctest.Config{"quota_share": 1}); len(problems) > 0 {
		t.Fatal(problems)
	}
	own := []string{"request_id", "file_path", "expires_at"}
	want := make(map[string]acctest.State)
	for dataSource, config := range reads {
		state, problems := s.Read(t.Context(), t, dataSource, config)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		want[dataSource] = state.Without(own...)
	}
	if got := connections.Load(); got != 1 {
		t.Errorf("%d connections for one read after the other, want 1 that all vendors share", got)
	}
	var group sync.WaitGroup
	for range 20 {
		for dataSource, config := range reads {
			group.Go(func() {
				state, problems := s.Read(t.Context(), t, dataSource, config)
				if len(problems) > 0 {
					t.Error(problems)
				} else if diff := cmp.Diff(want[dataSource], state.Without(own...)); diff != "" {
					t.Errorf("%s (-alone +in company)\n%s", dataSource, diff)
				}
			})
		}
	}
	group.Wait()
	many := connections.Load()
	if _, problems := s.Read(t.Context(), t, mnaFlowStatistic, mnaFlowStatisticConfig); len(problems) > 0 || connections.Load() != many {
		t.Errorf("%d connections after %d, want none more; %s", connections.Load(), many, problems)
	}
}

// trouble answers in place of the emulator, and may cancel the read.
type trouble func(w http.ResponseWriter, r *http.Request, cancel func())

func stalls(_ http.ResponseWriter, r *http.Request, cancel func()) {
	cancel()
	<-r.Context().Done()
}

func stallsInBody(w http.ResponseWriter, r *http.Request, cancel func()) {
	_, _ = w.Write([]byte("{"))
	stalls(flushed(w), r, cancel)
}

func tooMany(w http.ResponseWriter, _ *http.Request, cancel func()) {
	w.Header().Set("Retry-After", "60")
	w.WriteHeader(http.StatusTooManyRequests)
	flushed(w)
	cancel()
}

// flushed sends what was written so far.
func flushed(w http.ResponseWriter) http.ResponseWriter {
	_ = http.NewResponseController(w).Flush()
	return w
}

// A read that times out takes as long as its timeout, so all data sources are read at once. The timeouts are long enough
// for a busy machine to make the calls, and an error that says so is right even where it is not.
func TestReadsLeaveNoGoroutineBehind(t *testing.T) {
	const timedOut, cancelled = "the read timed out", "the read was cancelled"
	for name, test := range map[string]struct {
		trouble trouble
		timeout string
		problem string
	}{
		"success":              {nil, "10m", ""},
		"refused":              {func(w http.ResponseWriter, _ *http.Request, _ func()) { w.WriteHeader(http.StatusForbidden) }, "10m", "HTTP 403"},
		"cut":                  {func(http.ResponseWriter, *http.Request, func()) { panic(http.ErrAbortHandler) }, "10m", "the answer was truncated"},
		"timed out":            {stalls, "3s", timedOut},
		"timed out in a body":  {stallsInBody, "3s", timedOut},
		"timed out in a pause": {tooMany, "50s", timedOut}, // The pause of a minute does not fit, so nothing waits for it.
		"cancelled":            {stalls, "10m", cancelled},
		"cancelled in a body":  {stallsInBody, "10m", cancelled},
		"cancelled in a pause": {tooMany, "10m", cancelled},
	} {
		t.Run(name, func(t *testing.T) {
			leaktest.Check(t)
			cancels := make(map[emulator.API][]func()) // A call is of any read of its API, so they are cancelled together.
			acctest.Start(t, emulator.Options{Override: func(api emulator.API, w http.ResponseWriter, r *http.Request) bool {
				if test.trouble == nil {
					return false
				}
				test.trouble(w, r, func() {
					for _, cancel := range cancels[api] {
						cancel()
					}
				})
				return true
			}})
			s := acctest.NewServer(t)
			if problems := s.Configure(t, acctest.Config{"max_retries": 0}); len(problems) > 0 {
				t.Fatal(problems)
			}
			dataSources := s.DataSources()
			problems := make([]acctest.Problems, len(dataSources))
			var prepared []func()
			for i, dataSource := range dataSources {
				ctx, cancel := context.WithCancel(t.Context())
				t.Cleanup(cancel)
				if test.problem == cancelled {
					cancels[apiOf[dataSource]] = append(cancels[apiOf[dataSource]], cancel)
				}
				config := reads[dataSource].With(acctest.Config{"timeouts": acctest.Config{"read": test.timeout}})
				prepared = append(prepared, func() { _, problems[i] = s.Read(ctx, t, dataSource, config) })
			}
			var group sync.WaitGroup
			for _, read := range prepared {
				group.Go(read)
			}
			group.Wait()
			for i, dataSource := range dataSources {
				if test.problem != "" {
					expectProblem(t, problems[i], "", test.problem)
				} else if len(problems[i]) > 0 {
					t.Errorf("%s: %s", dataSource, problems[i])
				}
			}
		})
	}
}
