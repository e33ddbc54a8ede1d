// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

// counted starts an emulator without limits that counts the connections to it.
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

func TestConcurrentReadsShareConnections(t *testing.T) {
	connections := counted(t)
	s := acctest.Configured(t, acctest.Config{"quota_share": 1})
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
	if _, problems := s.Read(t.Context(), t, mnaFlowStatistic, reads[mnaFlowStatistic]); len(problems) > 0 || connections.Load() != many {
		t.Errorf("%d connections after %d, want none more; %s", connections.Load(), many, problems)
	}
}
