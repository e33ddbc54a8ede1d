// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"net/http"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

// configured returns a provider that is configured from the environment.
func configured(t *testing.T) *acctest.Server {
	t.Helper()
	s := acctest.NewServer(t)
	if problems := s.Configure(t, nil); len(problems) > 0 {
		t.Fatal(problems)
	}
	return s
}

// readTogether reads the same so many times at once, and returns the states.
func readTogether(t *testing.T, s *acctest.Server, dataSource string, c acctest.Config, times int) []acctest.State {
	t.Helper()
	states := make([]acctest.State, times)
	var group sync.WaitGroup
	for i := range states {
		group.Go(func() {
			var problems acctest.Problems
			if states[i], problems = s.Read(t.Context(), t, dataSource, c); len(problems) > 0 {
				t.Error(problems)
			}
		})
	}
	group.Wait()
	return states
}

func TestTwentyReadsOfTheSameAreOneCall(t *testing.T) {
	for dataSource, config := range reads {
		if dataSource == mnaStatisticExport {
			continue
		}
		t.Run(dataSource, func(t *testing.T) {
			e := acctest.Start(t, emulator.Options{})
			s := configured(t)
			states := readTogether(t, s, dataSource, config, 20)
			once := len(e.Calls())
			states = append(states, readTogether(t, s, dataSource, config.With(acctest.Config{"max_points": 10_000}), 1)...)
			for _, state := range states {
				if diff := cmp.Diff(states[0], state.Without("max_points")); diff != "" {
					t.Fatalf("(-one +another)\n%s", diff)
				}
			}
			if n := len(e.Calls()); once != 1 || n != 1 {
				t.Errorf("%d calls for 20 reads, %d in the end; want 1", once, n)
			}
			// Another provider knows nothing of it.
			readTogether(t, configured(t), dataSource, config, 1)
			if n := len(e.Calls()); n != 2 {
				t.Errorf("%d calls of two providers, want 2", n)
			}
		})
	}
}

func TestEveryExportIsACall(t *testing.T) {
	e := acctest.Start(t, emulator.Options{})
	s := configured(t)
	ids := make(map[string]bool)
	for _, state := range readTogether(t, s, mnaStatisticExport, mnaStatisticExportConfig, 5) {
		ids[state["request_id"]] = true
	}
	if n := len(e.Calls()); n != 5 || len(ids) != 5 {
		t.Errorf("%d calls with %d request IDs for 5 exports", n, len(ids))
	}
}

func TestOtherQuestionsAreOtherCalls(t *testing.T) {
	e := acctest.Start(t, emulator.Options{})
	s := configured(t)
	for i, change := range []acctest.Config{
		{},
		{"device_id": "mna-dev2"},
		{"type": "uplink"},
		{"lookback": "25h"},
		{"access_region": "EU"},
		{"device_id": nil, "device_list": []any{"mna-dev1"}},
	} {
		for range 2 {
			readTogether(t, s, mnaFlowStatistic, mnaFlowStatisticConfig.With(change), 1)
		}
		if n := len(e.Calls()); n != i+1 {
			t.Errorf("%d calls after %d questions", n, i+1)
		}
	}
	// The code of a word is the same question.
	readTogether(t, s, mnaFlowStatistic, mnaFlowStatisticConfig.With(acctest.Config{"type": "3", "time_granularity": "1"}), 1)
	if n := len(e.Calls()); n != 6 {
		t.Errorf("%d calls, want 6", n)
	}
}

func TestErrorsAreNotRemembered(t *testing.T) {
	e := acctest.Start(t, emulator.Options{})
	s := configured(t)
	e.Inject(emulator.Fault{Kind: emulator.FaultAnswer, Status: http.StatusNotFound, Count: 1})
	_, problems := s.Read(t.Context(), t, mnaFlowStatistic, mnaFlowStatisticConfig)
	expectProblem(t, problems, "", "HTTP 404")
	readTogether(t, s, mnaFlowStatistic, mnaFlowStatisticConfig, 1)
	if n := len(e.Calls()); n != 2 {
		t.Errorf("%d calls, want 2", n)
	}
}

// Each command of Terraform has a provider of its own, which asks once.
func TestAccTwentyDataSourcesAreOneCall(t *testing.T) {
	e := acctest.Start(t, emulator.Options{Limits: &emulator.Limits{}})
	config := requiredProviders + `
data "edgestats_mna_flow_statistic" "test" {
  count = 20

  device_id        = "mna-dev1"
  type             = "total"
  time_granularity = "hour"
  lookback         = "24h"
}

output "request_ids" {
  value = length(distinct(data.edgestats_mna_flow_statistic.test[*].request_id))
}
`
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{{
			Config:            config,
			ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownOutputValue("request_ids", knownvalue.Int64Exact(1))},
		}},
	})
	if n := len(e.Calls()); n >= 20 {
		t.Errorf("%d calls of a handful of commands", n)
	}
}
