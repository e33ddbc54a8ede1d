// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

// flowOf is an answer with so many points, one every five minutes.
func flowOf(points int) string {
	details := make([]string, points)
	for i := range details {
		details[i] = fmt.Sprintf(`{"Time": "%d", "Current": %d}`, 1_600_000_000+300*i, i)
	}
	return `{"Response": {"RequestId": "r-1", "NetDetails": [` + strings.Join(details, ",") + `]}}`
}

func TestFault_69_ManyPoints(t *testing.T) {
	e := acctest.Start(t, emulator.Options{Override: acctest.Answer(flowOf(100_000))})
	config := acctest.Config{"device_id": "mna-dev1", "type": "total", "time_granularity": "5min", "lookback": "1h"}
	server := acctest.NewServer(t)
	if problems := server.Configure(t, nil); len(problems) > 0 {
		t.Fatal(problems)
	}

	_, problems := server.Read(t.Context(), t, mnaFlowStatistic, config)
	expectProblem(t, problems, "lookback", "more than 50000 points", "max_points is 50000", "Narrow lookback", "include_points = false")

	state, problems := server.Read(t.Context(), t, mnaFlowStatistic, config.With(acctest.Config{"max_points": 100_000}))
	if len(problems) > 0 || state["net_details.#"] != "100000" || state["net_details.99999.current"] != "99999" {
		t.Errorf("%s points, the last is %s; %s", state["net_details.#"], state["net_details.99999.current"], problems)
	}

	state, problems = server.Read(t.Context(), t, mnaFlowStatistic, config.With(acctest.Config{"include_points": false}))
	if _, there := state["net_details.#"]; len(problems) > 0 || there || state["summary.total"] != "4999950000" {
		t.Errorf("net_details is there: %t, the total is %s; %s", there, state["summary.total"], problems)
	}

	calls := len(e.Calls())
	_, problems = server.Read(t.Context(), t, mnaFlowStatistic, config.With(acctest.Config{"lookback": "10000h"}))
	expectProblem(t, problems, "lookback", "120000 points", "max_points is 50000")
	if more := len(e.Calls()) - calls; more > 0 {
		t.Errorf("%d calls for a window that brings too many points", more)
	}
}

// Without points the bulky lists are null, nothing is counted, and all else is as with them.
func TestPointsAreLeftOut(t *testing.T) {
	for dataSource, test := range map[string]struct {
		config   acctest.Config
		series   string // The list of points.
		points   int    // How many there are in all, with the groups that they are in.
		groups   int    // How many groups there are.
		argument string // What brings them.
	}{
		mnaFlowStatistic: {mnaFlowStatisticConfig, "net_details", 24, 0, "lookback"},
		trroSessionStatistics: {
			acctest.Config{"project_id": "project-1", "statistic_interval": "hour", "lookback": "5h"}, "session_statistics", 5, 0, "lookback",
		},
		cdnRelayTraffic:     {acctest.Config{"lookback_days": 3, "group_by": []any{"domain"}}, "groups.0.items", 9 + 3, 3, "lookback_days"},
		cdnOverseaISPDetail: {cdnOverseaISPDetailConfig.With(acctest.Config{"provs": []any{57}}), "details.0.values", 288 + 1, 1, "date"},
	} {
		t.Run(dataSource, func(t *testing.T) {
			acctest.Start(t, emulator.Options{})
			with := acctest.MustRead(t, dataSource, test.config)
			without := acctest.MustRead(t, dataSource, test.config.With(acctest.Config{"include_points": false, "max_points": max(1, test.groups)}))
			if _, there := without[test.series+".#"]; there || with[test.series+".#"] == "" {
				t.Errorf("%s has %q points, and %q without", test.series, with[test.series+".#"], without[test.series+".#"])
			}
			for name, value := range without {
				if strings.Contains(name, "summary") && with[name] != value {
					t.Errorf("%s is %s, want %s", name, value, with[name])
				}
			}

			server := acctest.NewServer(t)
			if problems := server.Configure(t, nil); len(problems) > 0 {
				t.Fatal(problems)
			}
			_, problems := server.Read(t.Context(), t, dataSource, test.config.With(acctest.Config{"max_points": test.points - 1}))
			expectProblem(t, problems, test.argument, fmt.Sprintf("max_points is %d", test.points-1), "Narrow "+test.argument)
			if _, problems := server.Read(t.Context(), t, dataSource, test.config.With(acctest.Config{"max_points": test.points})); len(problems) > 0 {
				t.Error(problems)
			}
			if test.groups > 1 {
				_, problems = server.Read(t.Context(), t, dataSource, test.config.With(acctest.Config{"include_points": false, "max_points": test.groups - 1}))
				expectProblem(t, problems, test.argument, fmt.Sprintf("more than %d series", test.groups-1), "Narrow "+test.argument)
			}
		})
	}
}
