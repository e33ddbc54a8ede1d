// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

func TestMNAFlowStatisticRead(t *testing.T) {
	e := acctest.Start(t, emulator.Options{})
	state := acctest.MustRead(t, "edgestats_mna_flow_statistic", acctest.Config{
		"device_id": "mna-dev1", "type": "3", "time_granularity": "hour", "lookback": "24h",
	})
	t.Log(state)
	if diff := cmp.Diff(map[string]string{
		"window.start": "2026-01-14T12:00:00Z", "window.end": "2026-01-15T12:00:00Z",
		"type": "3", "net_details.#": "24",
	}, map[string]string{
		"window.start": state["window.start"], "window.end": state["window.end"],
		"type": state["type"], "net_details.#": state["net_details.#"],
	}); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if got, want := state["summary.total"], state["total_value"]; got != want {
		t.Errorf("summary.total = %s, the vendor's total is %s", got, want)
	}
	t.Log(string(e.CallsTo(emulator.MNA)[0].Body))
}
