// Copyright (c) edgestats contributors
// SPDX-License-Identifier: MPL-2.0

package mna_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/edgestats/terraform-provider-edgestats/internal/acctest"
	"github.com/edgestats/terraform-provider-edgestats/internal/acctest/suite"
	"github.com/edgestats/terraform-provider-edgestats/internal/emulator"
)

const groupFlowStatistic = "edgestats_mna_group_flow_statistic"

var (
	groupFlowStatisticConfig = acctest.Config{
		"group_id": "group-1", "type": "total", "time_granularity": "hour", "lookback": "24h",
	}
	ofApplication = acctest.Config{"group_id": nil, "mp_application_id": "app-1"}
)

func TestGroupFlowStatistic(t *testing.T) {
	suite.Run(t, suite.Description{
		Name:      groupFlowStatistic,
		API:       emulator.MNA,
		Config:    groupFlowStatisticConfig,
		Another:   func(i int) acctest.Config { return acctest.Config{"group_id": fmt.Sprint("group-", i)} },
		Questions: groupFlowStatisticQuestions(),
		Refusals:  groupFlowStatisticRefusals(),
		Unknowns: append(
			flowUnknowns(),
			acctest.Config{"mp_application_id": acctest.Unknown},
			acctest.Config{"group_id": nil, "mp_application_id": acctest.Unknown},
		),
		Sums:      flowSums(),
		Errors:    slices.Concat(windowErrors(), notFound(nil, "group_id"), notFound(ofApplication, "mp_application_id")),
		Malformed: flowMalformed,
		Points:    &suite.Points{Series: "net_details", Count: 24, Argument: "lookback"},
		Hostile:   flowHostile(),
		Figure:    "Current",
		UnixTime:  "NetDetails[0].Time",
	})
}

func groupFlowStatisticQuestions() []suite.Question {
	return []suite.Question{
		{
			Name:   "a group",
			Body:   `{"GroupId":"group-1","Type":3,"TimeGranularity":1,"BeginTime":1768392000,"EndTime":1768478399}`,
			Window: "2026-01-14T20:00:00+08:00 2026-01-15T20:00:00+08:00",
		},
		{
			Name: "an application", Changes: ofApplication.With(acctest.Config{
				"type": "downlink", "time_granularity": "day", "lookback": "2d", "access_region": "EU", "gateway_type": "private",
			}),
			Body: `{"GroupId":"-1","MpApplicationId":"app-1","Type":2,"TimeGranularity":2,"AccessRegion":"EU","GatewayType":1,` +
				`"BeginTime":1768233600,"EndTime":1768406399}`,
			Window: "2026-01-13T00:00:00+08:00 2026-01-15T00:00:00+08:00",
		},
	}
}

func groupFlowStatisticRefusals() []suite.Refusal {
	const choice = "group_id for the devices of a group or mp_application_id for the devices of an application."
	return slices.Concat(
		flowRefusals(includes), suite.NonEmptyTexts("group_id"),
		[]suite.Refusal{
			{Name: "no group", Changes: acctest.Config{"group_id": nil}, Attribute: "group_id", Says: []string{"Set " + choice}},
			{
				Name: "a group and an application", Changes: acctest.Config{"mp_application_id": "app-1"}, Attribute: "mp_application_id",
				Says: []string{"group_id and mp_application_id cannot be configured together. Set " + choice},
			},
		},
	)
}

// A group's traffic is that of its devices.
func TestGroupFlowStatisticAddsUpDevices(t *testing.T) {
	acctest.Start(t, emulator.Options{Devices: 6})
	devices := acctest.Config{"device_id": nil, "device_list": []any{"mna-dev1", "mna-dev4"}}
	want := acctest.MustRead(t, flowStatistic, flowStatisticConfig.With(devices))
	got := acctest.MustRead(t, groupFlowStatistic, groupFlowStatisticConfig)
	own := []string{"device_list", "device_id"}
	for name, value := range want.Without(own...) {
		if got[name] != value {
			t.Errorf("%s is %s, want %s", name, got[name], value)
		}
	}
	application := acctest.MustRead(t, groupFlowStatistic, groupFlowStatisticConfig.With(ofApplication))
	if total := application["summary.total"]; total == "" || total == got["summary.total"] {
		t.Errorf("the total of the application is %q, and that of the group %q", total, got["summary.total"])
	}
}
