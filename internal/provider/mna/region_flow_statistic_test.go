// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package mna_test

import (
	"fmt"
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/acctest/suite"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

const regionFlowStatistic = "edgestats_mna_region_flow_statistic"

var regionFlowStatisticConfig = acctest.Config{"type": "total", "time_granularity": "hour", "lookback": "24h"}

func TestRegionFlowStatistic(t *testing.T) {
	suite.Run(t, suite.Description{
		Name:    regionFlowStatistic,
		API:     emulator.MNA,
		Config:  regionFlowStatisticConfig,
		Another: func(i int) acctest.Config { return acctest.Config{"lookback": fmt.Sprintf("%dh", i+1)} },
		Questions: []suite.Question{
			{
				Name:   "public gateways are the default",
				Body:   `{"Type":3,"TimeGranularity":1,"GatewayType":0,"BeginTime":1768392000,"EndTime":1768478399}`,
				Window: "2026-01-14T20:00:00+08:00 2026-01-15T20:00:00+08:00",
			},
			{
				Name: "everything", Changes: acctest.Config{
					"type": "downlink", "time_granularity": "day", "lookback": "2d", "access_region": "EU", "gateway_type": "private",
				},
				Body:   `{"Type":2,"TimeGranularity":2,"AccessRegion":"EU","GatewayType":1,"BeginTime":1768233600,"EndTime":1768406399}`,
				Window: "2026-01-13T00:00:00+08:00 2026-01-15T00:00:00+08:00",
			},
		},
		Refusals:  flowRefusals(includes),
		Unknowns:  flowUnknowns(),
		Sums:      flowSums(),
		Errors:    append(windowErrors(), notFound(nil, "")...),
		Malformed: flowMalformed,
		Points:    &suite.Points{Series: "net_details", Count: 24, Argument: "lookback"},
		Hostile:   flowHostile(),
		Figure:    "Current",
		UnixTime:  "NetDetails[0].Time",
	})
}

// The account's traffic is that of its devices.
func TestRegionFlowStatisticAddsUpDevices(t *testing.T) {
	acctest.Start(t, emulator.Options{Devices: 2})
	devices := acctest.Config{"device_id": nil, "device_list": []any{"mna-dev1", "mna-dev2"}}
	want := acctest.MustRead(t, flowStatistic, flowStatisticConfig.With(devices))
	got := acctest.MustRead(t, regionFlowStatistic, regionFlowStatisticConfig)
	for name, value := range want.Without("device_list", "device_id") {
		if got[name] != value {
			t.Errorf("%s is %s, want %s", name, got[name], value)
		}
	}
}
