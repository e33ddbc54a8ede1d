// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package mna_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/acctest/suite"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
	"github.com/edgestats/terraform-provider-edgestats/internal/provider"
)

// flowOf is an answer with so many points, one every five minutes.
func flowOf(points int) string {
	details := make([]string, points)
	for i := range details {
		details[i] = fmt.Sprintf(`{"Time": "%d", "Current": %d}`, 1_600_000_000+300*i, i)
	}
	return `{"Response": {"RequestId": "r-1", "NetDetails": [` + strings.Join(details, ",") + `]}}`
}

func TestFlowStatisticManyPoints(t *testing.T) {
	e := acctest.Start(t, emulator.Options{Override: acctest.Answer(flowOf(100_000))})
	config := flowStatisticConfig.With(acctest.Config{"time_granularity": "5min", "lookback": "1h"})
	server := acctest.Configured(t, nil)

	_, problems := server.Read(t.Context(), t, flowStatistic, config)
	acctest.ExpectProblem(t, problems, "lookback", "more than 50000 points", "max_points is 50000", "Narrow lookback", "include_points = false")

	state, problems := server.Read(t.Context(), t, flowStatistic, config.With(acctest.Config{"max_points": 100_000}))
	if len(problems) > 0 || state["net_details.#"] != "100000" || state["net_details.99999.current"] != "99999" {
		t.Errorf("%s points, the last is %s; %s", state["net_details.#"], state["net_details.99999.current"], problems)
	}

	state, problems = server.Read(t.Context(), t, flowStatistic, config.With(acctest.Config{"include_points": false}))
	if _, there := state["net_details.#"]; len(problems) > 0 || there || state["summary.total"] != "4999950000" {
		t.Errorf("net_details is there: %t, the total is %s; %s", there, state["summary.total"], problems)
	}

	calls := len(e.Calls())
	_, problems = server.Read(t.Context(), t, flowStatistic, config.With(acctest.Config{"lookback": "10000h"}))
	acctest.ExpectProblem(t, problems, "lookback", "120000 points", "max_points is 50000")
	if more := len(e.Calls()) - calls; more > 0 {
		t.Errorf("%d calls for a window that brings too many points", more)
	}
}

// One more hour shows in the window and what depends on it, and nowhere else.
func TestFlowStatisticAfterAnHour(t *testing.T) {
	moving, set := suite.MovableClock()
	acctest.Start(t, emulator.Options{Clock: moving})
	config := flowStatisticConfig.With(acctest.Config{"lookback": nil, "begin_time": "2026-01-14T12:00:00Z"})
	first := acctest.MustRead(t, flowStatistic, config, provider.WithClock(moving))
	set(time.Hour)
	second := acctest.MustRead(t, flowStatistic, config, provider.WithClock(moving))

	acctest.ExpectState(t, second, map[string]string{
		"window.start": first["window.start"], "window.end": "2026-01-15T13:00:00Z",
		"net_details.#": "25", "net_details.24.time": "2026-01-15T12:00:00Z",
	})
	for name, value := range first.Without("request_id", "window", "summary", "total_value", "avg_value", "max_value", "net_details.#") {
		if second[name] != value {
			t.Errorf("%s changed from %s to %s", name, value, second[name])
		}
	}
}

func TestFlowStatisticOtherQuestionsAreOtherCalls(t *testing.T) {
	e := acctest.Start(t, emulator.Options{})
	s := acctest.Configured(t, nil)
	for i, change := range []acctest.Config{
		{},
		{"device_id": "mna-dev2"},
		{"type": "uplink"},
		{"lookback": "25h"},
		{"access_region": "EU"},
		{"device_id": nil, "device_list": []any{"mna-dev1"}},
	} {
		for range 2 {
			suite.ReadTogether(t, s, flowStatistic, flowStatisticConfig.With(change), 1)
		}
		if n := len(e.Calls()); n != i+1 {
			t.Errorf("%d calls after %d questions", n, i+1)
		}
	}
	// The code of a word is the same question.
	suite.ReadTogether(t, s, flowStatistic, flowStatisticConfig.With(acctest.Config{"type": "3", "time_granularity": "1"}), 1)
	if n := len(e.Calls()); n != 6 {
		t.Errorf("%d calls, want 6", n)
	}
}
